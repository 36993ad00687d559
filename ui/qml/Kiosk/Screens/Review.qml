pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property ReviewViewModel viewModel
    readonly property bool reading: viewModel.whole.id !== ""
    readonly property int columns: Theme.portrait ? 1 : 2
    readonly property int lineHeight: Theme.space(Theme.larger ? 70 : 54)
    readonly property int fitting: Math.max(1, Math.floor((list.height + Theme.gap) / (lineHeight + Theme.gap))) * columns

    // One answer alone has more room; the page that is gone back to stays as it is.
    onFittingChanged: {
        if (!screen.reading)
            screen.viewModel.fit(screen.fitting);
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        Label {
            Layout.fillWidth: true
            visible: Theme.portrait || !screen.reading
            text: qsTr("请您看一遍，对不对？")
            font.pixelSize: Theme.display
            font.bold: true
        }

        Label {
            Layout.fillWidth: true
            visible: screen.viewModel.matter !== "" && !screen.reading
            text: screen.viewModel.matter
            color: Theme.primary
            font.pixelSize: Theme.heading
            font.bold: true
            maximumLineCount: 2
            elide: Text.ElideRight
        }

        Notice {
            Layout.fillWidth: true
            visible: text !== "" && !screen.reading
            icon: "clock"
            text: screen.viewModel.deadline
        }

        Notice {
            Layout.fillWidth: true
            visible: text !== "" && !screen.reading
            icon: "pencil-simple"
            text: screen.viewModel.lacking
        }

        Item {
            id: list

            Layout.fillWidth: true
            Layout.fillHeight: true

            GridLayout {
                width: parent.width
                visible: !screen.reading
                columns: screen.columns
                uniformCellWidths: true
                rowSpacing: Theme.gap
                columnSpacing: Theme.gap

                Repeater {
                    model: screen.viewModel.lines

                    Card {
                        id: line

                        required property var modelData

                        Layout.fillWidth: true
                        Layout.preferredHeight: screen.lineHeight
                        Layout.alignment: Qt.AlignTop

                        RowLayout {
                            anchors.fill: parent
                            anchors.leftMargin: Theme.pad
                            anchors.rightMargin: Theme.space(5)
                            spacing: Theme.pad

                            Column {
                                Layout.fillWidth: true
                                spacing: Theme.space(2)

                                Label {
                                    width: parent.width
                                    text: line.modelData.asked
                                    color: Theme.muted
                                    height: Math.min(implicitHeight, (screen.lineHeight - Theme.space(8)) * 0.45)
                                    font.pixelSize: Theme.small
                                    fontSizeMode: Text.Fit
                                    minimumPixelSize: Theme.space(7)
                                    verticalAlignment: Text.AlignVCenter
                                    elide: Text.ElideRight
                                }

                                Label {
                                    width: parent.width
                                    text: line.modelData.answer
                                    height: Math.min(implicitHeight, (screen.lineHeight - Theme.space(8)) * 0.55)
                                    font.bold: true
                                    fontSizeMode: Text.Fit
                                    minimumPixelSize: Theme.space(8)
                                    verticalAlignment: Text.AlignVCenter
                                    elide: Text.ElideRight
                                }
                            }

                            ActionButton {
                                Layout.preferredHeight: screen.lineHeight - Theme.space(12)
                                visible: line.modelData.more
                                label: qsTr("看全文")
                                onActivated: screen.viewModel.unfold(line.modelData.id)
                            }

                            ActionButton {
                                Layout.preferredHeight: screen.lineHeight - Theme.space(12)
                                label: qsTr("改")
                                onActivated: screen.viewModel.change(line.modelData.id)
                            }
                        }
                    }
                }
            }

            ColumnLayout {
                anchors.fill: parent
                visible: screen.reading
                spacing: Theme.gap

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.gap

                    Label {
                        Layout.fillWidth: true
                        text: screen.viewModel.whole.asked
                        color: Theme.muted
                    }

                    ActionButton {
                        label: qsTr("改")
                        onActivated: screen.viewModel.change(screen.viewModel.whole.id)
                    }

                    ActionButton {
                        label: qsTr("收起")
                        onActivated: screen.viewModel.unfold("")
                    }
                }

                Scroll {
                    Layout.fillWidth: true
                    Layout.fillHeight: true

                    Label {
                        Layout.fillWidth: true
                        text: screen.viewModel.whole.answer
                    }
                }
            }
        }

        Notice {
            Layout.fillWidth: true
            visible: screen.viewModel.problem !== ""
            text: screen.viewModel.problem
        }

        GridLayout {
            Layout.fillWidth: true
            columns: Theme.portrait ? 1 : 2
            rowSpacing: Theme.gap * 1.5
            columnSpacing: Theme.margin

            Pager {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                visible: pages > 1 && !screen.reading
                Layout.row: 0
                Layout.column: Theme.portrait ? 0 : 1
                page: screen.viewModel.page
                pages: screen.viewModel.pages
                onTurned: pages => screen.viewModel.turn(pages)
            }

            NavRow {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.row: Theme.portrait ? 1 : 0
                Layout.column: 0
                nextLabel: screen.viewModel.sending ? qsTr("正在保存…") : qsTr("没问题，提交")
                nextEnabled: !screen.viewModel.sending
                onBack: screen.viewModel.back()
                onNext: screen.viewModel.submit()
            }
        }
    }
}
