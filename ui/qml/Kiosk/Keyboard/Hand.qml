pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.ViewModels

// A box to write one character in with a finger.
RowLayout {
    id: hand

    required property KeyboardViewModel viewModel
    property int gap: 0

    spacing: hand.gap

    Punctuation {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
        viewModel: hand.viewModel
        gap: hand.gap
    }

    Pen {
        Layout.fillHeight: true
        Layout.preferredWidth: hand.height * (Theme.portrait ? 1.25 : 1)
        viewModel: hand.viewModel
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
        spacing: hand.gap
        uniformCellSizes: true

        Key {
            label: qsTr("撤一笔")
            size: Theme.body
            onActivated: hand.viewModel.undoStroke()
        }

        Key {
            label: qsTr("重写")
            size: Theme.body
            onActivated: hand.viewModel.clearStrokes()
        }

        SpaceKey {
            onActivated: hand.viewModel.space()
        }

        EraseKey {
            onActivated: hand.viewModel.erase()
        }
    }
}
