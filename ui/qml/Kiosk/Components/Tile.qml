import QtQuick
import QtQuick.Layouts
import Kiosk.Theme

// A field of the catalogue on the home screen.
Touchable {
    id: tile

    required property string icon
    required property string title
    required property string hint
    required property string note

    label: tile.title

    Card {
        anchors.fill: parent
        color: tile.pressed ? Theme.tint : Theme.card
        border.color: tile.pressed ? Theme.primary : Theme.line
    }

    GridLayout {
        anchors.fill: parent
        anchors.margins: Theme.pad
        columns: Theme.portrait ? 2 : 1
        columnSpacing: Theme.pad
        rowSpacing: Theme.space(3)

        Rectangle {
            Layout.preferredWidth: Theme.space(30)
            Layout.preferredHeight: Theme.space(30)
            Layout.alignment: Theme.portrait ? Qt.AlignVCenter : Qt.AlignLeft
            radius: Theme.radius
            color: Theme.tint

            Icon {
                anchors.centerIn: parent
                name: tile.icon
                size: Theme.space(20)
            }
        }

        Column {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter
            spacing: Theme.space(2.5)

            Label {
                width: parent.width
                text: tile.title
                font.pixelSize: Theme.title
                font.bold: true
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.small
                maximumLineCount: 1
            }

            Label {
                id: hint

                width: parent.width
                text: tile.hint
                color: Theme.muted
                font.pixelSize: Theme.small
                maximumLineCount: 2
                elide: Text.ElideRight
            }

            Label {
                visible: hint.lineCount < 2
                width: parent.width
                text: tile.note
                color: Theme.primary
                font.pixelSize: Theme.small
                font.bold: true
            }
        }
    }
}
