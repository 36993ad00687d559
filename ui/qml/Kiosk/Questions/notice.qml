import QtQuick
import Kiosk.Theme
import Kiosk.Components

Answerer {
    id: answerer

    Card {
        width: parent.width
        height: Math.min(parent.height, words.implicitHeight + 2 * Theme.margin)

        Flickable {
            anchors.fill: parent
            anchors.margins: Theme.margin
            contentHeight: words.implicitHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            Label {
                id: words

                width: parent.width
                text: answerer.viewModel.help
                lineHeight: 1.5
            }
        }
    }
}
