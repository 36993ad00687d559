import QtQuick
import QtQuick.Layouts
import Kiosk.Theme

// A card over everything; touches do not reach what lies under it.
Item {
    id: overlay

    default property alias content: column.data
    required property string icon
    required property string title
    property color accent: Theme.primary

    signal touched

    Rectangle {
        anchors.fill: parent
        color: Theme.shade

        MouseArea {
            anchors.fill: parent
            onClicked: overlay.touched()
        }
    }

    Card {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.margin, Theme.space(280))
        height: column.implicitHeight + 2 * Theme.margin

        ColumnLayout {
            id: column

            anchors.fill: parent
            anchors.margins: Theme.margin
            spacing: Theme.gap * 1.5

            Icon {
                Layout.alignment: Qt.AlignHCenter
                Layout.preferredWidth: size
                Layout.preferredHeight: size
                name: overlay.icon
                tint: overlay.accent
                size: Theme.space(36)
            }

            Label {
                Layout.fillWidth: true
                text: overlay.title
                font.pixelSize: Theme.display
                font.bold: true
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
