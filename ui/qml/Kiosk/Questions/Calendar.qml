pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components

Answerer {
    id: answerer

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            ActionButton {
                icon: "caret-left"
                label: qsTr("上个月")
                onActivated: answerer.viewModel.turnMonth(-1)
            }

            Label {
                Layout.fillWidth: true
                text: answerer.viewModel.monthTitle
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.type(6.2)
                maximumLineCount: 1
                font.pixelSize: Theme.title
                font.bold: true
                horizontalAlignment: Text.AlignHCenter
            }

            ActionButton {
                icon: "caret-right"
                label: qsTr("下个月")
                onActivated: answerer.viewModel.turnMonth(1)
            }
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: 7
            rowSpacing: Theme.space(5)
            columnSpacing: Theme.space(5)
            uniformCellWidths: true

            Repeater {
                model: [qsTr("一"), qsTr("二"), qsTr("三"), qsTr("四"), qsTr("五"), qsTr("六"), qsTr("日")]

                Label {
                    required property string modelData
                    readonly property bool silent: true

                    Layout.fillWidth: true
                    text: modelData
                    color: Theme.muted
                    horizontalAlignment: Text.AlignHCenter
                }
            }

            Repeater {
                model: answerer.viewModel.days

                Touchable {
                    id: day

                    required property var modelData
                    readonly property string saidOnceChosen: day.modelData.said

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    label: day.modelData.day
                    chosen: day.modelData.chosen
                    enabled: day.modelData.open
                    onActivated: answerer.viewModel.choose(day.modelData.iso)

                    Rectangle {
                        anchors.fill: parent
                        visible: day.modelData.day !== ""
                        radius: Theme.radius
                        color: day.chosen ? Theme.primary : day.pressed ? Theme.tintDeep : day.modelData.open ? Theme.card : Theme.surface
                        border.color: day.modelData.today ? Theme.primary : Theme.line
                        border.width: day.modelData.today ? Theme.border : Math.max(1, Theme.border / 2)
                    }

                    Label {
                        anchors.centerIn: parent
                        height: Math.min(implicitHeight, day.height)
                        text: day.modelData.day
                        color: day.chosen ? Theme.paper : day.modelData.open ? Theme.ink : Theme.muted
                        font.pixelSize: Theme.heading
                        font.bold: day.modelData.open
                        fontSizeMode: Text.VerticalFit
                        minimumPixelSize: Theme.space(9)
                        verticalAlignment: Text.AlignVCenter
                    }
                }
            }
        }
    }
}
