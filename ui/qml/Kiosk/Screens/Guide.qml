pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property GuideViewModel viewModel

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
                rowSpacing: Theme.gap * 1.5
                columnSpacing: Theme.margin
                uniformCellWidths: true

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    spacing: Theme.gap * 1.5

                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.gap

                        Label {
                            Layout.fillWidth: true
                            text: screen.viewModel.path
                            color: Theme.muted
                        }

                        Rectangle {
                            Layout.preferredWidth: mark.implicitWidth + Theme.pad
                            Layout.preferredHeight: mark.implicitHeight + Theme.space(5)
                            radius: Theme.space(3)
                            color: Theme.cautionSurface

                            Label {
                                id: mark

                                anchors.centerIn: parent
                                text: qsTr("演示数据")
                                color: Theme.cautionInk
                                font.pixelSize: Theme.small
                                wrapMode: Text.NoWrap
                            }
                        }
                    }

                    Label {
                        Layout.fillWidth: true
                        text: screen.viewModel.name
                        font.pixelSize: Theme.display
                        font.bold: true
                    }

                    Card {
                        Layout.fillWidth: true
                        implicitHeight: facts.implicitHeight + 2 * Theme.pad

                        GridLayout {
                            id: facts

                            anchors.fill: parent
                            anchors.margins: Theme.pad
                            columns: Theme.larger ? 1 : 2
                            rowSpacing: Theme.margin
                            columnSpacing: Theme.pad
                            uniformCellWidths: true

                            Fact {
                                icon: "clock"
                                asked: qsTr("多久能办好")
                                answer: screen.viewModel.promise
                            }

                            Fact {
                                icon: "user"
                                asked: qsTr("谁可以办")
                                answer: screen.viewModel.who
                            }

                            Fact {
                                icon: "map-pin"
                                asked: qsTr("在哪里办")
                                answer: screen.viewModel.where
                            }

                            Fact {
                                icon: "device-mobile"
                                asked: qsTr("现在能做什么")
                                answer: screen.viewModel.here
                            }

                            Fact {
                                Layout.columnSpan: Theme.larger ? 1 : 2
                                icon: "buildings"
                                asked: qsTr("谁来办")
                                answer: screen.viewModel.department
                            }
                        }
                    }
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    spacing: Theme.gap

                    Label {
                        Layout.fillWidth: true
                        text: qsTr("要带什么（一次说清）")
                        font.pixelSize: Theme.title
                        font.bold: true
                    }

                    Repeater {
                        model: screen.viewModel.materials

                        Material {}
                    }

                    Label {
                        Layout.fillWidth: true
                        visible: screen.viewModel.materials.length === 0
                        text: qsTr("不用带材料。")
                    }
                }
            }
        }

        GridLayout {
            Layout.fillWidth: true
            columns: Theme.portrait ? 1 : 2
            rowSpacing: Theme.gap
            columnSpacing: Theme.margin
            uniformCellWidths: true

            ActionButton {
                Layout.fillWidth: true
                warm: true
                icon: "megaphone"
                label: qsTr("这件事没办成？")
                onActivated: screen.viewModel.complain()
            }

            NavRow {
                Layout.fillWidth: true
                nextLabel: screen.viewModel.action
                onBack: screen.viewModel.back()
                onNext: screen.viewModel.apply()
            }
        }
    }

    component Material: Card {
        id: material

        required property string modelData

        Layout.fillWidth: true
        implicitHeight: words.implicitHeight + 2 * Theme.pad

        Icon {
            id: tick

            x: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            name: "check-circle"
        }

        Label {
            id: words

            anchors.left: tick.right
            anchors.right: parent.right
            anchors.margins: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            text: material.modelData
            font.pixelSize: Theme.heading
            font.bold: true
        }
    }

    component Fact: RowLayout {
        id: fact

        required property string icon
        required property string asked
        required property string answer

        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.pad

        Icon {
            Layout.alignment: Qt.AlignTop
            name: fact.icon
            size: Theme.space(16)
        }

        Column {
            Layout.fillWidth: true
            spacing: Theme.space(2)

            Label {
                width: parent.width
                text: fact.asked
                color: Theme.muted
                font.pixelSize: Theme.small
            }

            Label {
                width: parent.width
                text: fact.answer
                font.bold: true
            }
        }
    }
}
