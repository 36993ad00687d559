pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property CategoryViewModel viewModel
    readonly property int columns: Theme.portrait ? 1 : 2
    readonly property int fitting: Math.max(1, Math.floor((list.height + Theme.gap) / (Theme.row + Theme.gap))) * columns

    onFittingChanged: screen.viewModel.fit(screen.fitting)

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        GridLayout {
            Layout.fillWidth: true
            columns: Theme.portrait ? 2 : 3
            rowSpacing: Theme.gap * 1.5
            columnSpacing: Theme.margin

            Label {
                Layout.fillWidth: true
                text: screen.viewModel.title
                font.pixelSize: Theme.display
                font.bold: true
            }

            Label {
                text: qsTr("%1 项 · %2").arg(screen.viewModel.total).arg(qsTr("演示数据"))
                color: Theme.muted
                wrapMode: Text.NoWrap
            }

            RowLayout {
                Layout.fillWidth: true
                Layout.columnSpan: Theme.portrait ? 2 : 1
                spacing: Theme.gap

                Repeater {
                    model: [
                        {
                            filter: "all",
                            text: qsTr("全部")
                        },
                        {
                            filter: "person",
                            text: qsTr("个人")
                        },
                        {
                            filter: "company",
                            text: qsTr("企业")
                        },
                        {
                            filter: "here",
                            text: qsTr("能在本机办")
                        }
                    ]

                    Chip {
                        id: chip

                        required property var modelData

                        Layout.fillWidth: true
                        label: chip.modelData.text
                        chosen: screen.viewModel.filter === chip.modelData.filter
                        onActivated: screen.viewModel.choose(chip.modelData.filter)
                    }
                }
            }
        }

        Item {
            id: list

            Layout.fillWidth: true
            Layout.fillHeight: true

            GridLayout {
                width: parent.width
                columns: screen.columns
                uniformCellWidths: true
                rowSpacing: Theme.gap
                columnSpacing: Theme.gap

                Repeater {
                    model: screen.viewModel.rows

                    ItemRow {
                        id: row

                        required property var modelData

                        Layout.fillWidth: true
                        icon: row.modelData.icon
                        title: row.modelData.name
                        detail: row.modelData.detail
                        onActivated: screen.viewModel.open(row.modelData.itemId)
                    }
                }
            }
        }

        GridLayout {
            Layout.fillWidth: true
            columns: Theme.portrait ? 1 : 2
            rowSpacing: Theme.gap * 1.5
            columnSpacing: Theme.margin

            Pager {
                Layout.fillWidth: true
                Layout.preferredWidth: 2
                Layout.row: 0
                Layout.column: Theme.portrait ? 0 : 1
                page: screen.viewModel.page
                pages: screen.viewModel.pages
                onTurned: pages => screen.viewModel.turn(pages)
            }

            NavRow {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.row: Theme.portrait ? 1 : 0
                Layout.column: 0
                onBack: screen.viewModel.back()
            }
        }
    }
}
