pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.ViewModels

// Digits, and the one key that the field has besides.
GridLayout {
    id: digits

    required property KeyboardViewModel viewModel
    property int gap: 0

    columns: 3
    uniformCellWidths: true
    uniformCellHeights: true
    rowSpacing: digits.gap
    columnSpacing: digits.gap

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", digits.viewModel.extra, "0"]

        Key {
            required property string modelData

            label: modelData
            onActivated: digits.viewModel.press(modelData)
        }
    }

    EraseKey {
        onActivated: digits.viewModel.erase()
    }
}
