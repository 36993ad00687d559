import Kiosk.Theme

Key {
    label: qsTr("空格")
    size: Theme.body
}
