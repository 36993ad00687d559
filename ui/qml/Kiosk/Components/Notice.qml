import QtQuick
import Kiosk.Theme

// A sentence that must not be missed.
Rectangle {
    id: notice

    property string text
    property string icon: "warning"
    property bool good: false
    readonly property bool urgent: true

    implicitHeight: words.implicitHeight + 1.4 * Theme.pad
    radius: Theme.radius
    color: notice.good ? Theme.goodSurface : Theme.cautionSurface
    border.color: notice.good ? Theme.good : Theme.cautionLine
    border.width: Math.max(1, Theme.border / 2)

    Icon {
        id: glyph

        x: Theme.pad
        anchors.verticalCenter: parent.verticalCenter
        name: notice.icon
        tint: notice.good ? Theme.good : Theme.cautionLine
        size: Theme.title
    }

    Label {
        id: words

        anchors.left: glyph.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.gap
        anchors.rightMargin: Theme.pad
        anchors.verticalCenter: parent.verticalCenter
        text: notice.text
        color: notice.good ? Theme.good : Theme.cautionInk
        font.bold: true
    }
}
