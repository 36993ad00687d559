import QtQuick
import Kiosk.Theme

// A filter that is on or off.
Touchable {
    id: chip

    property string text: chip.label

    implicitWidth: words.implicitWidth + 2 * Theme.pad
    implicitHeight: Theme.space(Theme.larger ? 32 : 26)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: chip.chosen ? Theme.primary : chip.pressed ? Theme.tintDeep : Theme.card
        border.color: Theme.primary
        border.width: Math.max(1, Theme.border / 2)
    }

    Label {
        id: words

        anchors.centerIn: parent
        width: Math.min(implicitWidth, chip.width - Theme.pad)
        text: chip.text
        color: chip.chosen ? Theme.paper : Theme.primary
        font.bold: true
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.space(6)
        wrapMode: Text.NoWrap
    }
}
