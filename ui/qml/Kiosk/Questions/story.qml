import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.Keyboard

// A text that may be long.
Answerer {
    id: answerer

    GridLayout {
        anchors.fill: parent
        columns: Theme.portrait ? 1 : 2
        rowSpacing: Theme.gap * 1.5
        columnSpacing: Theme.gap

        LongField {
            id: field

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 43
            Layout.minimumHeight: Theme.control
            Layout.preferredHeight: Theme.control * 3
            placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("在这里写")
            limit: answerer.viewModel.limit
            remaining: answerer.viewModel.remaining
            text: answerer.viewModel.text
            onEdited: text => answerer.viewModel.type(text)
        }

        Keyboard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 57
            Layout.minimumHeight: Theme.space(132)
            Layout.maximumHeight: Theme.portrait ? Theme.space(140) : implicitHeight
            onTyped: characters => field.insert(characters)
            onErased: field.backspace()
        }
    }
}
