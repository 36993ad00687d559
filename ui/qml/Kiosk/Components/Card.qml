import QtQuick
import Kiosk.Theme

Rectangle {
    color: Theme.card
    radius: Theme.radius
    border.color: Theme.line
    border.width: Math.max(1, Theme.border / 2)
}
