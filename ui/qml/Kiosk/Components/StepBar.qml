pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

// How far along a form is.
Row {
    id: bar

    required property int step
    required property int ahead
    readonly property int total: bar.step + bar.ahead

    spacing: Theme.space(2)

    Repeater {
        model: bar.total

        Rectangle {
            required property int index

            width: (bar.width - (bar.total - 1) * bar.spacing) / bar.total
            height: Theme.space(3.5)
            radius: height / 2
            color: index < bar.step ? Theme.primary : Theme.line
        }
    }
}
