import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.Keyboard

// One topic out of the routes of the catalogue: a word brings the likely ones to the front. The keyboard
// comes when the field is touched, and goes when a topic is.
Answerer {
    id: answerer

    readonly property bool chosen: viewModel.answerable
    property bool typing: viewModel.words !== ""

    onChosenChanged: answerer.typing = answerer.typing && !answerer.chosen

    GridLayout {
        id: grid

        anchors.fill: parent
        columns: Theme.portrait || !answerer.typing ? 1 : 2
        rowSpacing: Theme.gap
        columnSpacing: Theme.gap

        TypedField {
            id: field

            Layout.columnSpan: grid.columns
            Layout.fillWidth: true
            icon: "magnifying-glass"
            placeholder: qsTr("写一个词就能找，拼音或首字母也行")
            active: answerer.typing
            longest: 60
            text: answerer.viewModel.words
            onActivated: answerer.typing = true
            onEdited: text => answerer.viewModel.type(text)
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 43
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

        Keyboard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 57
            Layout.minimumHeight: Theme.space(132)
            Layout.maximumHeight: Theme.portrait ? Theme.space(132) : implicitHeight
            visible: answerer.typing
            onTyped: characters => field.insert(characters)
            onErased: field.backspace()
        }
    }
}
