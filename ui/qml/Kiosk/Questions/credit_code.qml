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
            icon: "buildings"
            placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("营业执照上的18位代码")
            longest: 24
            text: answerer.viewModel.text
            onEdited: text => answerer.viewModel.type(text)
        }

        Item {
            Layout.fillHeight: true
            Layout.preferredHeight: 0
        }

        Keyboard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.maximumHeight: implicitHeight
            capitals: true
            onTyped: characters => field.insert(characters)
            onErased: field.backspace()
        }
    }
}
