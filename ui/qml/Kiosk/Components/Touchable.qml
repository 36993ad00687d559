import QtQuick

// Whatever can be pressed. A finger may roll or rest; a double tap presses once.
Item {
    id: touchable

    property string label
    property bool repeats: false
    property bool chosen: false
    readonly property bool pressed: tap.pressed

    signal activated

    Accessible.role: Accessible.Button
    Accessible.name: touchable.label
    Accessible.onPressAction: touchable.activated()

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: {
            if (touchable.repeats) {
                touchable.activated();
            } else if (!Touches.resting) {
                Touches.rest();
                touchable.activated();
            }
        }
    }
}
