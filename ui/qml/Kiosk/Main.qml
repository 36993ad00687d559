pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

Window {
    id: window

    required property ShellViewModel shell
    readonly property HallViewModel hall: shell.hall as HallViewModel
    readonly property ListeningViewModel listening: shell.listening as ListeningViewModel
    required property real panelWidth
    required property real panelHeight
    readonly property real mm: Math.max(width, height) / Math.max(panelWidth, panelHeight)
    readonly property bool attracting: shell.screen === "attract"
    readonly property bool settled: !Touches.resting
    readonly property bool overlaid: shell.helpOpen || listening.open || shell.closed || shell.troubleText !== "" || shell.countdown > 0
    property list<Component> warmed
    property QtObject keyboard: null
    readonly property bool writing: window.keyboard !== null && Writing.wanted

    title: "不打烊"
    width: 1080
    height: 1920
    color: Theme.surface

    function warm(files: var): void {
        for (const file of files)
            window.warmed.push(Qt.createComponent(file, Component.Asynchronous));
    }

    function showScreen(): void {
        Touches.rest();
        stage.setSource("Screens/" + window.shell.screenFile + ".qml", {
            viewModel: window.shell.screenModel
        });
    }

    onWritingChanged: {
        if (window.writing)
            keys.setSource("Keyboard/Keyboard.qml", {
                viewModel: window.keyboard
            });
        else
            keys.source = "";
    }

    Component.onCompleted: window.showScreen()

    Binding {
        target: Theme
        property: "mm"
        value: window.mm
    }

    Binding {
        target: Theme
        property: "portrait"
        value: window.height > window.width
    }

    Binding {
        target: Theme
        property: "larger"
        value: window.shell.larger
    }

    Connections {
        target: window.shell

        function onScreenChanged() {
            window.showScreen();
        }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Header {
            visible: !window.attracting
            Layout.fillWidth: true
            hall: window.hall.name
            room: window.hall.room
            time: window.hall.time
            staffed: window.hall.staffed
            offline: window.shell.offline
        }

        Loader {
            active: window.shell.saved && (window.attracting || window.shell.screen === "home")
            visible: active
            Layout.fillWidth: true
            Layout.margins: Theme.gap
            sourceComponent: Notice {
                good: true
                icon: "check-circle"
                text: qsTr("您上一次的提交已保存，不用再交一遍。")
            }
        }

        Loader {
            active: window.shell.full && window.shell.screen === "home"
            visible: active
            Layout.fillWidth: true
            Layout.margins: Theme.gap
            sourceComponent: Notice {
                text: qsTr("这台机器存满了，暂时不能填表和反映，请用旁边的机器。查询和看指南照常。")
            }
        }

        // Placed at once, not by a layout: a screen is never laid out beside a keyboard that has gone.
        Item {
            id: room

            Layout.fillWidth: true
            Layout.fillHeight: true

            Loader {
                id: stage

                objectName: "stage"
                width: room.width - (window.writing && !Theme.portrait ? keys.implicitWidth : 0)
                height: room.height - (window.writing && Theme.portrait ? keys.implicitHeight : 0)
                enabled: !window.overlaid
            }

            Loader {
                id: keys

                x: Theme.portrait ? 0 : stage.width
                y: Theme.portrait ? stage.height : 0
                width: room.width - x
                height: room.height - y
                enabled: !window.overlaid
            }
        }

        Footer {
            visible: !window.attracting
            enabled: !window.overlaid
            Layout.fillWidth: true
            larger: window.shell.larger
            voiced: window.shell.voiced
            reading: window.shell.reading
            language: window.shell.language
            onLargerWanted: window.shell.toggleLarger()
            onReadingWanted: window.shell.reading ? window.listening.show(true) : window.shell.toggleReading()
            onLanguageWanted: window.shell.toggleLanguage()
            onHelpWanted: window.shell.setHelp(true)
            onLeaveWanted: window.shell.finish()
        }
    }

    Loader {
        anchors.fill: parent
        active: window.shell.helpOpen
        sourceComponent: Overlay {
            icon: "hand-waving"
            title: qsTr("请人帮忙")

            Label {
                Layout.fillWidth: true
                text: qsTr("请招手叫大厅里的导巡员，可以请他帮您操作。")
                font.pixelSize: Theme.heading
            }

            Label {
                Layout.fillWidth: true
                text: qsTr("工作日 %1，可以到%2当面办。").arg(window.hall.hours).arg(window.hall.window)
                font.pixelSize: Theme.heading
            }

            Label {
                Layout.fillWidth: true
                text: qsTr("没有人在的时候，可以打政务服务便民热线 12345，全天有人接。")
                font.pixelSize: Theme.heading
            }

            Label {
                Layout.fillWidth: true
                text: qsTr("事项目录第 %1 期 · 演示数据").arg(window.shell.edition)
                color: Theme.muted
            }

            ActionButton {
                Layout.fillWidth: true
                primary: true
                label: qsTr("知道了")
                onActivated: window.shell.setHelp(false)
            }
        }
    }

    Rectangle {
        readonly property real air: Theme.space(3)

        visible: window.listening.place.height > 0
        x: window.listening.place.x - air
        y: window.listening.place.y - air
        width: window.listening.place.width + 2 * air
        height: window.listening.place.height + 2 * air
        radius: Theme.radius
        color: "transparent"
        border.color: Theme.primary
        border.width: 2 * Theme.border
    }

    Loader {
        anchors.fill: parent
        active: window.listening.open
        sourceComponent: ListeningChoices {
            listening: window.listening
        }
    }

    Loader {
        anchors.fill: parent
        active: window.shell.troubleText !== ""
        sourceComponent: Overlay {
            icon: "warning"
            accent: Theme.cautionLine
            title: qsTr("稍等一下")

            Label {
                Layout.fillWidth: true
                text: window.shell.troubleText
                font.pixelSize: Theme.heading
            }

            ActionButton {
                Layout.fillWidth: true
                primary: true
                label: qsTr("知道了")
                onActivated: window.shell.dismissTrouble()
            }
        }
    }

    Loader {
        anchors.fill: parent
        active: window.shell.countdown > 0
        sourceComponent: Overlay {
            icon: "hand-tap"
            onTouched: window.shell.stay()
            title: qsTr("您还在吗？")

            Label {
                Layout.fillWidth: true
                text: qsTr("%1 秒后会清除您填的内容，保护您的隐私。").arg(window.shell.countdown)
                font.pixelSize: Theme.heading
                horizontalAlignment: Text.AlignHCenter
            }

            Label {
                Layout.fillWidth: true
                readonly property bool silent: true

                text: window.shell.countdown
                color: Theme.primary
                font.pixelSize: Theme.display * 2
                font.bold: true
                horizontalAlignment: Text.AlignHCenter
            }

            ActionButton {
                Layout.fillWidth: true
                primary: true
                label: qsTr("我还在，继续办")
                onActivated: window.shell.stay()
            }

            ActionButton {
                Layout.fillWidth: true
                label: qsTr("清除并离开")
                onActivated: window.shell.finish()
            }
        }
    }

    Loader {
        anchors.fill: parent
        active: window.shell.closed
        sourceComponent: Overlay {
            icon: "warning"
            accent: Theme.cautionLine
            title: qsTr("这台机器正在维护")

            Label {
                Layout.fillWidth: true
                text: qsTr("请用旁边的机器，或者请大厅里的人帮忙。")
                font.pixelSize: Theme.heading
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    // On top of everything, taking nothing: it only sees that somebody is there.
    Item {
        anchors.fill: parent

        PointHandler {
            onActiveChanged: {
                if (active)
                    window.shell.touched();
            }
        }
    }
}
