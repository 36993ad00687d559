pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.ViewModels

// Punctuation marks, and Enter where there are lines.
GridLayout {
    id: marks

    required property KeyboardViewModel viewModel
    property int gap: 0

    columns: 2
    uniformCellWidths: true
    uniformCellHeights: true
    rowSpacing: marks.gap
    columnSpacing: marks.gap

    Repeater {
        model: ["，", "。", "？", "！", "、", "："]

        Key {
            required property string modelData

            label: modelData
            onActivated: marks.viewModel.press(modelData)
        }
    }

    LineKey {
        Layout.columnSpan: 2
        viewModel: marks.viewModel
    }
}
