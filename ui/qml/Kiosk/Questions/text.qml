import QtQuick
import Kiosk.Components

Answerer {
    id: answerer

    TypedField {
        width: parent.width
        entry: answerer.viewModel.entry
        sensitive: true
        icon: "pencil-simple"
        placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("在这里写")
        text: answerer.viewModel.text
        onEdited: text => answerer.viewModel.type(text)
    }
}
