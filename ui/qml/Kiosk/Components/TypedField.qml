import QtQuick
import Kiosk.Theme

// Shows what is being typed, with a cursor at its end; a keyboard on the screen or a real one types.
// What is too long, the question says in words: `longest` (UTF-16 units) only ends what never ends.
Touchable {
    id: field

    property string text
    property string placeholder
    property string icon: ""
    property bool active: true
    property bool sensitive: false
    property int longest: 10000

    signal edited(string text)

    function insert(characters: string): void {
        if (field.text.length + characters.length <= field.longest)
            field.edited(field.text + characters);
    }

    function backspace(): void {
        field.edited(Array.from(field.text).slice(0, -1).join(""));
    }

    onTextChanged: {
        if (input.text !== field.text)
            input.text = field.text;
    }

    label: field.placeholder
    implicitHeight: Theme.control

    Card {
        anchors.fill: parent
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

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: field.icon === "" ? Theme.pad : Theme.pad * 1.6 + glyph.width
        anchors.rightMargin: Theme.pad
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.ink
        font.family: Theme.family
        font.pixelSize: Theme.heading
        clip: true
        focus: field.active
        enabled: field.active
        cursorVisible: field.active
        maximumLength: field.longest
        inputMethodHints: field.sensitive ? Qt.ImhSensitiveData | Qt.ImhNoPredictiveText : Qt.ImhNoPredictiveText
        Component.onCompleted: input.text = field.text
        onTextEdited: field.edited(input.text)
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
