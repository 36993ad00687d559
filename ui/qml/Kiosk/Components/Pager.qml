import QtQuick
import QtQuick.Layouts
import Kiosk.Theme

// 上一页 / 下一页: no gesture is needed to see the rest of a list. Upright, it stands beside the list.
GridLayout {
    id: pager

    required property int page
    required property int pages
    property bool upright: false

    signal turned(int pages)

    columns: pager.upright ? 1 : 3
    rowSpacing: Theme.gap
    columnSpacing: Theme.gap
    visible: pager.pages > 1

    ActionButton {
        Layout.fillWidth: true
        Layout.fillHeight: pager.upright
        Layout.preferredWidth: 1
        label: qsTr("上一页")
        enabled: pager.page > 1
        onActivated: pager.turned(-1)
    }

    Label {
        Layout.alignment: Qt.AlignHCenter
        text: qsTr("第 %1 / %2 页").arg(pager.page).arg(pager.pages)
        color: Theme.muted
        wrapMode: Text.NoWrap
    }

    ActionButton {
        Layout.fillWidth: true
        Layout.fillHeight: pager.upright
        Layout.preferredWidth: 1
        label: qsTr("下一页")
        enabled: pager.page < pager.pages
        onActivated: pager.turned(1)
    }
}
