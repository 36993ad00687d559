import QtQuick
import Kiosk.Components

Answerer {
    id: answerer

    TypedField {
        width: parent.width
        entry: "document"
        sensitive: true
        icon: "identification-card"
        placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("身份证号，最后一位可能是 X")
        longest: 24
        text: answerer.viewModel.text
        onEdited: text => answerer.viewModel.type(text)
    }
}
