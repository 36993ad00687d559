pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

// What is being composed, and what may be meant by it: as many as there is room for.
Item {
    id: bar

    required property KeyboardViewModel viewModel
    required property bool open
    property int gap: 0

    signal more

    Label {
        id: composed

        readonly property int room: text === "" ? 0 : width + bar.gap

        width: Math.min(implicitWidth, bar.width / 3)
        height: bar.height
        text: bar.viewModel.composing
        color: Theme.primary
        font.bold: true
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.NoWrap
        elide: Text.ElideLeft
    }

    Label {
        anchors.fill: parent
        visible: bar.viewModel.composing === "" && bar.viewModel.candidates.length === 0
        text: ({
                hand: qsTr("用手指在框里写字，一次写一个"),
                pinyin: qsTr("打拼音或者首字母，再点要的字"),
                strokes: qsTr("照笔顺点笔画，再点要的字")
            })[bar.viewModel.page] ?? ""
        color: Theme.muted
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.space(6)
        wrapMode: Text.NoWrap
    }

    Item {
        x: composed.room
        width: more.x - bar.gap - x
        height: bar.height
        clip: true

        Candidates {
            id: first

            width: parent.width
            visible: !bar.open
            texts: bar.viewModel.candidates.slice(0, 10)
            tall: bar.height
            spacing: bar.gap
            onPicked: index => bar.viewModel.pick(index)
        }
    }

    Key {
        id: more

        anchors.right: parent.right
        width: Theme.type(34)
        height: bar.height
        repeats: false
        visible: bar.viewModel.candidates.length > 0
        label: bar.open ? qsTr("收起") : qsTr("更多字")
        size: Theme.body
        onActivated: bar.more()
    }
}
