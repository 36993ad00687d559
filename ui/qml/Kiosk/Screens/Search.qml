pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property SearchViewModel viewModel
    readonly property int row: Theme.larger ? Theme.row : Theme.space(42)
    readonly property int fitting: Math.max(1, Math.floor((results.height + Theme.gap) / (row + Theme.gap)))

    onFittingChanged: screen.viewModel.fit(screen.fitting)

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        Label {
            Layout.fillWidth: true
            text: qsTr("找要办的事")
            font.pixelSize: Theme.display
            font.bold: true
        }

        TypedField {
            Layout.fillWidth: true
            icon: "magnifying-glass"
            entry: "search"
            placeholder: qsTr("用您自己的话写，手写、拼音都行")
            longest: 60
            text: screen.viewModel.text
            onEdited: text => screen.viewModel.type(text)
        }

        Item {
            id: results

            Layout.fillWidth: true
            Layout.fillHeight: true

            Column {
                width: parent.width
                spacing: Theme.gap

                Repeater {
                    model: screen.viewModel.rows

                    ItemRow {
                        id: row

                        required property var modelData

                        width: parent ? parent.width : 0
                        height: screen.row
                        icon: row.modelData.icon
                        title: row.modelData.name
                        marked: row.modelData.marked
                        detail: row.modelData.detail
                        onActivated: screen.viewModel.open(row.modelData.itemId)
                    }
                }

                Notice {
                    width: parent.width
                    visible: screen.viewModel.nothingFound
                    icon: "question"
                    text: screen.viewModel.nearest.length > 0 ? qsTr("没有完全对上的。是不是这几件？") : qsTr("没有找到。换个说法试试，或者：")
                }

                Repeater {
                    model: screen.viewModel.nothingFound ? screen.viewModel.nearest.slice(0, Math.max(1, screen.fitting - 3)) : []

                    ItemRow {
                        id: near

                        required property var modelData

                        width: parent ? parent.width : 0
                        height: screen.row
                        icon: near.modelData.icon
                        title: near.modelData.name
                        marked: near.modelData.marked
                        detail: near.modelData.detail
                        onActivated: screen.viewModel.open(near.modelData.itemId)
                    }
                }

                GridLayout {
                    width: parent.width
                    visible: screen.viewModel.nothingFound
                    columns: 2
                    uniformCellWidths: true
                    rowSpacing: Theme.gap
                    columnSpacing: Theme.gap

                    ActionButton {
                        Layout.fillWidth: true
                        icon: "squares-four"
                        label: qsTr("按类别找")
                        onActivated: screen.viewModel.browse()
                    }

                    ActionButton {
                        Layout.fillWidth: true
                        icon: "hand-waving"
                        label: qsTr("请人帮忙")
                        onActivated: screen.viewModel.help()
                    }

                    ActionButton {
                        Layout.fillWidth: true
                        Layout.columnSpan: 2
                        warm: true
                        icon: "megaphone"
                        label: qsTr("事情没办成，我要反映")
                        onActivated: screen.viewModel.complain()
                    }
                }

                Label {
                    width: parent.width
                    visible: screen.viewModel.text === ""
                    text: qsTr("想到什么写什么，例如“社保卡丢了”。可以用手指写字，也可以打拼音，只打首字母也行。一边写一边找。")
                    color: Theme.muted
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
                visible: screen.viewModel.hasBefore
                label: qsTr("前面的")
                onActivated: screen.viewModel.turn(-1)
            }

            ActionButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                visible: screen.viewModel.hasMore
                label: qsTr("更多")
                onActivated: screen.viewModel.turn(1)
            }
        }
    }
}
