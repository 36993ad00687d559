import QtQuick
import QtQuick.Layouts
import Kiosk.Theme

// 返回, and the one way on.
RowLayout {
    id: row

    property string nextLabel
    property string nextIcon: ""
    property bool nextEnabled: true
    property bool warm: false

    signal back
    signal next

    spacing: Theme.gap

    ActionButton {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        label: qsTr("返回")
        icon: "arrow-left"
        onActivated: row.back()
    }

    ActionButton {
        visible: row.nextLabel !== ""
        Layout.fillWidth: true
        Layout.preferredWidth: 2
        label: row.nextLabel
        icon: row.nextIcon
        primary: true
        warm: row.warm
        enabled: row.nextEnabled
        onActivated: row.next()
    }
}
