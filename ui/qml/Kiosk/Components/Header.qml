pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

// Whose hall this is, what time it is, whether the windows are staffed, and the connection.
Rectangle {
    id: header

    required property string hall
    required property string room
    required property string time
    required property string staffed
    required property bool offline
    readonly property bool silent: true

    implicitHeight: Theme.header
    color: Theme.primary

    Column {
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: badges.x - x - Theme.gap
        spacing: Theme.space(1)

        Label {
            width: parent.width
            text: header.hall
            color: Theme.paper
            font.pixelSize: Theme.space(13)
            font.bold: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.space(7)
            maximumLineCount: 1
            elide: Text.ElideRight
        }

        Label {
            width: parent.width
            text: header.room
            color: Theme.paper
            font.pixelSize: Theme.space(9.6)
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.space(7)
            maximumLineCount: 1
            elide: Text.ElideRight
        }
    }

    Grid {
        id: badges

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        columns: 2
        columnSpacing: Theme.gap
        verticalItemAlignment: Grid.AlignVCenter

        Grid {
            columns: Theme.portrait ? 1 : 2
            columnSpacing: Theme.gap
            rowSpacing: Theme.space(2)
            horizontalItemAlignment: Grid.AlignRight

            Badge {
                visible: header.offline
                text: qsTr("没有网络")
            }

            Badge {
                visible: header.staffed !== ""
                text: header.staffed === "open" ? qsTr("工作时间") : qsTr("非工作时间")
            }
        }

        Label {
            text: header.time
            color: Theme.paper
            font.pixelSize: Theme.space(18)
            font.bold: true
        }
    }

    component Badge: Rectangle {
        id: badge

        property alias text: words.text

        width: words.implicitWidth + Theme.pad * 1.4
        height: words.implicitHeight + Theme.space(4)
        radius: Theme.space(4)
        color: Theme.primaryDeep

        Label {
            id: words

            anchors.centerIn: parent
            color: Theme.paper
            font.pixelSize: Theme.space(9.6)
            wrapMode: Text.NoWrap
        }
    }
}
