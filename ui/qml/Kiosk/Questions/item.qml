pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.Keyboard

Answerer {
    id: answerer

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap

        TypedField {
            id: field

            Layout.fillWidth: true
            icon: "magnifying-glass"
            placeholder: qsTr("写拼音或首字母，或者您自己的叫法")
            longest: 60
            text: answerer.viewModel.words
            onEdited: text => answerer.viewModel.type(text)
        }

        Item {
            id: results

            readonly property int step: Theme.row + Theme.gap
            readonly property int fitting: Math.floor((results.height - extra.height) / results.step)

            Layout.fillWidth: true
            Layout.fillHeight: true

            Column {
                width: parent.width
                spacing: Theme.gap

                Repeater {
                    model: answerer.viewModel.rows.slice(0, Math.max(0, results.fitting))

                    ItemRow {
                        id: row

                        required property var modelData

                        width: results.width
                        icon: row.modelData.icon
                        title: row.modelData.name
                        detail: row.modelData.detail
                        chosen: row.modelData.itemId === answerer.viewModel.chosenItem
                        onActivated: answerer.viewModel.pick(row.modelData.itemId)
                    }
                }

                Column {
                    id: extra

                    width: parent.width
                    spacing: Theme.gap

                    Label {
                        width: parent.width
                        visible: answerer.viewModel.words !== "" && answerer.viewModel.chosenItem === ""
                        text: qsTr("清单里没有也能继续：就用您写的“%1”。").arg(answerer.viewModel.words)
                        color: Theme.muted
                    }

                    Repeater {
                        model: answerer.viewModel.options

                        OptionRow {
                            id: option

                            required property var modelData

                            width: results.width
                            label: option.modelData.label
                            chosen: option.modelData.chosen
                            onActivated: answerer.viewModel.choose(option.modelData.id)
                        }
                    }
                }
            }
        }

        Keyboard {
            Layout.fillWidth: true
            onTyped: characters => field.insert(characters)
            onErased: field.backspace()
        }
    }
}
