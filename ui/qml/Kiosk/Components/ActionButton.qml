import QtQuick
import Kiosk.Theme

// A button with words, and an icon if it helps.
Touchable {
    id: button

    property bool primary: false
    property bool warm: false
    property string icon: ""
    readonly property color accent: button.warm ? Theme.warm : Theme.primary
    readonly property color foreground: button.primary ? Theme.paper : button.accent

    implicitHeight: Theme.control
    implicitWidth: words.implicitWidth + (button.icon === "" ? 0 : Theme.title + Theme.gap) + 2 * Theme.pad
    opacity: button.enabled ? 1 : 0.45

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: button.primary ? (button.pressed ? (button.warm ? Theme.warmDeep : Theme.primaryDeep) : button.accent) : (button.pressed ? Theme.tintDeep : Theme.card)
        border.color: button.accent
        border.width: Theme.border
    }

    Row {
        anchors.centerIn: parent
        spacing: Theme.gap

        Icon {
            visible: button.icon !== ""
            name: button.icon
            tint: button.foreground
            size: Theme.title
            anchors.verticalCenter: parent.verticalCenter
        }

        Label {
            id: words

            width: Math.min(implicitWidth, button.width - (button.icon === "" ? 0 : Theme.title + Theme.gap) - Theme.pad)
            height: button.height - Theme.gap
            text: button.label
            color: button.foreground
            font.pixelSize: Theme.heading
            font.bold: true
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.space(9)
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
