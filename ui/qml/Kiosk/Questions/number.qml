import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.Keyboard

Answerer {
    id: answerer

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap * 1.5

        TypedField {
            id: field

            Layout.fillWidth: true
            sensitive: true
            icon: "pencil-simple"
            placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("写数字")
            longest: 12
            text: answerer.viewModel.text
            onEdited: text => answerer.viewModel.type(text)
        }

        Item {
            Layout.fillHeight: true
            Layout.preferredHeight: 0
        }

        Keypad {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.maximumHeight: implicitHeight
            extra: "."
            onTyped: characters => field.insert(characters)
            onErased: field.backspace()
        }
    }
}
