pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.ViewModels

// The pictures taken so far, each of which can be done without, and the way to another.
Item {
    id: shelf

    required property Pictures pictures
    readonly property Photographer photographer: pictures ? pictures.photographer as Photographer : null
    readonly property bool there: photographer !== null && photographer.there

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap * 1.5

        Notice {
            Layout.fillWidth: true
            visible: text !== ""
            text: shelf.photographer ? shelf.photographer.problem : ""
        }

        Notice {
            Layout.fillWidth: true
            visible: !shelf.there
            text: qsTr("这台机器没有照相机。单子请留好，窗口问起来再拿出来。")
        }

        ActionButton {
            Layout.fillWidth: true
            visible: shelf.there
            enabled: shelf.pictures !== null && shelf.pictures.room > 0
            icon: "camera"
            label: enabled ? qsTr("拍一张单子") : qsTr("已经拍满了")
            onActivated: shelf.photographer.open(qsTr("把单子平放在镜头下面"))
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: Theme.portrait ? 2 : 3
            uniformCellWidths: true
            uniformCellHeights: true
            rowSpacing: Theme.gap
            columnSpacing: Theme.gap

            Repeater {
                model: shelf.pictures ? shelf.pictures.shown : []

                Card {
                    id: picture

                    required property string modelData
                    required property int index

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.maximumHeight: Theme.space(110)

                    Image {
                        anchors.fill: parent
                        anchors.margins: Theme.space(2)
                        anchors.bottomMargin: remove.height + Theme.space(4)
                        fillMode: Image.PreserveAspectFit
                        cache: false
                        sourceSize: Qt.size(Theme.space(120), Theme.space(90))
                        source: picture.modelData
                        Accessible.role: Accessible.Graphic
                        Accessible.name: qsTr("第 %1 张").arg(picture.index + 1)
                    }

                    Chip {
                        id: remove

                        anchors.horizontalCenter: parent.horizontalCenter
                        anchors.bottom: parent.bottom
                        anchors.bottomMargin: Theme.space(2)
                        label: qsTr("不要第 %1 张").arg(picture.index + 1)
                        onActivated: shelf.pictures.remove(picture.index)
                    }
                }
            }

            Item {
                Layout.fillHeight: true
                Layout.preferredHeight: 0
            }
        }
    }
}
