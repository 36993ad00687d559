pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels
import "../Questions"

Item {
    id: screen

    required property WhereViewModel viewModel

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        Label {
            Layout.fillWidth: true
            text: screen.viewModel.city === "" ? qsTr("您的事归哪里管？") : screen.viewModel.city
            font.pixelSize: Theme.display
            font.bold: true
        }

        Label {
            Layout.fillWidth: true
            text: qsTr("一般是户口、房子或者参保的地方。只在这一次记着，离开就忘掉。")
            color: Theme.muted
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: Theme.portrait ? 3 : 5
            uniformCellWidths: true
            rowSpacing: Theme.space(7)
            columnSpacing: Theme.gap

            Repeater {
                model: screen.viewModel.options

                OptionRow {
                    id: option

                    required property var modelData

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.maximumHeight: Theme.space(60)
                    label: option.modelData.label
                    chosen: option.modelData.chosen
                    onActivated: screen.viewModel.choose(option.modelData.id)
                }
            }

            Item {
                Layout.columnSpan: parent.columns
                Layout.fillHeight: true
                Layout.preferredHeight: 0
            }
        }

        NavRow {
            Layout.fillWidth: true
            onBack: screen.viewModel.back()
        }
    }
}
