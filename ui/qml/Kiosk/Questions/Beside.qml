pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.ViewModels

// Options beside another way to answer: “不记得”, “不留电话”.
GridLayout {
    id: beside

    required property QuestionViewModel viewModel
    required property bool active

    visible: beside.active
    columns: beside.viewModel.optionCount > 3 ? 2 : Theme.portrait ? Math.max(1, beside.viewModel.optionCount) : 1
    uniformCellWidths: true
    rowSpacing: Theme.gap
    columnSpacing: Theme.gap

    Repeater {
        model: beside.active ? beside.viewModel.options : []

        OptionRow {
            id: option

            required property var modelData

            Layout.fillWidth: true
            Layout.preferredHeight: Theme.space(Theme.larger ? 40 : 36)
            label: option.modelData.label
            chosen: option.modelData.chosen
            onActivated: beside.viewModel.choose(option.modelData.id)
        }
    }
}
