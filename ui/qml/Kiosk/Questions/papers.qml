pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

// Every paper: photographed here, brought to a window, or spared.
Answerer {
    id: answerer

    readonly property PapersPart papers: viewModel.part as PapersPart
    readonly property bool looking: papers !== null && papers.photographing !== ""

    Scroll {
        anchors.fill: parent
        visible: !answerer.looking

        Notice {
            Layout.fillWidth: true
            visible: text !== ""
            text: answerer.papers ? answerer.papers.problem : ""
        }

        Repeater {
            model: answerer.papers ? answerer.papers.rows : []

            Card {
                id: paper

                required property var modelData
                readonly property bool spared: paper.modelData.state === "exempt"

                Layout.fillWidth: true
                implicitHeight: inside.implicitHeight + 1.4 * Theme.pad
                border.color: paper.modelData.open ? Theme.cautionLine : Theme.line

                GridLayout {
                    id: inside

                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.margins: Theme.pad
                    columns: Theme.portrait && Theme.larger ? 1 : 2
                    columnSpacing: Theme.gap
                    rowSpacing: Theme.gap

                    Column {
                        Layout.fillWidth: true
                        spacing: Theme.space(2)

                        Label {
                            width: parent.width
                            text: paper.modelData.name
                            font.bold: true
                        }

                        Label {
                            width: parent.width
                            text: paper.modelData.detail
                            color: Theme.muted
                            font.pixelSize: Theme.small
                        }

                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: paper.modelData.stateTold
                            color: Theme.good
                            font.pixelSize: Theme.small
                            font.bold: true
                        }
                    }

                    RowLayout {
                        visible: !paper.spared
                        spacing: Theme.gap

                        Chip {
                            visible: answerer.papers.camera
                            text: qsTr("拍照")
                            label: qsTr("拍照：%1").arg(paper.modelData.name)
                            chosen: paper.modelData.state === "photographed"
                            onActivated: answerer.papers.photograph(paper.modelData.name)
                        }

                        Chip {
                            text: qsTr("带到窗口")
                            label: qsTr("带到窗口：%1").arg(paper.modelData.name)
                            chosen: paper.modelData.state === "promised"
                            onActivated: answerer.papers.decide(paper.modelData.name, "promised")
                        }

                        Chip {
                            visible: paper.modelData.mayLack
                            text: qsTr("用不着")
                            label: qsTr("用不着：%1").arg(paper.modelData.name)
                            chosen: paper.modelData.state === "unneeded"
                            onActivated: answerer.papers.decide(paper.modelData.name, "unneeded")
                        }
                    }
                }
            }
        }
    }

    ColumnLayout {
        anchors.fill: parent
        visible: answerer.looking
        spacing: Theme.gap

        Label {
            Layout.fillWidth: true
            text: answerer.looking ? qsTr("把“%1”平放在镜头下面").arg(answerer.papers.photographing) : ""
            font.bold: true
        }

        Card {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Image {
                anchors.fill: parent
                anchors.margins: Theme.space(2)
                fillMode: Image.PreserveAspectFit
                cache: false
                source: answerer.looking ? answerer.papers.frame : ""
            }
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            ActionButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                label: qsTr("不拍了")
                onActivated: answerer.papers.stop()
            }

            ActionButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                visible: answerer.looking && answerer.papers.taken
                label: qsTr("重拍")
                onActivated: answerer.papers.again()
            }

            ActionButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 2
                primary: true
                icon: "check"
                label: answerer.looking && answerer.papers.taken ? qsTr("清楚，就用这张") : qsTr("拍一张")
                onActivated: answerer.papers.taken ? answerer.papers.keep() : answerer.papers.take()
            }
        }
    }
}
