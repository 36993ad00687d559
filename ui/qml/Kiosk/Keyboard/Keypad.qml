pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components

// Digits for phone numbers, codes and sums; `extra` is the one key besides.
Rectangle {
    id: keypad

    property string extra: "-"
    readonly property bool silent: true

    signal typed(string characters)
    signal erased

    implicitHeight: Theme.space(Theme.portrait ? 156 : 250)
    color: Theme.tint
    radius: Theme.radius

    GridLayout {
        anchors.fill: parent
        anchors.margins: Theme.space(6)
        columns: 3
        rowSpacing: Theme.space(5)
        columnSpacing: Theme.space(5)

        Repeater {
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", keypad.extra, "0", "⌫"]

            Touchable {
                id: key

                required property string modelData

                repeats: true
                label: key.modelData === "⌫" ? qsTr("删除") : key.modelData
                Layout.fillWidth: true
                Layout.fillHeight: true
                onActivated: {
                    if (key.modelData === "⌫")
                        keypad.erased();
                    else
                        keypad.typed(key.modelData);
                }

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.space(4)
                    color: key.pressed ? Theme.tintDeep : Theme.card
                    border.color: Theme.line
                    border.width: Math.max(1, Theme.border / 2)
                }

                Label {
                    anchors.centerIn: parent
                    text: key.label
                    font.pixelSize: Theme.space(16)
                    font.bold: true
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
}
