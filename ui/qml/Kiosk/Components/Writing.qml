pragma Singleton

import QtQuick

// Which caret the keyboard on the screen writes at. The keyboard stays while one field follows another.
QtObject {
    id: writing

    property Caret caret: null
    property bool wanted: false

    function begin(caret: Caret): void {
        writing.caret = caret;
    }

    function end(caret: Caret): void {
        if (writing.caret === caret)
            writing.caret = null;
    }

    onCaretChanged: Qt.callLater(writing.look)

    function look(): void {
        writing.wanted = writing.caret !== null;
    }
}
