pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property RecordViewModel viewModel
    readonly property Printing printing: viewModel.printing as Printing

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        Label {
            Layout.fillWidth: true
            text: screen.viewModel.found ? screen.viewModel.title : screen.viewModel.matter
            font.pixelSize: Theme.display
            font.bold: true
        }

        Label {
            Layout.fillWidth: true
            visible: screen.viewModel.found
            text: qsTr("出具：%1　查验码：%2").arg(screen.viewModel.issuer).arg(screen.viewModel.checkCode)
            color: Theme.muted
        }

        Notice {
            Layout.fillWidth: true
            visible: text !== ""
            icon: screen.viewModel.offline ? "wifi-slash" : "warning"
            text: screen.viewModel.problem
        }

        Label {
            Layout.fillWidth: true
            visible: screen.viewModel.asking
            text: qsTr("正在查，请稍等……")
            font.pixelSize: Theme.heading
        }

        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Scroll {
                anchors.fill: parent
                visible: screen.viewModel.found

                Card {
                    Layout.fillWidth: true
                    implicitHeight: page.implicitHeight + 2 * Theme.pad

                    Repeater {
                        model: Math.max(1, Math.floor(page.implicitHeight / Theme.space(90)))

                        Label {
                            required property int index

                            x: (parent.width - width) / 2
                            y: Theme.space(30) + index * Theme.space(90)
                            enabled: false
                            text: screen.viewModel.watermark
                            font.pixelSize: Theme.display * 1.6
                            font.bold: true
                            color: Theme.tint
                            rotation: -18
                            wrapMode: Text.NoWrap
                            Accessible.ignored: true
                        }
                    }

                    GridLayout {
                        id: page

                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.top: parent.top
                        anchors.margins: Theme.pad
                        columns: Theme.portrait ? 1 : 2
                        uniformCellWidths: true
                        rowSpacing: Theme.gap * 2
                        columnSpacing: Theme.gap * 2

                        ColumnLayout {
                            Layout.fillWidth: true
                            Layout.alignment: Qt.AlignTop
                            spacing: Theme.gap

                            Repeater {
                                model: screen.viewModel.lines

                                RowLayout {
                                    id: line

                                    required property var modelData

                                    Layout.fillWidth: true
                                    spacing: Theme.gap

                                    Label {
                                        Layout.preferredWidth: Theme.space(70)
                                        Layout.alignment: Qt.AlignTop
                                        text: line.modelData.label
                                        color: Theme.muted
                                    }

                                    Label {
                                        Layout.fillWidth: true
                                        text: line.modelData.value
                                        font.bold: true
                                    }
                                }
                            }
                        }

                        GridLayout {
                            Layout.fillWidth: true
                            Layout.alignment: Qt.AlignTop
                            visible: screen.viewModel.columns.length > 0
                            columns: Math.max(1, screen.viewModel.columns.length)
                            uniformCellWidths: true
                            rowSpacing: Theme.space(5)
                            columnSpacing: Theme.gap

                            Repeater {
                                model: screen.viewModel.columns

                                Label {
                                    required property string modelData

                                    Layout.fillWidth: true
                                    text: modelData
                                    color: Theme.muted
                                    font.bold: true
                                }
                            }

                            Repeater {
                                model: [].concat(...screen.viewModel.rows)

                                Label {
                                    required property string modelData

                                    Layout.fillWidth: true
                                    text: modelData
                                }
                            }
                        }
                    }
                }
            }
        }

        Notice {
            Layout.fillWidth: true
            visible: text !== ""
            good: screen.printing.done
            icon: "printer"
            text: screen.printing.done ? qsTr("已经打印，请取走。") : screen.printing.problem !== "" ? screen.printing.problem : screen.viewModel.found && !screen.printing.ready ? qsTr("打印机现在用不了，可以先在屏幕上看。") : ""
        }

        GridLayout {
            Layout.fillWidth: true
            columns: Theme.portrait ? 1 : 2
            rowSpacing: Theme.gap
            columnSpacing: Theme.gap
            uniformCellWidths: true

            ActionButton {
                Layout.fillWidth: true
                visible: screen.viewModel.offline
                primary: true
                label: qsTr("先记下来，查到告诉我")
                onActivated: screen.viewModel.tellLater()
            }

            ActionButton {
                Layout.fillWidth: true
                visible: screen.viewModel.problem !== ""
                label: qsTr("再查一次")
                onActivated: screen.viewModel.ask()
            }

            ActionButton {
                Layout.fillWidth: true
                visible: screen.viewModel.found && screen.printing.ready
                enabled: !screen.printing.busy
                primary: true
                icon: "printer"
                label: screen.printing.busy ? qsTr("正在打印……") : qsTr("打印出来")
                onActivated: screen.viewModel.print()
            }

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    icon: "arrow-left"
                    label: qsTr("返回")
                    onActivated: screen.viewModel.back()
                }

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    visible: screen.viewModel.found
                    label: qsTr("看好了，离开")
                    onActivated: screen.viewModel.finish()
                }
            }
        }
    }
}
