pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property ReceiptViewModel viewModel
    readonly property Printing printing: viewModel.printing as Printing

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        Scroll {
            Layout.fillWidth: true
            Layout.fillHeight: true

            GridLayout {
                Layout.fillWidth: true
                columns: Theme.portrait ? 1 : 2
                rowSpacing: Theme.gap
                columnSpacing: Theme.margin * 1.5

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 11
                    Layout.alignment: Qt.AlignTop
                    spacing: Theme.gap

                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.pad

                        Icon {
                            name: "check-circle"
                            tint: Theme.good
                            size: Theme.space(28)
                        }

                        Label {
                            Layout.fillWidth: true
                            text: screen.viewModel.title
                            font.pixelSize: Theme.display
                            font.bold: true
                        }
                    }

                    Card {
                        Layout.fillWidth: true
                        implicitHeight: numbers.implicitHeight + 2 * Theme.pad

                        ColumnLayout {
                            id: numbers

                            anchors.fill: parent
                            anchors.margins: Theme.pad
                            spacing: Theme.gap

                            RowLayout {
                                Layout.fillWidth: true
                                spacing: Theme.margin

                                Column {
                                    Layout.fillWidth: true
                                    spacing: Theme.space(3)

                                    Label {
                                        text: qsTr("受理编号")
                                        color: Theme.muted
                                    }

                                    Label {
                                        objectName: "number"
                                        width: parent.width
                                        text: screen.viewModel.number
                                        color: Theme.primary
                                        font.pixelSize: Theme.display
                                        font.bold: true
                                        fontSizeMode: Text.HorizontalFit
                                        minimumPixelSize: Theme.body
                                        maximumLineCount: 1
                                    }

                                    Label {
                                        readonly property bool silent: true

                                        text: qsTr("查询码")
                                        color: Theme.muted
                                    }

                                    Label {
                                        readonly property bool silent: true

                                        objectName: "code"
                                        text: screen.viewModel.code
                                        color: Theme.primary
                                        font.pixelSize: Theme.display
                                        font.bold: true
                                    }
                                }

                                Image {
                                    Layout.preferredWidth: Theme.space(96)
                                    Layout.preferredHeight: Theme.space(96)
                                    Layout.alignment: Qt.AlignVCenter
                                    cache: false
                                    smooth: false
                                    sourceSize: Qt.size(Theme.space(96), Theme.space(96))
                                    source: "image://qr/" + encodeURIComponent(screen.viewModel.link)
                                    Accessible.role: Accessible.Graphic
                                    Accessible.name: qsTr("查进度的二维码")
                                }
                            }

                            Label {
                                Layout.fillWidth: true
                                text: qsTr("请抄下编号和查询码，也可以用手机扫右边的码查进度。")
                                color: Theme.muted
                                font.pixelSize: Theme.small
                            }
                        }
                    }
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 9
                    Layout.alignment: Qt.AlignTop
                    spacing: Theme.gap

                    Column {
                        Layout.fillWidth: true
                        spacing: Theme.space(3)

                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: screen.viewModel.matter
                            font.bold: true
                        }

                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: screen.viewModel.classified
                            color: Theme.muted
                        }

                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: screen.viewModel.otherClasses
                            color: Theme.muted
                        }

                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: screen.viewModel.limit
                            color: Theme.primary
                            font.bold: true
                        }

                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: screen.viewModel.beside
                        }

                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: screen.viewModel.lacking
                        }

                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: screen.viewModel.appointment
                            color: Theme.primary
                            font.pixelSize: Theme.heading
                            font.bold: true
                        }
                    }

                    Label {
                        text: qsTr("接下来")
                        font.pixelSize: Theme.title
                        font.bold: true
                    }

                    Repeater {
                        model: screen.viewModel.steps

                        Step {
                            id: step

                            required property var modelData
                            required property int index

                            number: step.index + 1
                            title: step.modelData.title
                            told: step.modelData.told
                        }
                    }
                }
            }
        }

        Notice {
            Layout.fillWidth: true
            visible: text !== ""
            icon: "printer"
            text: screen.printing.problem
        }

        GridLayout {
            Layout.fillWidth: true
            columns: Theme.portrait ? 1 : 2
            rowSpacing: Theme.gap * 1.5
            columnSpacing: Theme.margin * 1.5
            uniformCellWidths: true

            Notice {
                Layout.fillWidth: true
                good: screen.viewModel.received
                icon: screen.viewModel.received ? "cloud-check" : "hard-drives"
                text: screen.viewModel.received ? qsTr("中心已收到。") : qsTr("已安全存在本机，联网后自动送到中心。")
            }

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    visible: screen.viewModel.leadsToGuide
                    label: qsTr("办事指南")
                    onActivated: screen.viewModel.guide()
                }

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    visible: screen.printing.ready
                    enabled: !screen.printing.busy
                    icon: screen.viewModel.leadsToGuide ? "" : "printer"
                    label: screen.printing.done ? qsTr("已经打印") : qsTr("打印")
                    onActivated: screen.viewModel.print()
                }

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    visible: screen.printing.ready
                    enabled: !screen.printing.busy
                    label: qsTr("打印大纸")
                    onActivated: screen.viewModel.printSheet()
                }

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 2
                    primary: true
                    label: qsTr("我拿好了，离开（%1）").arg(screen.viewModel.seconds)
                    onActivated: screen.viewModel.finish()
                }
            }
        }
    }

    component Step: RowLayout {
        id: line

        required property int number
        required property string title
        required property string told

        Layout.fillWidth: true
        spacing: Theme.pad

        Rectangle {
            Layout.preferredWidth: Theme.space(22)
            Layout.preferredHeight: Theme.space(22)
            radius: width / 2
            color: Theme.primary

            Label {
                anchors.centerIn: parent
                text: line.number
                color: Theme.paper
                font.bold: true
            }
        }

        Label {
            text: line.title
            font.bold: true
            wrapMode: Text.NoWrap
        }

        Label {
            Layout.fillWidth: true
            text: line.told
            color: Theme.muted
        }
    }
}
