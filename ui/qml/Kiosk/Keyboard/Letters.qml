pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.ViewModels

// Letters: of pinyin, or as they are, then with digits above them.
ColumnLayout {
    id: letters

    required property KeyboardViewModel viewModel
    property int gap: 0
    readonly property bool pinyin: viewModel.page === "pinyin"
    property bool capitals: viewModel.capitals

    spacing: letters.gap

    component Row: RowLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredHeight: 1
        spacing: letters.gap
        uniformCellSizes: false
    }

    component Keys: Repeater {
        Key {
            required property string modelData

            label: letters.capitals && !letters.pinyin ? modelData.toUpperCase() : modelData
            onActivated: letters.viewModel.press(label)
        }
    }

    Row {
        visible: !letters.viewModel.offering

        Keys {
            model: "1234567890".split("")
        }
    }

    Row {
        Keys {
            model: "qwertyuiop".split("")
        }
    }

    Row {
        Item {
            Layout.fillWidth: true
            Layout.preferredWidth: 0.5
        }

        Keys {
            model: "asdfghjkl".split("")
        }

        Item {
            Layout.fillWidth: true
            Layout.preferredWidth: 0.5
        }
    }

    Row {
        Key {
            visible: !letters.pinyin
            icon: "arrow-fat-up"
            label: qsTr("大写")
            span: 1.5
            accented: letters.capitals
            onActivated: letters.capitals = !letters.capitals
        }

        LineKey {
            visible: letters.pinyin
            viewModel: letters.viewModel
            span: 1.5
        }

        Keys {
            model: "zxcvbnm".split("")
        }

        EraseKey {
            span: 1.5
            onActivated: letters.viewModel.erase()
        }
    }

    Row {
        Keys {
            model: letters.pinyin ? ["，", "。", "、", "？", "！", "："] : letters.viewModel.capitals ? ["-"] : ["，", "。", "-"]
        }

        SpaceKey {
            span: letters.pinyin ? 4 : letters.viewModel.lines ? 5 : 7
            onActivated: letters.viewModel.space()
        }

        LineKey {
            visible: !letters.pinyin && letters.viewModel.lines
            viewModel: letters.viewModel
            span: 2
        }
    }
}
