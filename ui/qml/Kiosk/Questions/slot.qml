pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

// A day, then one of its times.
Answerer {
    id: answerer

    readonly property SlotsPart slots: viewModel.part as SlotsPart
    readonly property bool picking: slots !== null && slots.picking

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap

        Label {
            Layout.fillWidth: true
            text: answerer.slots ? answerer.slots.hall : ""
            font.bold: true
            maximumLineCount: 2
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.space(7)
        }

        Notice {
            Layout.fillWidth: true
            visible: text !== ""
            text: answerer.slots ? answerer.slots.notice : ""
        }

        RowLayout {
            Layout.fillWidth: true
            visible: answerer.picking
            spacing: Theme.gap

            Label {
                Layout.fillWidth: true
                text: answerer.slots ? answerer.slots.day : ""
                font.pixelSize: Theme.heading
                font.bold: true
            }

            Chip {
                label: qsTr("换一天")
                onActivated: answerer.slots.otherDay()
            }
        }

        GridLayout {
            Layout.fillWidth: true
            visible: !answerer.picking
            columns: Theme.portrait ? 3 : 5
            uniformCellWidths: true
            rowSpacing: Theme.space(5)
            columnSpacing: Theme.space(5)

            Repeater {
                model: answerer.slots ? answerer.slots.days : []

                Cell {
                    id: day

                    required property var modelData

                    label: day.modelData.label
                    title: day.modelData.day
                    note: day.modelData.weekday
                    chosen: day.modelData.chosen
                    enabled: day.modelData.free
                    onActivated: answerer.slots.showDay(day.modelData.iso)
                }
            }
        }

        GridLayout {
            Layout.fillWidth: true
            visible: answerer.picking
            columns: Theme.portrait && !Theme.larger ? 4 : 5
            uniformCellWidths: true
            rowSpacing: Theme.space(5)
            columnSpacing: Theme.space(5)

            Repeater {
                model: answerer.slots ? answerer.slots.times : []

                Cell {
                    id: time

                    required property var modelData

                    label: time.modelData.label
                    title: time.modelData.label
                    note: time.modelData.note
                    chosen: time.modelData.chosen
                    enabled: time.modelData.free && !answerer.slots.busy
                    onActivated: answerer.slots.choose(time.modelData.id)
                }
            }
        }

        Label {
            Layout.fillWidth: true
            visible: answerer.slots ? answerer.slots.busy : false
            text: qsTr("正在问中心……")
            color: Theme.muted
        }

        Item {
            Layout.fillHeight: true
            Layout.preferredHeight: 0
        }
    }

    component Cell: Touchable {
        id: cell

        required property string title
        required property string note
        readonly property color foreground: cell.chosen ? Theme.paper : cell.enabled ? Theme.ink : Theme.muted

        Layout.fillWidth: true
        implicitHeight: Theme.space(Theme.portrait ? (cell.note === "" ? 21 : 25) : 32)

        Card {
            anchors.fill: parent
            color: cell.chosen ? Theme.primary : cell.pressed ? Theme.tintDeep : cell.enabled ? Theme.card : Theme.surface
            border.color: cell.enabled ? Theme.primary : Theme.line
        }

        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.space(3)

            Label {
                width: parent.width
                text: cell.title
                color: cell.foreground
                font.pixelSize: Theme.space(9)
                font.bold: true
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.space(6)
                maximumLineCount: 1
                horizontalAlignment: Text.AlignHCenter
            }

            Label {
                width: parent.width
                visible: text !== ""
                text: cell.note
                color: cell.foreground
                font.pixelSize: Theme.space(7)
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.space(5)
                maximumLineCount: 1
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
