import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components

// One key, as wide as `span` of its row.
Touchable {
    id: key

    property string icon: ""
    property real span: 1
    property int size: Theme.heading
    property bool accented: false

    repeats: true
    opacity: key.enabled ? 1 : 0.45
    Layout.fillWidth: true
    Layout.fillHeight: true
    Layout.preferredWidth: key.span

    Rectangle {
        anchors.fill: parent
        radius: Theme.space(4)
        color: key.accented ? (key.pressed ? Theme.primaryDeep : Theme.primary) : key.pressed ? Theme.tintDeep : Theme.card
        border.color: key.accented ? Theme.primary : Theme.line
        border.width: Math.max(1, Theme.border / 2)
    }

    Label {
        anchors.centerIn: parent
        visible: key.icon === ""
        width: Math.min(implicitWidth, key.width - Theme.space(3))
        height: key.height
        verticalAlignment: Text.AlignVCenter
        text: key.label
        color: key.accented ? Theme.paper : Theme.ink
        font.pixelSize: key.size
        font.bold: true
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.space(6)
        wrapMode: Text.NoWrap
    }

    Icon {
        anchors.centerIn: parent
        visible: key.icon !== ""
        name: key.icon
        tint: key.accented ? Theme.paper : Theme.ink
        size: Theme.space(14)
    }
}
