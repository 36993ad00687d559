pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components

// A plain keyboard: letters and digits. It remembers nothing.
Rectangle {
    id: keyboard

    property bool capitals: false
    readonly property bool silent: true

    signal typed(string characters)
    signal erased

    implicitHeight: Theme.space(Theme.portrait ? 156 : 250)
    color: Theme.tint
    radius: Theme.radius

    component Key: Touchable {
        id: key

        property string icon: ""
        property real span: 1

        repeats: true
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: key.span

        Rectangle {
            anchors.fill: parent
            radius: Theme.space(4)
            color: key.pressed ? Theme.tintDeep : Theme.card
            border.color: Theme.line
            border.width: Math.max(1, Theme.border / 2)
        }

        Label {
            anchors.centerIn: parent
            visible: key.icon === ""
            text: key.label
            font.pixelSize: Theme.space(13)
            font.bold: true
            wrapMode: Text.NoWrap
        }

        Icon {
            anchors.centerIn: parent
            visible: key.icon !== ""
            name: key.icon
            tint: Theme.ink
            size: Theme.space(14)
        }
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.space(6)
        spacing: Theme.space(5)

        Repeater {
            model: ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]

            RowLayout {
                id: row

                required property string modelData
                required property int index

                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: Theme.space(5)

                Key {
                    visible: row.index === 3
                    icon: "arrow-fat-up"
                    label: qsTr("大写")
                    span: 1.5
                    onActivated: keyboard.capitals = !keyboard.capitals
                }

                Repeater {
                    model: row.modelData.split("")

                    Key {
                        required property string modelData

                        label: keyboard.capitals ? modelData.toUpperCase() : modelData
                        onActivated: keyboard.typed(label)
                    }
                }

                Key {
                    visible: row.index === 3
                    icon: "backspace"
                    label: qsTr("删除")
                    span: 1.5
                    onActivated: keyboard.erased()
                }
            }
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.space(5)

            Repeater {
                model: ["，", "。", "-"]

                Key {
                    required property string modelData

                    label: modelData
                    onActivated: keyboard.typed(modelData)
                }
            }

            Key {
                label: qsTr("空格")
                span: 5
                onActivated: keyboard.typed(" ")
            }
        }
    }
}
