pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property PayViewModel viewModel
    readonly property bool open: viewModel.found && !viewModel.nothingOwed && viewModel.state === "unpaid"

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        Label {
            Layout.fillWidth: true
            text: screen.viewModel.matter
            font.pixelSize: Theme.display
            font.bold: true
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

        Scroll {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: screen.viewModel.found

            GridLayout {
                Layout.fillWidth: true
                columns: Theme.portrait ? 1 : 2
                rowSpacing: Theme.margin
                columnSpacing: Theme.margin

                Card {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    Layout.alignment: Qt.AlignTop
                    implicitHeight: bill.implicitHeight + 2 * Theme.pad

                    ColumnLayout {
                        id: bill

                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.top: parent.top
                        anchors.margins: Theme.pad
                        spacing: Theme.gap

                        Repeater {
                            model: screen.viewModel.lines

                            RowLayout {
                                id: line

                                required property var modelData

                                Layout.fillWidth: true
                                spacing: Theme.gap

                                Label {
                                    Layout.preferredWidth: Theme.space(60)
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

                        Label {
                            objectName: "amount"
                            Layout.fillWidth: true
                            text: screen.viewModel.nothingOwed ? qsTr("没有要交的钱") : screen.viewModel.amount
                            color: Theme.primary
                            font.pixelSize: Theme.display
                            font.bold: true
                        }
                    }
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    visible: !screen.viewModel.nothingOwed
                    spacing: Theme.gap

                    Notice {
                        Layout.fillWidth: true
                        good: screen.viewModel.state === "paid"
                        icon: screen.viewModel.state === "paid" ? "check-circle" : screen.viewModel.state === "expired" ? "clock" : "device-mobile"
                        text: screen.viewModel.stateTold
                    }

                    Image {
                        Layout.preferredWidth: Theme.space(Theme.portrait ? 130 : 96)
                        Layout.preferredHeight: Theme.space(Theme.portrait ? 130 : 96)
                        Layout.alignment: Qt.AlignHCenter
                        fillMode: Image.PreserveAspectFit
                        visible: screen.open
                        cache: false
                        smooth: false
                        sourceSize: Qt.size(Theme.space(Theme.portrait ? 130 : 96), Theme.space(Theme.portrait ? 130 : 96))
                        source: screen.open ? "image://qr/" + encodeURIComponent(screen.viewModel.link) : ""
                        Accessible.role: Accessible.Graphic
                        Accessible.name: qsTr("付钱的二维码")
                    }

                    Label {
                        Layout.fillWidth: true
                        text: qsTr("演示数据，不会真的扣钱。机器不收钱，也不碰您的银行卡。")
                        color: Theme.muted
                        font.pixelSize: Theme.small
                        horizontalAlignment: Text.AlignHCenter
                    }
                }
            }
        }

        Item {
            Layout.fillHeight: true
            visible: !screen.viewModel.found
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
                visible: screen.viewModel.problem !== "" || screen.viewModel.state === "expired"
                label: qsTr("再查一次")
                onActivated: screen.viewModel.ask()
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
                    primary: screen.viewModel.state === "paid" || screen.viewModel.nothingOwed
                    label: qsTr("好了，离开")
                    onActivated: screen.viewModel.finish()
                }
            }
        }
    }
}
