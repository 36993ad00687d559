Key {
    icon: "backspace"
    label: qsTr("删除")
}
