import QtQuick
import Kiosk.Components

// A text that may be long.
Answerer {
    id: answerer

    LongField {
        anchors.fill: parent
        placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("在这里写")
        limit: answerer.viewModel.limit
        remaining: answerer.viewModel.remaining
        text: answerer.viewModel.text
        onEdited: text => answerer.viewModel.type(text)
    }
}
