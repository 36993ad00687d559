pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components

Answerer {
    id: answerer

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap

        TypedField {
            Layout.fillWidth: true
            icon: "magnifying-glass"
            entry: "search"
            placeholder: qsTr("用您自己的叫法写，手写、拼音都行")
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
                        icon: Theme.portrait ? row.modelData.icon : ""
                        title: row.modelData.name
                        marked: row.modelData.marked
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
                        visible: answerer.viewModel.words !== "" && answerer.viewModel.chosenItem === "" && (answerer.viewModel.rows.length === 0 || !Theme.larger)
                        text: qsTr("清单里没有也能继续：就用您写的“%1”。").arg(answerer.viewModel.words)
                        color: Theme.muted
                        maximumLineCount: 3
                        elide: Text.ElideRight
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
    }
}
