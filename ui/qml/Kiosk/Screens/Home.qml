pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property HomeViewModel viewModel

    Loader {
        anchors.fill: parent
        anchors.margins: Theme.margin
        sourceComponent: Theme.larger ? plain : Theme.portrait ? tall : wide
    }

    Component {
        id: tall

        ColumnLayout {
            spacing: Theme.gap * 1.5

            Greeting {}
            Finder {}
            Fields {
                columns: 2
                Layout.fillHeight: true
            }
            Complaint {
                Layout.preferredHeight: Theme.space(84)
            }
            Others {}
        }
    }

    Component {
        id: wide

        RowLayout {
            spacing: Theme.margin

            ColumnLayout {
                Layout.preferredWidth: 36
                Layout.fillHeight: true
                spacing: Theme.gap * 2

                Greeting {}
                Finder {}
                Complaint {
                    Layout.fillHeight: true
                }
            }

            ColumnLayout {
                Layout.preferredWidth: 64
                Layout.fillHeight: true
                spacing: Theme.gap * 1.5

                Fields {
                    columns: 3
                    Layout.fillHeight: true
                }
                Others {}
            }
        }
    }

    // 长辈版: few large rows, one thing each.
    Component {
        id: plain

        ColumnLayout {
            spacing: Theme.gap * 1.5

            Greeting {}

            GridLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                columns: Theme.portrait ? 1 : 2
                rowSpacing: Theme.gap * 1.5
                columnSpacing: Theme.gap * 1.5
                uniformCellWidths: true
                uniformCellHeights: true

                Line {
                    icon: "magnifying-glass"
                    title: qsTr("写出来，帮我找")
                    onActivated: screen.viewModel.search()
                }

                Repeater {
                    model: screen.viewModel.groups

                    Line {
                        id: line

                        required property var modelData

                        icon: line.modelData.icon
                        title: line.modelData.title
                        onActivated: screen.viewModel.openGroup(line.modelData.group)
                    }
                }

                Line {
                    icon: "clipboard-text"
                    title: qsTr("我的事办得怎样")
                    onActivated: screen.viewModel.follow()
                }

                Line {
                    icon: "squares-four"
                    title: qsTr("其他 %1 项").arg(screen.viewModel.otherCount)
                    onActivated: screen.viewModel.openOthers()
                }

                Line {
                    icon: "megaphone"
                    title: qsTr("事情没办成，我要反映")
                    warm: true
                    onActivated: screen.viewModel.complain()
                }
            }
        }
    }

    component Line: ItemRow {
        Layout.fillWidth: true
        Layout.fillHeight: true
    }

    component Greeting: Label {
        Layout.fillWidth: true
        text: qsTr("您好，今天想办什么？")
        font.pixelSize: Theme.display
        font.bold: true
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.heading
        maximumLineCount: 1
    }

    component Finder: Touchable {
        id: finder

        label: qsTr("用您自己的话写")
        Layout.fillWidth: true
        implicitHeight: Theme.space(46)
        onActivated: screen.viewModel.search()

        Card {
            anchors.fill: parent
            color: finder.pressed ? Theme.tint : Theme.card
            border.color: Theme.primary
            border.width: Theme.border
        }

        RowLayout {
            anchors.fill: parent
            anchors.leftMargin: Theme.pad
            anchors.rightMargin: Theme.space(5)
            spacing: Theme.gap

            Icon {
                name: "magnifying-glass"
            }

            Label {
                Layout.fillWidth: true
                text: Theme.portrait ? qsTr("用您自己的话写，例如：社保卡丢了") : finder.label
                color: Theme.muted
                maximumLineCount: 1
                elide: Text.ElideRight
            }

            Rectangle {
                Layout.preferredWidth: Theme.space(58)
                Layout.fillHeight: true
                Layout.topMargin: Theme.space(5)
                Layout.bottomMargin: Theme.space(5)
                radius: Theme.radius
                color: finder.pressed ? Theme.primaryDeep : Theme.primary

                Row {
                    anchors.centerIn: parent
                    spacing: Theme.space(4)

                    Icon {
                        name: "keyboard"
                        tint: Theme.paper
                    }

                    Label {
                        text: qsTr("去找")
                        color: Theme.paper
                        font.pixelSize: Theme.heading
                        font.bold: true
                        wrapMode: Text.NoWrap
                    }
                }
            }
        }
    }

    component Fields: GridLayout {
        Layout.fillWidth: true
        rowSpacing: Theme.gap
        columnSpacing: Theme.gap
        uniformCellWidths: true
        uniformCellHeights: true

        Repeater {
            model: screen.viewModel.groups

            Tile {
                id: tile

                required property var modelData

                Layout.fillWidth: true
                Layout.fillHeight: true
                icon: tile.modelData.icon
                title: tile.modelData.title
                hint: tile.modelData.hint
                note: tile.modelData.count > 0 ? qsTr("%1 项").arg(tile.modelData.count) : " "
                onActivated: screen.viewModel.openGroup(tile.modelData.group)
            }
        }
    }

    component Complaint: Touchable {
        id: complaint

        label: qsTr("我要反映")
        Layout.fillWidth: true
        onActivated: screen.viewModel.complain()

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: complaint.pressed ? Theme.warmDeep : Theme.warm
        }

        GridLayout {
            anchors.fill: parent
            anchors.margins: Theme.pad
            columns: Theme.portrait ? 3 : 2
            columnSpacing: Theme.pad
            rowSpacing: Theme.gap

            Icon {
                name: "megaphone"
                tint: Theme.paper
                size: Theme.space(34)
            }

            Column {
                Layout.fillWidth: true
                spacing: Theme.space(4)

                Label {
                    width: parent.width
                    text: qsTr("事情没办成？")
                    color: Theme.paper
                    font.pixelSize: Theme.title
                    font.bold: true
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.small
                    maximumLineCount: 1
                }

                Label {
                    width: parent.width
                    text: qsTr("没人收、一直拖、来回跑、互相推：告诉我们，登记督办，有结果回复您")
                    color: Theme.paper
                    font.pixelSize: Theme.small
                    lineHeight: 1.25
                }
            }

            Rectangle {
                Layout.columnSpan: Theme.portrait ? 1 : 2
                Layout.fillWidth: !Theme.portrait
                Layout.preferredWidth: Theme.space(68)
                Layout.preferredHeight: Theme.space(40)
                radius: Theme.radius
                color: Theme.card

                Label {
                    anchors.centerIn: parent
                    text: complaint.label
                    color: Theme.warm
                    font.pixelSize: Theme.heading
                    font.bold: true
                    wrapMode: Text.NoWrap
                }
            }
        }
    }

    component Others: RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        ActionButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            icon: "squares-four"
            label: qsTr("其他 %1 项").arg(screen.viewModel.otherCount)
            onActivated: screen.viewModel.openOthers()
        }

        ActionButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            icon: "map-pin"
            label: screen.viewModel.place === "" ? qsTr("选归属地") : screen.viewModel.place
            onActivated: screen.viewModel.choosePlace()
        }

        ActionButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            icon: "clipboard-text"
            label: qsTr("查办理进度")
            onActivated: screen.viewModel.follow()
        }
    }
}
