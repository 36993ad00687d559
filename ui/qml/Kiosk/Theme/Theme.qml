pragma Singleton

import QtQuick

// Colour, type, spacing and target size. Sizes are millimetres of the real panel.
QtObject {
    id: theme

    property real mm: 3.2
    property bool portrait: true
    property bool larger: false

    readonly property color surface: "#f2f5fa"
    readonly property color card: "#ffffff"
    readonly property color line: "#d3dcea"
    readonly property color primary: "#0f4ba0"
    readonly property color primaryDeep: "#0a3576"
    readonly property color paper: "#ffffff"
    readonly property color tint: "#e5edf9"
    readonly property color tintDeep: "#c6d7f1"
    readonly property color ink: "#12213f"
    readonly property color muted: "#3f4d6b"
    readonly property color warm: "#b5390c"
    readonly property color warmDeep: "#8a2b08"
    readonly property color good: "#176b3c"
    readonly property color goodSurface: "#e6f4ec"
    readonly property color cautionSurface: "#fdf2df"
    readonly property color cautionLine: "#8a5a00"
    readonly property color cautionInk: "#573800"
    readonly property color shade: "#b3101c33"

    readonly property string family: "Noto Sans CJK SC"

    // A landscape panel is smaller and read from nearer: 0.65 of the portrait sizes.
    readonly property real scale: portrait ? 1 : 0.65

    readonly property int display: type(20)
    readonly property int title: type(15.5)
    readonly property int heading: type(13)
    readonly property int body: type(11)
    readonly property int small: larger ? body : type(9.6)

    readonly property int margin: space(15)
    readonly property int gap: space(8)
    readonly property int pad: space(10)
    readonly property int radius: space(6)
    readonly property int border: Math.max(2, Math.round(0.7 * mm * scale))
    readonly property int control: space(larger ? 42 : 36)
    readonly property int row: space(larger ? 60 : 50)
    readonly property int header: space(42)
    readonly property int footer: space(54)
    readonly property int motion: larger ? 0 : 120

    function type(millimetres: real): int {
        return Math.round(millimetres * mm * scale * (larger ? 1.25 : 1));
    }

    function space(millimetres: real): int {
        return Math.round(millimetres * mm * scale);
    }
}
