import QtQuick
import QtQuick.Layouts
import Kiosk.Theme

// What may be longer than its room: moves by flick, and by 上一页 / 下一页, which stand beside it where
// the room is `low`.
Item {
    id: scroll

    default property alias content: column.data
    property alias spacing: column.spacing
    property bool low: !Theme.portrait
    readonly property bool overflowing: column.implicitHeight > scroll.height + 1
    readonly property real hidden: Math.max(0, column.implicitHeight - view.height)

    implicitHeight: column.implicitHeight

    Flickable {
        id: view

        width: scroll.width - (scroll.overflowing && pager.upright ? pager.width + Theme.gap : 0)
        height: scroll.height - (scroll.overflowing && !pager.upright ? pager.implicitHeight + Theme.gap : 0)
        contentHeight: column.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        ColumnLayout {
            id: column

            width: view.width
            spacing: Theme.gap * 1.5
        }
    }

    Pager {
        id: pager

        readonly property real step: Math.max(1, view.height - Theme.heading)
        // Counted from where one stands: what is read may have grown since the last page was turned.
        readonly property int before: Math.ceil(view.contentY / pager.step)
        readonly property int after: Math.ceil(Math.max(0, scroll.hidden - view.contentY - 1) / pager.step)

        upright: scroll.low
        width: pager.upright ? pager.implicitWidth : scroll.width
        height: pager.upright ? Math.min(pager.implicitHeight, scroll.height) : pager.implicitHeight
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        page: pager.before + 1
        pages: scroll.overflowing ? pager.before + 1 + pager.after : 1
        onTurned: pages => view.contentY = Math.max(0, Math.min(scroll.hidden, view.contentY + pages * pager.step))
    }
}
