import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components

// One topic out of the routes of the catalogue: a word brings the likely ones to the front. The keyboard
// comes when the field is touched, and goes when a topic is.
Answerer {
    id: answerer

    readonly property bool chosen: viewModel.answerable
    property bool typing: viewModel.words !== ""

    onChosenChanged: answerer.typing = answerer.typing && !answerer.chosen

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap

        TypedField {
            Layout.fillWidth: true
            icon: "magnifying-glass"
            entry: "search"
            placeholder: qsTr("写一个词就能找，手写、拼音都行")
            active: answerer.typing
            longest: 60
            text: answerer.viewModel.words
            onActivated: answerer.typing = true
            onEdited: text => answerer.viewModel.type(text)
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.gap

            Label {
                Layout.fillWidth: true
                visible: answerer.viewModel.words !== "" && answerer.viewModel.likely === 0
                text: qsTr("没有对上的。换个词，或者翻页看全部。")
                color: Theme.muted
            }

            Options {
                Layout.fillWidth: true
                Layout.fillHeight: true
                viewModel: answerer.viewModel
                narrow: answerer.typing
            }
        }
    }
}
