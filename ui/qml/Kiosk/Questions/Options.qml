pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components

Answerer {
    id: answerer

    property bool square: false
    property bool narrow: false

    readonly property int step: Theme.space(Theme.larger ? 40 : 36) + Theme.gap
    readonly property int fitting: Math.max(1, Math.floor((height + Theme.gap) / step)) * grid.columns

    onFittingChanged: answerer.viewModel.fit(answerer.fitting)

    GridLayout {
        id: grid

        readonly property bool pair: !answerer.narrow && !Theme.portrait && !Theme.larger && answerer.viewModel.optionCount > 4

        anchors.fill: parent
        columns: grid.pair ? 2 : 1
        uniformCellWidths: true
        rowSpacing: Theme.gap
        columnSpacing: Theme.gap

        Repeater {
            model: answerer.viewModel.options

            OptionRow {
                id: option

                required property var modelData

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.maximumHeight: Theme.space(64)
                label: option.modelData.label
                square: answerer.square
                chosen: option.modelData.chosen
                onActivated: answerer.viewModel.choose(option.modelData.id)
            }
        }

        Pager {
            Layout.fillWidth: true
            Layout.columnSpan: grid.columns
            page: answerer.viewModel.page
            pages: answerer.viewModel.pages
            onTurned: pages => answerer.viewModel.turn(pages)
        }

        Item {
            Layout.columnSpan: grid.columns
            Layout.fillHeight: true
            Layout.preferredHeight: 0
        }
    }
}
