import QtQuick
import Kiosk.Theme

// Shows what is being typed; a keyboard on the screen or a real one types.
// What is too long, the question says in words: `longest` (UTF-16 units) only ends what never ends.
Touchable {
    id: field

    property string text
    property string placeholder
    property string icon: ""
    property string entry: "text"
    property bool active: true
    property bool sensitive: false
    property int longest: 10000

    signal edited(string text)

    function show(): void {
        if (input.text !== field.text)
            input.text = field.text;
    }

    onTextChanged: field.show()

    label: field.placeholder
    implicitHeight: Theme.control

    Card {
        anchors.fill: parent
        color: finger.pressed || field.pressed ? Theme.tint : Theme.card
        border.color: field.active ? Theme.primary : Theme.line
        border.width: field.active ? Theme.border : Math.max(1, Theme.border / 2)
    }

    Icon {
        id: glyph

        visible: field.icon !== ""
        name: field.icon
        size: Theme.title
        x: Theme.pad
        anchors.verticalCenter: parent.verticalCenter
    }

    TextInput {
        id: input

        readonly property Caret caret: Caret {
            input: input
            entry: field.entry
            writing: field.active && field.visible
            longest: field.longest
        }

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: field.icon === "" ? Theme.pad : Theme.pad * 1.6 + glyph.width
        anchors.rightMargin: Theme.pad
        anchors.verticalCenter: parent.verticalCenter
        height: field.height - Theme.pad
        verticalAlignment: TextInput.AlignVCenter
        color: Theme.ink
        selectionColor: Theme.primary
        selectedTextColor: Theme.paper
        font.family: Theme.family
        font.pixelSize: Theme.heading
        clip: true
        focus: field.active
        enabled: field.active
        cursorVisible: field.active
        maximumLength: field.longest
        inputMethodHints: field.sensitive ? Qt.ImhSensitiveData | Qt.ImhNoPredictiveText : Qt.ImhNoPredictiveText
        Component.onCompleted: field.show()
        onTextChanged: {
            if (input.text !== field.text) {
                field.edited(input.text);
                field.show();
            }
        }

        MouseArea {
            id: finger

            anchors.fill: parent
            onClicked: mouse => input.caret.touch(mouse.x, mouse.y)
        }
    }

    Label {
        anchors.left: input.left
        anchors.verticalCenter: parent.verticalCenter
        width: input.width
        visible: field.text === ""
        text: field.placeholder
        color: Theme.muted
        maximumLineCount: 1
        elide: Text.ElideRight
    }
}
