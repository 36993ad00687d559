pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

// What is being composed, and what may be meant by it: as many as there is room for.
RowLayout {
    id: bar

    required property KeyboardViewModel viewModel
    required property bool open
    property int gap: 0

    signal more

    spacing: bar.gap

    Label {
        Layout.maximumWidth: bar.width / 3
        visible: text !== ""
        text: bar.viewModel.composing
        color: Theme.primary
        font.bold: true
        maximumLineCount: 1
        wrapMode: Text.NoWrap
        elide: Text.ElideLeft
    }

    Item {
        id: room

        Layout.fillWidth: true
        Layout.fillHeight: true
        clip: true

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

        Candidates {
            anchors.fill: parent
            visible: !bar.open
            texts: bar.viewModel.candidates.slice(0, 10)
            tall: room.height
            spacing: bar.gap
            onPicked: index => bar.viewModel.pick(index)
        }
    }

    Key {
        Layout.fillWidth: false
        Layout.preferredWidth: Theme.type(40)
        visible: bar.viewModel.candidates.length > 3
        label: bar.open ? qsTr("收起") : qsTr("更多字")
        size: Theme.body
        onActivated: bar.more()
    }
}
