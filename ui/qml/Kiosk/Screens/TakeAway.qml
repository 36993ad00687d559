pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property TakeAwayViewModel viewModel
    readonly property Printing printing: viewModel.printing as Printing

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        Label {
            Layout.fillWidth: true
            text: qsTr("把办事指南带回家")
            font.pixelSize: Theme.display
            font.bold: true
        }

        Label {
            Layout.fillWidth: true
            text: screen.viewModel.name
            color: Theme.primary
            font.pixelSize: Theme.heading
            font.bold: true
        }

        Label {
            Layout.fillWidth: true
            text: qsTr("%1 · 演示数据").arg(screen.viewModel.edition)
            color: Theme.muted
            font.pixelSize: Theme.small
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: Theme.portrait ? 1 : 2
            rowSpacing: Theme.gap * 1.5
            columnSpacing: Theme.margin
            uniformCellWidths: true

            Card {
                Layout.fillWidth: true
                Layout.fillHeight: true

                GridLayout {
                    anchors.fill: parent
                    anchors.margins: Theme.pad
                    columns: Theme.portrait ? 1 : 2
                    rowSpacing: Theme.gap
                    columnSpacing: Theme.pad

                    Label {
                        Layout.fillWidth: true
                        Layout.columnSpan: parent.columns
                        text: qsTr("用手机扫一扫，全部内容都在手机上看")
                        font.bold: true
                        horizontalAlignment: Text.AlignHCenter
                    }

                    Image {
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Layout.rowSpan: Theme.portrait ? 1 : 3
                        Layout.minimumHeight: Theme.space(44)
                        fillMode: Image.PreserveAspectFit
                        cache: false
                        smooth: false
                        sourceSize: Qt.size(Theme.space(160), Theme.space(160))
                        source: "image://qr/" + encodeURIComponent(screen.viewModel.link)
                        Accessible.role: Accessible.Graphic
                        Accessible.name: qsTr("办事指南的二维码")
                    }

                    Label {
                        Layout.fillWidth: true
                        text: qsTr("没有手机，就抄下这个短码，到哪台机器都能查：")
                        color: Theme.muted
                        font.pixelSize: Theme.small
                        horizontalAlignment: Text.AlignHCenter
                    }

                    Label {
                        objectName: "short-code"
                        Layout.fillWidth: true
                        text: screen.viewModel.code
                        color: Theme.primary
                        font.pixelSize: Theme.larger ? Theme.title : Theme.display * 1.4
                        font.bold: true
                        horizontalAlignment: Text.AlignHCenter
                    }
                }
            }

            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                spacing: Theme.gap

                ActionButton {
                    Layout.fillWidth: true
                    primary: true
                    visible: screen.printing.ready
                    enabled: !screen.printing.busy
                    icon: "printer"
                    label: qsTr("打印小票")
                    onActivated: screen.viewModel.printStrip()
                }

                ActionButton {
                    Layout.fillWidth: true
                    visible: screen.printing.ready
                    enabled: !screen.printing.busy
                    icon: "printer"
                    label: qsTr("打印一张大纸，字大一些")
                    onActivated: screen.viewModel.printSheet()
                }

                Notice {
                    Layout.fillWidth: true
                    visible: text !== ""
                    good: screen.printing.done
                    icon: "printer"
                    text: screen.printing.done ? qsTr("已经打印，请取走。") : screen.printing.problem !== "" ? screen.printing.problem : screen.printing.busy ? qsTr("正在打印……") : screen.printing.ready ? "" : qsTr("打印机现在用不了，请用手机扫，或者抄短码。")
                }
            }
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
                label: qsTr("拿好了，离开")
                onActivated: screen.viewModel.finish()
            }
        }
    }
}
