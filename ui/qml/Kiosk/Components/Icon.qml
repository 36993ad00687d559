import QtQuick
import Kiosk.Theme

Image {
    id: icon

    required property string name
    property color tint: Theme.primary
    property int size: Theme.title

    width: icon.size
    height: icon.size
    sourceSize: Qt.size(icon.size, icon.size)
    source: icon.name === "" ? "" : "image://icon/" + icon.name + "/" + icon.tint.toString().slice(-6)
}
