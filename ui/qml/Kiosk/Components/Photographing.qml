pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.ViewModels

// The camera while it looks; then the picture, to be turned, cut and blacked out with a finger.
ColumnLayout {
    id: desk

    required property Photographer photographer
    readonly property bool active: photographer !== null && photographer.active
    readonly property bool taken: active && photographer.taken
    readonly property string tool: taken ? photographer.tool : ""

    visible: desk.active
    spacing: Theme.gap * 1.5

    Label {
        Layout.fillWidth: true
        text: desk.tool === "cover" ? qsTr("手指划过的地方就涂黑") : desk.tool === "cut" ? qsTr("从一个角划到另一个角，框里的留下") : desk.taken ? qsTr("看得清吗？不想让人看的，可以涂黑") : desk.active ? desk.photographer.title : ""
        font.pixelSize: Theme.title
        font.bold: true
    }

    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true

        Image {
            id: image

            anchors.fill: parent
            anchors.margins: Theme.space(2)
            fillMode: Image.PreserveAspectFit
            cache: false
            source: desk.active ? desk.photographer.frame : ""
        }

        Item {
            id: sheet

            readonly property string label: desk.tool === "" ? "" : qsTr("照片")
            readonly property real half: desk.tool === "cover" ? desk.photographer.finger / 2 * Math.max(width, height) : 0
            property real x0
            property real y0
            property real x1
            property real y1

            anchors.centerIn: image
            width: image.paintedWidth
            height: image.paintedHeight
            clip: true

            Rectangle {
                visible: finger.pressed
                x: Math.min(sheet.x0, sheet.x1) - sheet.half
                y: Math.min(sheet.y0, sheet.y1) - sheet.half
                width: Math.abs(sheet.x1 - sheet.x0) + 2 * sheet.half
                height: Math.abs(sheet.y1 - sheet.y0) + 2 * sheet.half
                color: desk.tool === "cover" ? "black" : "transparent"
                border.color: Theme.warm
                border.width: desk.tool === "cut" ? 2 * Theme.border : 0
            }

            MouseArea {
                id: finger

                anchors.fill: parent
                enabled: desk.tool !== ""
                onPressed: event => {
                    sheet.x0 = sheet.x1 = event.x;
                    sheet.y0 = sheet.y1 = event.y;
                }
                onPositionChanged: event => {
                    sheet.x1 = event.x;
                    sheet.y1 = event.y;
                }
                onReleased: desk.photographer.draw(sheet.x0 / sheet.width, sheet.y0 / sheet.height, sheet.x1 / sheet.width, sheet.y1 / sheet.height)
            }
        }
    }

    RowLayout {
        Layout.fillWidth: true
        visible: desk.taken
        spacing: Theme.gap

        Chip {
            Layout.fillWidth: true
            label: qsTr("涂黑")
            chosen: desk.tool === "cover"
            onActivated: desk.photographer.use("cover")
        }

        Chip {
            Layout.fillWidth: true
            label: qsTr("裁边")
            chosen: desk.tool === "cut"
            onActivated: desk.photographer.use("cut")
        }

        Chip {
            Layout.fillWidth: true
            label: qsTr("转一下")
            onActivated: desk.photographer.turn()
        }

        Chip {
            Layout.fillWidth: true
            enabled: desk.taken && desk.photographer.edited
            opacity: enabled ? 1 : 0.45
            label: qsTr("退一步")
            onActivated: desk.photographer.undo()
        }
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        ActionButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("不拍了")
            onActivated: desk.photographer.stop()
        }

        ActionButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            visible: desk.taken
            label: qsTr("重拍")
            onActivated: desk.photographer.again()
        }

        ActionButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 2
            primary: true
            enabled: desk.active && !desk.photographer.busy
            icon: "check"
            label: desk.taken ? qsTr("清楚，就用这张") : qsTr("拍一张")
            onActivated: desk.taken ? desk.photographer.keep() : desk.photographer.take()
        }
    }
}
