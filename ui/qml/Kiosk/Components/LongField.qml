import QtQuick
import Kiosk.Theme

// Several lines of writing: they wrap, a finger moves them and places the caret, and the caret stays in
// sight. Every line ends in one way, and a no-break space is a space. How many characters are `remaining`
// of `limit` is told when few are. What is too long, the question says in words: `longest` (UTF-16 units)
// only ends what never ends.
Item {
    id: field

    property string text
    property string placeholder
    property int limit: 0
    property int remaining: 0
    property int longest: 10000
    readonly property string label: field.placeholder
    readonly property bool tight: field.limit > 0 && field.remaining <= Math.max(20, field.limit / 10)

    signal edited(string text)

    function show(): void {
        if (field.text !== input.text) {
            input.text = field.text;
            input.cursorPosition = input.length;
        }
    }

    function follow(): void {
        const caret = input.cursorRectangle;
        if (caret.y < view.contentY)
            view.contentY = caret.y;
        else if (caret.y + caret.height > view.contentY + view.height)
            view.contentY = caret.y + caret.height - view.height;
    }

    onTextChanged: field.show()

    implicitHeight: Theme.control * 3

    Accessible.role: Accessible.EditableText
    Accessible.name: field.placeholder

    Card {
        anchors.fill: parent
        border.color: Theme.primary
        border.width: Theme.border
    }

    Flickable {
        id: view

        anchors.fill: parent
        anchors.margins: Theme.pad
        anchors.bottomMargin: field.tight ? count.height + Theme.space(6) : Theme.pad
        contentHeight: input.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        onHeightChanged: field.follow()

        TextEdit {
            id: input

            readonly property Caret caret: Caret {
                input: input
                entry: "story"
                writing: field.visible
                longest: field.longest
            }

            width: view.width - bar.width - Theme.space(4)
            height: Math.max(implicitHeight, view.height)
            color: Theme.ink
            selectionColor: Theme.primary
            selectedTextColor: Theme.paper
            font.family: Theme.family
            font.pixelSize: Theme.heading
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            focus: true
            cursorVisible: true
            inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhMultiLine
            Component.onCompleted: field.show()
            onCursorRectangleChanged: field.follow()
            onTextChanged: {
                if (input.length > field.longest)
                    input.remove(field.longest, input.length);
                else if (input.text !== field.text)
                    field.edited(input.text);
            }

            // Before the TextEdit, which would place the caret where a finger begins to move the text.
            MouseArea {
                anchors.fill: parent
                onClicked: mouse => input.caret.touch(mouse.x, mouse.y)
            }
        }
    }

    Rectangle {
        id: bar

        anchors.right: view.right
        width: Theme.space(2.5)
        y: view.y + (view.height - bar.height) * view.contentY / Math.max(1, view.contentHeight - view.height)
        height: Math.max(Theme.space(10), view.visibleArea.heightRatio * view.height)
        visible: view.visibleArea.heightRatio < 1
        radius: width / 2
        color: Theme.muted
    }

    Label {
        anchors.left: view.left
        anchors.top: view.top
        width: input.width
        visible: input.length === 0 && input.preeditText === ""
        text: field.placeholder
        color: Theme.muted
        maximumLineCount: 1
        elide: Text.ElideRight
    }

    Label {
        id: count

        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.rightMargin: Theme.pad
        anchors.bottomMargin: Theme.space(3)
        visible: field.tight
        text: field.remaining < 0 ? qsTr("多了 %1 个字").arg(-field.remaining) : qsTr("还能写 %1 个字").arg(field.remaining)
        color: field.remaining < 0 ? Theme.warm : Theme.muted
        font.pixelSize: Theme.small
        font.bold: true
        wrapMode: Text.NoWrap
    }
}
