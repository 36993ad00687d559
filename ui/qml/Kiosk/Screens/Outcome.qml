pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property OutcomeViewModel viewModel
    readonly property Printing printing: viewModel.printing as Printing

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 2

        Scroll {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.gap * 2

            Label {
                Layout.fillWidth: true
                text: screen.viewModel.title
                color: screen.viewModel.emergency ? Theme.warm : Theme.ink
                font.pixelSize: Theme.display
                font.bold: true
            }

            GridLayout {
                Layout.fillWidth: true
                visible: screen.viewModel.emergency
                columns: 3
                uniformCellWidths: true
                columnSpacing: Theme.gap

                Repeater {
                    model: [
                        {
                            number: "110",
                            who: qsTr("公安")
                        },
                        {
                            number: "119",
                            who: qsTr("消防")
                        },
                        {
                            number: "120",
                            who: qsTr("急救")
                        }
                    ]

                    Rectangle {
                        id: call

                        required property var modelData

                        Layout.fillWidth: true
                        Layout.preferredHeight: who.implicitHeight + Theme.gap * (Theme.portrait ? 4 : 1)
                        radius: Theme.radius
                        color: Theme.warm

                        Column {
                            id: who

                            anchors.centerIn: parent

                            Label {
                                anchors.horizontalCenter: parent.horizontalCenter
                                text: call.modelData.number
                                color: Theme.paper
                                font.pixelSize: Theme.type(34)
                                font.bold: true
                            }

                            Label {
                                anchors.horizontalCenter: parent.horizontalCenter
                                width: Math.min(implicitWidth, call.width - Theme.pad)
                                text: call.modelData.who
                                color: Theme.paper
                                font.pixelSize: Theme.title
                                fontSizeMode: Text.HorizontalFit
                                minimumPixelSize: Theme.body
                                wrapMode: Text.NoWrap
                            }
                        }
                    }
                }
            }

            Label {
                Layout.fillWidth: true
                text: screen.viewModel.text
                font.pixelSize: Theme.heading
                lineHeight: 1.4
            }

            Card {
                Layout.fillWidth: true
                visible: screen.viewModel.responsible !== ""
                implicitHeight: slip.implicitHeight + 2 * Theme.margin

                ColumnLayout {
                    id: slip

                    anchors.fill: parent
                    anchors.margins: Theme.margin
                    spacing: Theme.gap * 1.5

                    Line {
                        asked: qsTr("找谁")
                        answer: screen.viewModel.responsible
                    }

                    Line {
                        asked: qsTr("打电话")
                        answer: screen.viewModel.hotline
                    }

                    Line {
                        asked: qsTr("别的办法")
                        answer: screen.viewModel.channel
                    }

                    Line {
                        asked: qsTr("带什么")
                        answer: screen.viewModel.bring.join("、")
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
            columnSpacing: Theme.margin
            uniformCellWidths: true

            ActionButton {
                Layout.fillWidth: true
                visible: screen.viewModel.printable && screen.printing.ready
                enabled: !screen.printing.busy
                icon: "printer"
                label: screen.printing.done ? qsTr("已经打印") : qsTr("打印")
                onActivated: screen.viewModel.print()
            }

            ActionButton {
                Layout.fillWidth: true
                visible: screen.viewModel.leadsToGuide
                icon: "clipboard-text"
                label: screen.viewModel.hasItem ? qsTr("看这件事要带什么") : qsTr("去找要办的事")
                onActivated: screen.viewModel.guide()
            }

            NavRow {
                Layout.fillWidth: true
                nextLabel: qsTr("回到首页")
                onBack: screen.viewModel.back()
                onNext: screen.viewModel.home()
            }
        }
    }

    component Line: RowLayout {
        id: line

        required property string asked
        required property string answer

        visible: line.answer !== ""
        Layout.fillWidth: true
        spacing: Theme.margin

        Label {
            Layout.preferredWidth: Theme.type(52)
            Layout.alignment: Qt.AlignTop
            text: line.asked
            color: Theme.muted
        }

        Label {
            Layout.fillWidth: true
            text: line.answer
            font.pixelSize: Theme.heading
            font.bold: true
        }
    }
}
