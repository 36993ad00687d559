pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.ViewModels

// The five strokes (横竖撇点折), and one that stands for any.
RowLayout {
    id: strokes

    required property KeyboardViewModel viewModel
    property int gap: 0

    spacing: strokes.gap

    Punctuation {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 2
        Layout.horizontalStretchFactor: 2
        viewModel: strokes.viewModel
        gap: strokes.gap
    }

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 3
        Layout.horizontalStretchFactor: 3
        columns: 3
        uniformCellWidths: true
        uniformCellHeights: true
        rowSpacing: strokes.gap
        columnSpacing: strokes.gap

        Repeater {
            model: ["h", "s", "p", "n", "z", "*"]

            Key {
                required property string modelData
                required property int index

                label: index < 5 ? "一丨丿丶乙"[index] : qsTr("任意一笔")
                size: index < 5 ? Theme.heading : Theme.body
                onActivated: strokes.viewModel.press(modelData)
            }
        }

        SpaceKey {
            Layout.columnSpan: 2
            onActivated: strokes.viewModel.space()
        }

        EraseKey {
            onActivated: strokes.viewModel.erase()
        }
    }
}
