import QtQuick
import Kiosk.Components

Answerer {
    id: answerer

    TypedField {
        width: parent.width
        entry: "amount"
        sensitive: true
        icon: "pencil-simple"
        placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("写数字")
        longest: 12
        text: answerer.viewModel.text
        onEdited: text => answerer.viewModel.type(text)
    }
}
