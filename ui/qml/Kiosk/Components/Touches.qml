pragma Singleton

import QtQuick

// After a press the screen rests for a moment: the rest of a double tap presses nothing, and does not
// reach the next screen.
Item {
    id: touches

    readonly property bool resting: timer.running

    function rest(): void {
        timer.restart();
    }

    Timer {
        id: timer

        interval: 250
    }
}
