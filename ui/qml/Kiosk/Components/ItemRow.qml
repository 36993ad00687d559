import QtQuick
import QtQuick.Layouts
import Kiosk.Theme

// A line to touch that leads on: an item of the catalogue, or a way from home.
Touchable {
    id: row

    property string icon
    property string title
    property string marked: ""
    property string detail
    property bool warm: false
    readonly property color foreground: row.warm ? Theme.paper : Theme.ink

    label: row.title
    implicitHeight: Theme.row

    Card {
        anchors.fill: parent
        color: row.warm ? (row.pressed ? Theme.warmDeep : Theme.warm) : row.pressed || row.chosen ? Theme.tint : Theme.card
        border.color: row.warm ? Theme.warm : row.pressed || row.chosen ? Theme.primary : Theme.line
        border.width: row.chosen ? Theme.border : Math.max(1, Theme.border / 2)
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.pad
        anchors.rightMargin: Theme.pad
        spacing: Theme.pad

        Icon {
            visible: row.icon !== ""
            name: row.icon
            tint: row.warm ? Theme.paper : Theme.primary
            size: Theme.space(20)
        }

        Column {
            Layout.fillWidth: true
            spacing: Theme.space(1.5)

            Label {
                width: parent.width
                text: row.marked === "" ? row.title : row.marked
                textFormat: row.marked === "" ? Text.PlainText : Text.StyledText
                color: row.foreground
                height: Math.min(implicitHeight, row.height - Theme.space(6) - (detail.visible ? detail.height : 0))
                font.pixelSize: Theme.heading
                font.bold: true
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.space(9)
                elide: Text.ElideRight
            }

            Label {
                id: detail

                visible: row.detail !== ""
                width: parent.width
                text: row.detail
                color: row.warm ? Theme.paper : Theme.muted
                font.pixelSize: Theme.small
                height: Math.min(implicitHeight, (row.height - Theme.space(4)) * 0.5)
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.space(7)
                elide: Text.ElideRight
            }
        }

        Icon {
            name: "caret-right"
            tint: row.warm ? Theme.paper : Theme.primary
            size: Theme.heading
        }
    }
}
