pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme

// On every screen: larger type, the other language, a person's help, and the way out.
Rectangle {
    id: footer

    required property bool larger
    required property bool voiced
    required property bool reading
    required property string language
    readonly property bool silent: true

    signal largerWanted
    signal readingWanted
    signal languageWanted
    signal helpWanted
    signal leaveWanted

    implicitHeight: Theme.footer
    color: Theme.card

    Rectangle {
        width: parent.width
        height: Math.max(1, Theme.border / 2)
        color: Theme.line
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        anchors.topMargin: Theme.space(7)
        anchors.bottomMargin: Theme.space(7)
        spacing: Theme.gap

        Key {
            icon: "text-aa"
            label: footer.larger ? qsTr("标准版") : qsTr("长辈版")
            onActivated: footer.largerWanted()
        }

        Key {
            visible: footer.voiced
            icon: "speaker-high"
            label: footer.reading ? qsTr("怎么读") : qsTr("朗读")
            onActivated: footer.readingWanted()
        }

        Key {
            icon: "translate"
            label: footer.language === "zh" ? "English" : "中文"
            onActivated: footer.languageWanted()
        }

        Key {
            icon: "hand-waving"
            label: qsTr("请人帮忙")
            onActivated: footer.helpWanted()
        }

        Key {
            icon: "sign-out"
            label: qsTr("结束离开")
            onActivated: footer.leaveWanted()
        }
    }

    component Key: Touchable {
        id: key

        property string icon

        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: key.pressed ? Theme.tintDeep : Theme.tint
        }

        Column {
            anchors.centerIn: parent
            spacing: Theme.space(1.5)

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: key.icon
                size: Theme.space(13)
            }

            Label {
                anchors.horizontalCenter: parent.horizontalCenter
                text: key.label
                font.pixelSize: Theme.space(11)
                font.bold: true
                wrapMode: Text.NoWrap
            }
        }
    }
}
