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

        GridLayout {
            Layout.fillWidth: true
            columns: Theme.portrait ? 3 : 5
            uniformCellWidths: true
            rowSpacing: Theme.gap
            columnSpacing: Theme.gap

            Repeater {
                model: answerer.slots ? answerer.slots.days : []

                Chip {
                    id: day

                    required property var modelData

                    Layout.fillWidth: true
                    label: day.modelData.label
                    chosen: day.modelData.chosen
                    enabled: day.modelData.free
                    opacity: day.enabled ? 1 : 0.45
                    onActivated: answerer.slots.showDay(day.modelData.iso)
                }
            }
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: Theme.portrait ? 4 : 5
            uniformCellWidths: true
            rowSpacing: Theme.space(6)
            columnSpacing: Theme.gap

            Repeater {
                model: answerer.slots ? answerer.slots.times : []

                Touchable {
                    id: time

                    required property var modelData

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.maximumHeight: Theme.space(46)
                    Layout.minimumHeight: Theme.space(26)
                    label: time.modelData.label
                    enabled: time.modelData.free && !answerer.slots.busy
                    onActivated: answerer.slots.choose(time.modelData.id)

                    Card {
                        anchors.fill: parent
                        color: time.modelData.chosen ? Theme.primary : time.pressed ? Theme.tintDeep : time.modelData.free ? Theme.card : Theme.surface
                        border.color: time.modelData.free ? Theme.primary : Theme.line
                    }

                    Column {
                        anchors.centerIn: parent
                        width: parent.width - Theme.space(4)

                        Label {
                            width: parent.width
                            text: time.modelData.label
                            color: time.modelData.chosen ? Theme.paper : time.modelData.free ? Theme.ink : Theme.muted
                            font.bold: true
                            horizontalAlignment: Text.AlignHCenter
                        }

                        Label {
                            width: parent.width
                            text: time.modelData.note
                            color: time.modelData.chosen ? Theme.paper : Theme.muted
                            font.pixelSize: Theme.space(7.5)
                            fontSizeMode: Text.HorizontalFit
                            minimumPixelSize: Theme.space(5)
                            maximumLineCount: 1
                            horizontalAlignment: Text.AlignHCenter
                        }
                    }
                }
            }
        }

        Label {
            Layout.fillWidth: true
            visible: answerer.slots ? answerer.slots.busy : false
            text: qsTr("正在问中心……")
            color: Theme.muted
        }
    }
}
