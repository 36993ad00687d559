pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Item {
    id: screen

    required property FollowViewModel viewModel
    readonly property Printing printing: viewModel.printing as Printing

    Loader {
        anchors.fill: parent
        anchors.margins: Theme.margin
        sourceComponent: screen.viewModel.found ? found : screen.viewModel.blind || screen.viewModel.storedHere ? blind : fields
    }

    Component {
        id: fields

        ColumnLayout {
            id: form

            property TypedField active: number

            Component.onCompleted: {
                if (screen.viewModel.number !== "" && screen.viewModel.code === "" && !screen.viewModel.takesBack)
                    form.active = code;
            }

            spacing: Theme.gap * 1.5

            Label {
                Layout.fillWidth: true
                text: qsTr("查办理进度")
                font.pixelSize: Theme.display
                font.bold: true
            }

            Label {
                Layout.fillWidth: true
                visible: screen.viewModel.problem === ""
                text: screen.viewModel.scanner ? qsTr("照着单子上的编号和查询码填；也可以把单子上的二维码放到扫码口，再填查询码。上次没填完的，在编号里填取回码。") : qsTr("照着单子上的编号和查询码填。横线不用填，大小写都行。上次没填完的，在编号里填取回码。")
                color: Theme.muted
            }

            TypedField {
                id: number

                Layout.fillWidth: true
                placeholder: qsTr("受理编号，例如 BBC-7K4M-92QX-5")
                sensitive: true
                entry: "code"
                longest: 24
                active: form.active === number
                text: screen.viewModel.number
                onEdited: text => screen.viewModel.typeNumber(text)
                onActivated: form.active = number
            }

            TypedField {
                id: code

                Layout.fillWidth: true
                placeholder: qsTr("查询码，6 位数字")
                sensitive: true
                entry: "code"
                longest: 12
                active: form.active === code
                text: screen.viewModel.code
                onEdited: text => screen.viewModel.typeCode(text)
                onActivated: form.active = code
            }

            Notice {
                Layout.fillWidth: true
                visible: screen.viewModel.problem !== ""
                text: screen.viewModel.problem
            }

            Item {
                Layout.fillHeight: true
            }

            NavRow {
                Layout.fillWidth: true
                nextLabel: screen.viewModel.asking ? qsTr("正在查…") : screen.viewModel.takesBack ? qsTr("接着填") : qsTr("查一查")
                nextEnabled: !screen.viewModel.asking && (screen.viewModel.takesBack || screen.viewModel.number !== "" && screen.viewModel.code !== "")
                onBack: screen.viewModel.back()
                onNext: screen.viewModel.ask()
            }
        }
    }

    Component {
        id: found

        ColumnLayout {
            spacing: Theme.gap * 1.5

            Scroll {
                Layout.fillWidth: true
                Layout.fillHeight: true

                GridLayout {
                    Layout.fillWidth: true
                    columns: Theme.portrait ? 1 : 2
                    rowSpacing: Theme.gap * 2
                    columnSpacing: Theme.margin * 1.5
                    uniformCellWidths: true

                    Answer {}
                    Life {}
                }
            }

            Notice {
                Layout.fillWidth: true
                visible: text !== ""
                text: screen.viewModel.problem || screen.printing.problem
            }

            GridLayout {
                Layout.fillWidth: true
                columns: Theme.portrait ? 2 : 6
                uniformCellWidths: true
                rowSpacing: Theme.gap
                columnSpacing: Theme.gap

                Choices {}

                ActionButton {
                    Layout.fillWidth: true
                    visible: screen.viewModel.reportable
                    warm: true
                    label: qsTr("这件事没办成？")
                    onActivated: screen.viewModel.report()
                }

                ActionButton {
                    Layout.fillWidth: true
                    visible: screen.printing.ready
                    enabled: !screen.printing.busy
                    icon: "printer"
                    label: screen.printing.done ? qsTr("已经打印") : qsTr("打印")
                    onActivated: screen.viewModel.print()
                }

                ActionButton {
                    Layout.fillWidth: true
                    visible: screen.printing.ready
                    enabled: !screen.printing.busy
                    label: qsTr("打印大纸")
                    onActivated: screen.viewModel.printSheet()
                }
            }

            NavRow {
                Layout.fillWidth: true
                nextLabel: qsTr("看完了，离开")
                onBack: screen.viewModel.back()
                onNext: screen.viewModel.finish()
            }
        }
    }

    Component {
        id: blind

        ColumnLayout {
            spacing: Theme.gap * 1.5

            Scroll {
                Layout.fillWidth: true
                Layout.fillHeight: true

                Label {
                    Layout.fillWidth: true
                    text: screen.viewModel.storedHere ? qsTr("您交的件在这台机器里") : screen.viewModel.lastKnown ? qsTr("现在查不到最新进度") : qsTr("现在查不到进度")
                    font.pixelSize: Theme.display
                    font.bold: true
                }

                Label {
                    Layout.fillWidth: true
                    text: screen.viewModel.number
                    color: Theme.primary
                    font.bold: true
                }

                Notice {
                    Layout.fillWidth: true
                    icon: screen.viewModel.storedHere ? "hard-drives" : "wifi-slash"
                    text: screen.viewModel.storedHere ? qsTr("您交的件安全存在本机，还没有送到中心。联网后会自动送达，请过些时候再来查。") : screen.viewModel.lastKnown || screen.viewModel.problem
                }

                Label {
                    Layout.fillWidth: true
                    text: qsTr("不用等网络，这些可以先交在这里，连上以后自动送到：")
                }

                GridLayout {
                    Layout.fillWidth: true
                    columns: Theme.portrait ? 2 : 3
                    uniformCellWidths: true
                    rowSpacing: Theme.gap
                    columnSpacing: Theme.gap

                    Choices {}
                }
            }

            NavRow {
                Layout.fillWidth: true
                nextLabel: qsTr("看完了，离开")
                onBack: screen.viewModel.back()
                onNext: screen.viewModel.finish()
            }
        }
    }

    component Choices: Repeater {
        model: screen.viewModel.choices

        ActionButton {
            id: choice

            required property var modelData

            Layout.fillWidth: true
            label: choice.modelData.label
            onActivated: screen.viewModel.wish(choice.modelData.kind)
        }
    }

    component Answer: ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.gap * 1.5

        Label {
            Layout.fillWidth: true
            text: screen.viewModel.state
            font.pixelSize: Theme.display
            font.bold: true
        }

        Label {
            Layout.fillWidth: true
            text: screen.viewModel.itemName
            color: Theme.primary
            font.pixelSize: Theme.heading
            font.bold: true
        }

        Card {
            Layout.fillWidth: true
            visible: screen.viewModel.result !== ""
            implicitHeight: answer.implicitHeight + 2 * Theme.margin
            border.color: Theme.primary

            Column {
                id: answer

                anchors.fill: parent
                anchors.margins: Theme.margin
                spacing: Theme.gap

                Label {
                    width: parent.width
                    text: qsTr("%1的答复").arg(screen.viewModel.department)
                    color: Theme.muted
                }

                Label {
                    width: parent.width
                    text: screen.viewModel.result
                    font.pixelSize: Theme.heading
                    font.bold: true
                    lineHeight: 1.4
                }
            }
        }

        Notice {
            Layout.fillWidth: true
            visible: text !== ""
            good: true
            icon: "calendar-blank"
            text: screen.viewModel.booking
        }

        Notice {
            Layout.fillWidth: true
            visible: screen.viewModel.result === "" && screen.viewModel.booking === ""
            good: !screen.viewModel.over
            icon: "clock"
            text: screen.viewModel.next
        }

        Label {
            Layout.fillWidth: true
            visible: screen.viewModel.feedbackDue !== ""
            text: qsTr("最晚 %1 前告诉您和反映窗口。").arg(screen.viewModel.feedbackDue)
            color: Theme.muted
        }
    }

    component Life: ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.gap * 1.5

        Repeater {
            model: screen.viewModel.events

            RowLayout {
                id: event

                required property var modelData

                Layout.fillWidth: true
                spacing: Theme.pad

                Rectangle {
                    Layout.preferredWidth: Theme.space(18)
                    Layout.preferredHeight: Theme.space(18)
                    radius: width / 2
                    color: event.modelData.done ? Theme.primary : Theme.surface
                    border.color: event.modelData.done ? Theme.primary : Theme.line
                    border.width: Theme.border

                    Icon {
                        anchors.centerIn: parent
                        visible: event.modelData.done
                        name: "check"
                        tint: Theme.paper
                        size: Theme.space(11)
                    }
                }

                Label {
                    Layout.fillWidth: true
                    text: event.modelData.title
                    color: event.modelData.done ? Theme.ink : Theme.muted
                    font.pixelSize: Theme.body
                    font.bold: event.modelData.done
                }

                Label {
                    text: event.modelData.when
                    color: Theme.muted
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
}
