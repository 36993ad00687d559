import QtQuick
import Kiosk.Components

Answerer {
    id: answerer

    TypedField {
        width: parent.width
        entry: "code"
        sensitive: true
        icon: "buildings"
        placeholder: answerer.viewModel.optional ? qsTr("可以不填") : qsTr("营业执照上的18位代码")
        longest: 24
        text: answerer.viewModel.text
        onEdited: text => answerer.viewModel.type(text)
    }
}
