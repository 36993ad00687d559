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
                rowSpacing: Theme.gap * 2
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
                            text: screen.viewModel.path + " · " + screen.viewModel.code
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

                    ItemRow {
                        Layout.fillWidth: true
                        implicitHeight: Theme.space(Theme.larger ? 40 : 34)
                        icon: "map-pin"
                        title: screen.viewModel.homeChosen ? qsTr("%1 · %2").arg(screen.viewModel.reach).arg(screen.viewModel.home) : qsTr("选归属地")
                        onActivated: screen.viewModel.choosePlace()
                    }

                    Card {
                        Layout.fillWidth: true
                        implicitHeight: facts.implicitHeight + 2 * Theme.pad

                        GridLayout {
                            id: facts

                            anchors.fill: parent
                            anchors.margins: Theme.pad
                            columns: Theme.larger ? 1 : 2
                            rowSpacing: Theme.pad
                            columnSpacing: Theme.pad
                            uniformCellWidths: true

                            Repeater {
                                model: screen.viewModel.facts

                                Fact {}
                            }
                        }
                    }
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    spacing: Theme.gap

                    Heading {
                        text: qsTr("要带什么（一次说清）")
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

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    spacing: Theme.gap * 1.5

                    Reach {}

                    Repeater {
                        model: screen.viewModel.furtherFacts

                        Fact {}
                    }

                    Heading {
                        text: qsTr("有问题打电话")
                    }

                    Label {
                        Layout.fillWidth: true
                        text: qsTr("咨询 %1　投诉 %2").arg(screen.viewModel.consult).arg(screen.viewModel.supervise)
                        font.pixelSize: Theme.heading
                        font.bold: true
                    }
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    spacing: Theme.gap

                    Heading {
                        text: qsTr("什么情况能办")
                    }

                    Repeater {
                        model: screen.viewModel.conditions

                        Point {}
                    }

                    Heading {
                        text: qsTr("怎么办")
                    }

                    Repeater {
                        model: screen.viewModel.steps

                        Point {
                            numbered: true
                        }
                    }

                    Heading {
                        visible: screen.viewModel.questions.length > 0
                        text: qsTr("大家常问")
                    }

                    Repeater {
                        model: screen.viewModel.questions

                        Answer {}
                    }

                    Label {
                        Layout.fillWidth: true
                        Layout.topMargin: Theme.gap
                        text: screen.viewModel.edition
                        color: Theme.muted
                        font.pixelSize: Theme.small
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

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    warm: true
                    icon: "megaphone"
                    label: qsTr("这件事没办成？")
                    onActivated: screen.viewModel.complain()
                }

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    icon: "qr-code"
                    label: qsTr("打印、带走")
                    onActivated: screen.viewModel.takeAway()
                }
            }

            NavRow {
                Layout.fillWidth: true
                nextLabel: screen.viewModel.action
                onBack: screen.viewModel.back()
                onNext: screen.viewModel.apply()
            }
        }
    }

    component Heading: Label {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
        font.pixelSize: Theme.title
        font.bold: true
    }

    // Where the matter belongs, and what that means for somebody who stands here.
    component Reach: Card {
        Layout.fillWidth: true
        implicitHeight: where.implicitHeight + 2 * Theme.pad
        border.color: screen.viewModel.reachable ? Theme.good : Theme.cautionLine

        ColumnLayout {
            id: where

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.pad
            spacing: Theme.gap

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap

                Icon {
                    name: "map-pin"
                    tint: screen.viewModel.reachable ? Theme.good : Theme.cautionLine
                    size: Theme.space(18)
                }

                Label {
                    Layout.fillWidth: true
                    text: screen.viewModel.reach
                    color: screen.viewModel.reachable ? Theme.good : Theme.cautionInk
                    font.pixelSize: Theme.title
                    font.bold: true
                }
            }

            Label {
                Layout.fillWidth: true
                text: screen.viewModel.reachTold
            }

            Label {
                Layout.fillWidth: true
                visible: text !== ""
                text: screen.viewModel.place.hall ? qsTr("%1，%2").arg(screen.viewModel.place.hall).arg(screen.viewModel.place.address) : ""
                font.bold: true
            }

            Label {
                Layout.fillWidth: true
                visible: text !== ""
                text: screen.viewModel.place.hall ? qsTr("%1　%2").arg(screen.viewModel.place.window).arg(screen.viewModel.place.hours) : ""
            }

            Label {
                Layout.fillWidth: true
                visible: text !== ""
                text: screen.viewModel.delta
                color: Theme.primary
            }
        }
    }

    component Material: Card {
        id: material

        required property var modelData

        Layout.fillWidth: true
        implicitHeight: words.implicitHeight + 1.4 * Theme.pad

        Icon {
            id: tick

            x: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            name: "check-circle"
            tint: material.modelData.spared === "" ? Theme.primary : Theme.good
        }

        Column {
            id: words

            anchors.left: tick.right
            anchors.right: parent.right
            anchors.margins: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space(2)

            Label {
                width: parent.width
                text: material.modelData.name
                font.pixelSize: Theme.heading
                font.bold: true
            }

            Label {
                width: parent.width
                text: material.modelData.detail
                color: Theme.muted
                font.pixelSize: Theme.small
            }

            Label {
                width: parent.width
                visible: text !== ""
                text: material.modelData.spared
                color: Theme.good
                font.pixelSize: Theme.small
                font.bold: true
            }
        }
    }

    component Point: RowLayout {
        id: point

        required property string modelData
        required property int index
        property bool numbered: false

        Layout.fillWidth: true
        spacing: Theme.gap

        Label {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.space(12)
            text: point.numbered ? point.index + 1 + "." : "·"
            color: Theme.primary
            font.bold: true
            horizontalAlignment: Text.AlignRight
        }

        Label {
            Layout.fillWidth: true
            text: point.modelData
        }
    }

    component Answer: Column {
        id: answer

        required property var modelData

        Layout.fillWidth: true
        spacing: Theme.space(2)

        Label {
            width: parent.width
            text: answer.modelData.ask
            font.bold: true
        }

        Label {
            width: parent.width
            text: answer.modelData.answer
        }
    }

    component Fact: RowLayout {
        id: fact

        required property var modelData

        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.pad

        Icon {
            Layout.alignment: Qt.AlignTop
            name: fact.modelData.icon
            size: Theme.space(16)
        }

        Column {
            Layout.fillWidth: true
            spacing: Theme.space(2)

            Label {
                width: parent.width
                text: fact.modelData.asked
                color: Theme.muted
                font.pixelSize: Theme.small
            }

            Label {
                width: parent.width
                text: fact.modelData.answer
                font.bold: true
            }
        }
    }
}
