pragma Singleton

import QtQuick

// Which caret the keyboard on the screen writes at.
QtObject {
    id: writing

    property Caret caret: null
    readonly property bool wanted: writing.caret !== null

    function begin(caret: Caret): void {
        writing.caret = caret;
    }

    function end(caret: Caret): void {
        if (writing.caret === caret)
            writing.caret = null;
    }
}
