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
    readonly property Photographer photographer: papers ? papers.photographer as Photographer : null

    Scroll {
        anchors.fill: parent

        Notice {
            Layout.fillWidth: true
            visible: text !== ""
            text: answerer.photographer ? answerer.photographer.problem : ""
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
                            visible: answerer.photographer !== null && answerer.photographer.there && answerer.papers.room
                            text: qsTr("拍照")
                            label: qsTr("拍照：%1").arg(paper.modelData.name)
                            chosen: paper.modelData.state === "photographed"
                            onActivated: answerer.papers.photograph(paper.modelData.name, qsTr("把“%1”平放在镜头下面").arg(paper.modelData.name))
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
}
