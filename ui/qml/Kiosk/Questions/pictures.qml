pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.ViewModels

// Pictures of whatever tells of the matter.
Answerer {
    id: answerer

    PictureShelf {
        anchors.fill: parent
        pictures: answerer.viewModel.part as Pictures
    }
}
