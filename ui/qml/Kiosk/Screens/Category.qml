pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property CategoryViewModel viewModel

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        GridLayout {
            Layout.fillWidth: true
            columns: Theme.portrait ? 2 : 3
            rowSpacing: Theme.gap
            columnSpacing: Theme.margin

            Label {
                Layout.fillWidth: Theme.portrait
                text: screen.viewModel.title
                font.pixelSize: Theme.display
                font.bold: true
            }

            Label {
                text: qsTr("%1 项 · %2").arg(screen.viewModel.total).arg(qsTr("演示数据"))
                color: Theme.muted
                wrapMode: Text.NoWrap
            }

            Filters {
                Layout.columnSpan: Theme.portrait ? 2 : 1
                choices: screen.viewModel.audiences
                chosen: screen.viewModel.audience
                onWanted: id => screen.viewModel.chooseAudience(id)
            }

            Filters {
                Layout.columnSpan: Theme.portrait ? 2 : 3
                perRow: Theme.portrait ? 4 : 7
                choices: screen.viewModel.kinds
                chosen: screen.viewModel.kind
                onWanted: id => screen.viewModel.chooseKind(id)
            }
        }

        ItemList {
            id: list

            Layout.fillWidth: true
            Layout.fillHeight: true
            items: screen.viewModel.items
            onChosen: itemId => screen.viewModel.open(itemId)

            Notice {
                width: parent.width
                visible: screen.viewModel.total === 0
                icon: "question"
                text: qsTr("这里没有这一类的事。换一个条件，或者写出来找。")
            }
        }

        GridLayout {
            Layout.fillWidth: true
            columns: Theme.portrait ? 1 : 2
            rowSpacing: Theme.gap
            columnSpacing: Theme.margin
            uniformCellWidths: true

            Pager {
                Layout.fillWidth: true
                Layout.row: 0
                Layout.column: Theme.portrait ? 0 : 1
                page: list.page
                pages: list.pages
                onTurned: pages => list.turn(pages)
            }

            RowLayout {
                Layout.fillWidth: true
                Layout.row: Theme.portrait ? 1 : 0
                Layout.column: 0
                spacing: Theme.gap

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    icon: "arrow-left"
                    label: qsTr("返回")
                    onActivated: screen.viewModel.back()
                }

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    icon: "magnifying-glass"
                    label: qsTr("写出来找")
                    onActivated: screen.viewModel.search()
                }
            }
        }
    }

    component Filters: GridLayout {
        id: filters

        required property var choices
        required property string chosen
        property int perRow: 3

        signal wanted(string id)

        Layout.fillWidth: true
        columns: filters.perRow
        uniformCellWidths: true
        rowSpacing: Theme.gap
        columnSpacing: Theme.gap

        Repeater {
            model: filters.choices

            Chip {
                id: chip

                required property var modelData

                Layout.fillWidth: true
                label: qsTr("%1 %2").arg(chip.modelData.label).arg(chip.modelData.count)
                chosen: filters.chosen === chip.modelData.id
                enabled: chip.modelData.count > 0 || chip.chosen
                onActivated: {
                    filters.wanted(chip.modelData.id);
                    list.rewind();
                }
            }
        }
    }
}
