import QtQuick
import Kiosk.Components

Answerer {
    id: answerer

    TypedField {
        width: parent.width
        entry: "amount"
        sensitive: true
        icon: "currency-cny"
        placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("多少元")
        longest: 12
        text: answerer.viewModel.text
        onEdited: text => answerer.viewModel.type(text)
    }
}
