pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Touchable {
    id: screen

    required property AttractViewModel viewModel

    label: qsTr("轻轻一按，开始办事")
    onActivated: screen.viewModel.begin()

    Rectangle {
        anchors.fill: parent
        color: screen.pressed ? Theme.primaryDeep : Theme.primary
    }

    GridLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin * 2
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.margin * 2
        rowSpacing: Theme.margin * 2

        Item {
            Layout.fillHeight: true
            Layout.columnSpan: Theme.portrait ? 1 : 2
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            spacing: Theme.gap

            Label {
                text: "不打烊"
                color: Theme.paper
                font.pixelSize: Theme.type(56)
                font.bold: true
            }

            Label {
                Layout.fillWidth: true
                text: qsTr("7×24小时，天天都能办")
                color: Theme.paper
                font.pixelSize: Theme.display
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            spacing: Theme.gap * 2

            Repeater {
                model: [
                    {
                        icon: "magnifying-glass",
                        text: qsTr("找到要办的事，看清带什么")
                    },
                    {
                        icon: "clipboard-text",
                        text: qsTr("在这里申请，拿一个编号")
                    },
                    {
                        icon: "megaphone",
                        text: qsTr("事情没办成，告诉我们")
                    }
                ]

                RowLayout {
                    id: line

                    required property var modelData

                    spacing: Theme.margin

                    Icon {
                        name: line.modelData.icon
                        tint: Theme.paper
                        size: Theme.space(26)
                    }

                    Label {
                        Layout.fillWidth: true
                        text: line.modelData.text
                        color: Theme.paper
                        font.pixelSize: Theme.title
                    }
                }
            }
        }

        Item {
            Layout.fillHeight: true
            Layout.columnSpan: Theme.portrait ? 1 : 2
        }

        Rectangle {
            Layout.fillWidth: true
            Layout.columnSpan: Theme.portrait ? 1 : 2
            Layout.preferredHeight: Theme.space(70)
            radius: Theme.radius
            color: Theme.card

            Row {
                anchors.centerIn: parent
                spacing: Theme.margin

                Icon {
                    name: "hand-tap"
                    size: Theme.space(30)
                    anchors.verticalCenter: parent.verticalCenter
                }

                Label {
                    text: screen.label
                    color: Theme.primary
                    font.pixelSize: Theme.display
                    font.bold: true
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }

        Label {
            Layout.fillWidth: true
            Layout.columnSpan: Theme.portrait ? 1 : 2
            text: qsTr("演示系统 · 内容均为演示数据")
            color: Theme.paper
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
