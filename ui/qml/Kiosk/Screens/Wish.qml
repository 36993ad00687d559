pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels
import "../Questions"

// What a citizen does with a case afterwards: said, handed in, and told apart whether it has arrived.
Item {
    id: screen

    required property WishViewModel viewModel
    readonly property Pictures pictures: viewModel.pictures as Pictures
    readonly property bool writing: viewModel.takesWords && !viewModel.sent
    property bool shelf: false

    Photographing {
        id: camera

        anchors.fill: parent
        anchors.margins: Theme.margin
        photographer: screen.viewModel.photographer as Photographer
    }

    GridLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        visible: !camera.active
        columns: screen.writing && screen.shelf && !Theme.portrait ? 2 : 1
        rowSpacing: Theme.gap * 1.5
        columnSpacing: Theme.margin

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            spacing: Theme.gap * 1.5

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.pad

                Icon {
                    visible: screen.viewModel.sent
                    name: "check-circle"
                    tint: Theme.good
                    size: Theme.space(28)
                }

                Label {
                    Layout.fillWidth: true
                    text: screen.viewModel.title
                    font.pixelSize: Theme.larger && Writing.wanted ? Theme.title : Theme.display
                    font.bold: true
                }
            }

            Label {
                Layout.fillWidth: true
                visible: !Theme.larger || !Writing.wanted
                text: screen.viewModel.number
                color: Theme.primary
                font.bold: true
            }

            Label {
                Layout.fillWidth: true
                visible: text !== "" && screen.viewModel.problem === ""
                text: screen.viewModel.help
                color: Theme.muted
            }

            Notice {
                Layout.fillWidth: true
                visible: text !== ""
                text: screen.viewModel.problem
            }

            Notice {
                Layout.fillWidth: true
                visible: screen.viewModel.sent
                good: screen.viewModel.received
                icon: screen.viewModel.received ? "cloud-check" : "hard-drives"
                text: screen.viewModel.received ? qsTr("中心已收到。") : qsTr("已安全存在本机，联网后自动送到中心。")
            }

            GridLayout {
                Layout.fillWidth: true
                visible: levels.count > 0
                columns: Theme.portrait ? 1 : 3
                uniformCellWidths: true
                rowSpacing: Theme.gap * 1.5
                columnSpacing: Theme.gap

                Repeater {
                    id: levels

                    model: screen.viewModel.sent ? [] : screen.viewModel.levels

                    OptionRow {
                        id: level

                        required property var modelData

                        Layout.fillWidth: true
                        label: level.modelData.label
                        chosen: level.modelData.chosen
                        onActivated: screen.viewModel.rate(level.modelData.id)
                    }
                }
            }

            LongField {
                id: field

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: Theme.control
                Layout.preferredHeight: Theme.control
                visible: screen.writing && !screen.shelf
                placeholder: qsTr("在这里写")
                limit: screen.viewModel.limit
                remaining: screen.viewModel.remaining
                text: screen.viewModel.text
                onEdited: text => screen.viewModel.type(text)
            }

            ActionButton {
                Layout.fillWidth: true
                visible: screen.pictures !== null && !screen.viewModel.sent
                icon: screen.shelf ? "pencil-simple" : "camera"
                label: screen.shelf ? qsTr("接着写") : screen.pictures !== null && screen.pictures.shown.length > 0 ? qsTr("拍单子（已拍 %1 张）").arg(screen.pictures.shown.length) : qsTr("拍单子")
                onActivated: screen.shelf = !screen.shelf
            }

            Item {
                Layout.fillHeight: true
                Layout.preferredHeight: 0
                visible: !field.visible && (!screen.shelf || !Theme.portrait || screen.viewModel.sent)
            }

            PictureShelf {
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: screen.shelf && Theme.portrait && !screen.viewModel.sent
                pictures: screen.pictures
            }

            NavRow {
                Layout.fillWidth: true
                visible: !screen.viewModel.sent
                nextLabel: screen.viewModel.sending ? qsTr("正在保存…") : screen.viewModel.sendLabel
                nextEnabled: screen.viewModel.ready
                onBack: screen.viewModel.back()
                onNext: screen.viewModel.send()
            }

            RowLayout {
                Layout.fillWidth: true
                visible: screen.viewModel.sent
                spacing: Theme.gap

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    label: qsTr("回去看进度")
                    onActivated: screen.viewModel.back()
                }

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    primary: true
                    label: qsTr("好了，离开")
                    onActivated: screen.viewModel.finish()
                }
            }
        }

        PictureShelf {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            visible: screen.writing && screen.shelf && !Theme.portrait
            pictures: screen.pictures
        }
    }
}
