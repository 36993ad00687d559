pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme

// Any number of service items: moves by flick, and by 上一页 / 下一页. Only the rows in sight exist.
Item {
    id: list

    required property QtObject items
    readonly property int columns: Theme.portrait ? 1 : 2
    readonly property bool overflowing: grid.contentHeight > list.height + 1
    readonly property real hidden: Math.max(0, grid.contentHeight - grid.height)

    signal chosen(string itemId)

    function rewind(): void {
        grid.positionViewAtBeginning();
    }

    GridView {
        id: grid

        width: list.width + Theme.gap
        height: list.overflowing ? Math.floor((list.height - pager.implicitHeight - Theme.gap) / cellHeight) * cellHeight : list.height
        cellWidth: Math.floor(width / list.columns)
        cellHeight: Theme.row + Theme.gap
        cacheBuffer: cellHeight * 4
        reuseItems: true
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: list.items

        delegate: Item {
            id: cell

            required property var row

            width: grid.cellWidth
            height: grid.cellHeight

            ItemRow {
                width: parent.width - Theme.gap
                height: Theme.row
                icon: cell.row.icon
                title: cell.row.name
                detail: cell.row.detail
                onActivated: list.chosen(cell.row.itemId)
            }
        }
    }

    Pager {
        id: pager

        width: list.width
        anchors.bottom: parent.bottom
        page: Math.ceil(grid.contentY / Math.max(1, grid.height)) + 1
        pages: list.overflowing ? Math.ceil(list.hidden / Math.max(1, grid.height)) + 1 : 1
        onTurned: pages => grid.contentY = Math.max(0, Math.min(list.hidden, (pager.page - 1 + pages) * grid.height))
    }
}
