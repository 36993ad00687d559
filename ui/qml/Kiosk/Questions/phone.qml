import QtQuick
import Kiosk.Components

Answerer {
    id: answerer

    TypedField {
        width: parent.width
        entry: "phone"
        sensitive: true
        icon: "phone"
        placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("电话号码")
        text: answerer.viewModel.text
        onEdited: text => answerer.viewModel.type(text)
    }
}
