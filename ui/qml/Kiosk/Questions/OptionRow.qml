import QtQuick
import Kiosk.Theme
import Kiosk.Components

// One option: chosen or not, by a round (one) or a square (several) mark.
Touchable {
    id: option

    property bool square: false

    implicitHeight: Math.max(Theme.space(Theme.larger ? 40 : 36), words.implicitHeight + Theme.pad)

    Card {
        anchors.fill: parent
        color: option.chosen || option.pressed ? Theme.tint : Theme.card
        border.color: option.chosen || option.pressed ? Theme.primary : Theme.line
        border.width: option.chosen ? Theme.border : Math.max(1, Theme.border / 2)
    }

    Rectangle {
        id: mark

        x: Theme.pad
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.space(14)
        height: width
        radius: option.square ? Theme.space(2.5) : width / 2
        color: Theme.card
        border.color: Theme.primary
        border.width: Theme.border

        Rectangle {
            anchors.centerIn: parent
            visible: option.chosen
            width: parent.width * 0.5
            height: width
            radius: option.square ? Theme.space(1) : width / 2
            color: Theme.primary
        }
    }

    Label {
        id: words

        anchors.left: mark.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.pad
        anchors.rightMargin: Theme.pad
        anchors.verticalCenter: parent.verticalCenter
        height: Math.min(implicitHeight, option.height - Theme.space(2))
        text: option.label
        font.pixelSize: Theme.heading
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.space(9)
        verticalAlignment: Text.AlignVCenter
        font.bold: option.chosen
    }
}
