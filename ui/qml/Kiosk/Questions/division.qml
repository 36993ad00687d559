pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme

Answerer {
    id: answerer

    GridLayout {
        anchors.fill: parent
        columns: 3
        uniformCellWidths: true
        rowSpacing: Theme.space(7)
        columnSpacing: Theme.gap

        Repeater {
            model: answerer.viewModel.options

            OptionRow {
                id: option

                required property var modelData

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.maximumHeight: Theme.space(52)
                label: option.modelData.label
                chosen: option.modelData.chosen
                onActivated: answerer.viewModel.choose(option.modelData.id)
            }
        }

        Item {
            Layout.columnSpan: 3
            Layout.fillHeight: true
            Layout.preferredHeight: 0
        }
    }
}
