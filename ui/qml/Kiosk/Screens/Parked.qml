pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

// The code of a form that was set aside.
Item {
    id: screen

    required property ParkedViewModel viewModel
    readonly property Printing printing: viewModel.printing as Printing

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.gap * 1.5

        Label {
            Layout.fillWidth: true
            text: qsTr("先放在这里，您去拿材料")
            font.pixelSize: Theme.display
            font.bold: true
        }

        Label {
            Layout.fillWidth: true
            text: qsTr("请抄下取回码。回来在这台机器上点“查办理进度”，填取回码，就能接着填。")
        }

        Card {
            Layout.fillWidth: true
            implicitHeight: code.implicitHeight + 2 * Theme.margin

            Label {
                id: code

                readonly property bool silent: true

                anchors.centerIn: parent
                width: parent.width - 2 * Theme.pad
                objectName: "parking"
                text: screen.viewModel.code
                color: Theme.primary
                font.pixelSize: Theme.display
                font.bold: true
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.body
                maximumLineCount: 1
                horizontalAlignment: Text.AlignHCenter
            }
        }

        Notice {
            Layout.fillWidth: true
            icon: "clock"
            text: qsTr("只到今天（%1）夜里 12 点。过了就删掉，谁也看不到。").arg(screen.viewModel.day)
        }

        Notice {
            Layout.fillWidth: true
            visible: text !== ""
            text: screen.printing.problem
        }

        Item {
            Layout.fillHeight: true
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            ActionButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                visible: screen.printing.ready
                enabled: !screen.printing.busy
                icon: "printer"
                label: screen.printing.done ? qsTr("已经打印") : qsTr("打印")
                onActivated: screen.viewModel.print()
            }

            ActionButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 2
                primary: true
                label: qsTr("我抄好了，离开")
                onActivated: screen.viewModel.finish()
            }
        }
    }
}
