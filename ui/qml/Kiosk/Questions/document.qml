import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.Keyboard

Answerer {
    id: answerer

    property bool letters: false

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap * 1.5

        TypedField {
            id: field

            Layout.fillWidth: true
            sensitive: true
            icon: "identification-card"
            placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("身份证号，最后一位可能是 X")
            longest: 24
            text: answerer.viewModel.text
            onEdited: text => answerer.viewModel.type(text)
        }

        Item {
            Layout.fillHeight: true
            Layout.preferredHeight: 0
        }

        Chip {
            Layout.fillWidth: true
            label: answerer.letters ? qsTr("填身份证号") : qsTr("填护照、通行证，要写字母")
            onActivated: answerer.letters = !answerer.letters
        }

        Keypad {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.maximumHeight: implicitHeight
            visible: !answerer.letters
            extra: "X"
            onTyped: characters => field.insert(characters)
            onErased: field.backspace()
        }

        Keyboard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.maximumHeight: implicitHeight
            visible: answerer.letters
            capitals: true
            onTyped: characters => field.insert(characters)
            onErased: field.backspace()
        }
    }
}
