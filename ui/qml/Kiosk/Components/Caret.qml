import QtQuick

// Where a field is written at. `entry` says what the field takes (kiosk/domain/keyboard.py).
QtObject {
    id: caret

    // A TextInput or a TextEdit.
    required property var input
    required property string entry
    required property bool writing
    required property int longest
    readonly property string before: caret.input.getText(Math.max(0, caret.input.cursorPosition - 20), caret.input.cursorPosition)

    // A finger has touched this character of the text, which stands at `start`; empty: none.
    signal touched(string character, int start)

    onWritingChanged: caret.writing ? Writing.begin(caret) : Writing.end(caret)
    Component.onCompleted: {
        if (caret.writing)
            Writing.begin(caret);
    }
    Component.onDestruction: Writing.end(caret)

    function insert(characters: string): void {
        caret.input.remove(caret.input.selectionStart, caret.input.selectionEnd);
        if (caret.input.length + characters.length <= caret.longest)
            caret.input.insert(caret.input.cursorPosition, characters);
    }

    function backspace(): void {
        const end = caret.input.selectionEnd;
        let start = caret.input.selectionStart;
        if (start === end && start > 0)
            start -= Array.from(caret.input.getText(Math.max(0, end - 2), end)).pop().length;
        caret.input.remove(start, end);
    }

    function mark(start: int, end: int): void {
        caret.input.select(start, end);
    }

    function settle(): void {
        caret.input.deselect();
    }

    function touch(x: real, y: real): void {
        caret.input.forceActiveFocus();
        let at = caret.input.positionAt(x, y);
        caret.input.cursorPosition = at;
        if (at > 0 && caret.input.positionToRectangle(at).x > x)
            at--;
        const text = caret.input.getText(0, caret.input.length);
        if (at > 0 && text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) < 0xe000)
            at--;
        caret.touched(at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "", at);
    }
}
