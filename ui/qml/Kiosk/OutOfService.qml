import QtQuick

// Shown when the kiosk cannot serve: it needs no content and no font but a Latin one.
Window {
    id: window

    title: "不打烊"
    width: 1080
    height: 1920
    color: "#0f4ba0"

    Column {
        anchors.centerIn: parent
        width: parent.width * 0.8
        spacing: window.height * 0.02

        Text {
            width: parent.width
            text: "这台机器正在维护"
            color: "#ffffff"
            font.pixelSize: Math.min(window.width, window.height) * 0.08
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }

        Text {
            width: parent.width
            text: "请用旁边的机器，或者请大厅里的人帮忙。"
            color: "#ffffff"
            font.pixelSize: Math.min(window.width, window.height) * 0.04
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }

        Text {
            width: parent.width
            text: "This kiosk is being serviced. Please use another one, or ask the hall staff."
            color: "#ffffff"
            font.pixelSize: Math.min(window.width, window.height) * 0.035
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
    }
}
