pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

// Any number of service items: moves by flick, and by pages. Only the rows in sight exist.
Item {
    id: list

    required property QtObject items
    readonly property int row: Theme.larger ? Theme.row : Theme.space(Theme.portrait ? 46 : 42)
    readonly property int columns: Theme.portrait ? 1 : 2
    readonly property real hidden: Math.max(0, grid.contentHeight - grid.height)
    readonly property int page: Math.ceil(grid.contentY / Math.max(1, grid.height)) + 1
    readonly property int pages: Math.ceil(list.hidden / Math.max(1, grid.height)) + 1

    signal chosen(string itemId)

    function turn(pages: int): void {
        grid.contentY = Math.max(0, Math.min(list.hidden, (list.page - 1 + pages) * grid.height));
    }

    function rewind(): void {
        grid.positionViewAtBeginning();
    }

    GridView {
        id: grid

        width: list.width + Theme.gap
        height: Math.max(1, Math.floor(list.height / cellHeight)) * cellHeight
        cellWidth: Math.floor(width / list.columns)
        cellHeight: list.row + Theme.gap
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
                height: list.row
                icon: cell.row.icon
                title: cell.row.name
                detail: cell.row.detail
                onActivated: list.chosen(cell.row.itemId)
            }
        }
    }
}
