import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.ViewModels

// How the screen is read: again, slower, louder, no more. The touch that opened it has silenced the voice.
Overlay {
    id: choices

    required property ListeningViewModel listening
    readonly property bool silent: true

    icon: "speaker-high"
    title: qsTr("怎么读")
    onTouched: choices.listening.show(false)

    ActionButton {
        Layout.fillWidth: true
        primary: true
        visible: choices.listening.rest
        label: qsTr("接着读")
        onActivated: choices.listening.goOn()
    }

    ActionButton {
        Layout.fillWidth: true
        primary: !choices.listening.rest
        label: qsTr("从头再读")
        onActivated: choices.listening.again()
    }

    StepBar {
        Layout.fillWidth: true
        step: choices.listening.rate
        ahead: choices.listening.rates - step
    }

    GridLayout {
        Layout.fillWidth: true
        columns: 2
        uniformCellWidths: true
        rowSpacing: Theme.gap
        columnSpacing: Theme.gap

        ActionButton {
            Layout.fillWidth: true
            enabled: choices.listening.rate > 1
            label: qsTr("慢一点")
            onActivated: choices.listening.faster(-1)
        }

        ActionButton {
            Layout.fillWidth: true
            enabled: choices.listening.rate < choices.listening.rates
            label: qsTr("快一点")
            onActivated: choices.listening.faster(1)
        }
    }

    StepBar {
        Layout.fillWidth: true
        step: choices.listening.volume
        ahead: choices.listening.volumes - step
    }

    GridLayout {
        Layout.fillWidth: true
        columns: 2
        uniformCellWidths: true
        rowSpacing: Theme.gap
        columnSpacing: Theme.gap

        ActionButton {
            Layout.fillWidth: true
            enabled: choices.listening.volume > 1
            label: qsTr("小声点")
            onActivated: choices.listening.louder(-1)
        }

        ActionButton {
            Layout.fillWidth: true
            enabled: choices.listening.volume < choices.listening.volumes
            label: qsTr("大声点")
            onActivated: choices.listening.louder(1)
        }
    }

    ActionButton {
        Layout.fillWidth: true
        icon: "speaker-slash"
        label: qsTr("不读了")
        onActivated: choices.listening.end()
    }
}
