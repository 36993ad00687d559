"""A scanner for bar and QR codes that is plugged in as a keyboard: it types fast, and ends with
Enter or Tab."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWindow

APART_MS = 60
"""Keys further apart than this are a person's. Scanners leave 1 to 20 ms; a person at full speed
100, and two keys rolled over each other 30, but never as many as `SHORTEST` of them."""
SHORTEST = 6
LONGEST = 512
"""Characters of a scan; a longer one is dropped as a whole."""
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class _Pressed(NamedTuple):
    key: int
    modifiers: Qt.KeyboardModifier
    text: str


class Scanner(QObject):
    """Keeps back what is typed into `window` until it is clear who types: a scan is `scanned` (its
    characters without the end) and never reaches the window; what a person types is handed on
    `APART_MS` later. In memory only, and no longer than that. Bursts that are too long or do not
    end are dropped.
    """

    scanned = Signal(str)

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self._window = window
        self._held: list[_Pressed] = []
        self._handing_on = False
        self._pause = QTimer(self, interval=APART_MS, singleShot=True)
        self._pause.timeout.connect(self._paused)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the event is kept from the window."""
        if event.type() != QEvent.Type.KeyPress or self._handing_on:
            return False
        if not isinstance(event, QKeyEvent) or event.key() in _MODIFIERS:
            return False
        if self._is_end(event):
            return self._ended()
        if self._is_character(event):
            self._hold(event)
            return True
        self._paused()
        return False

    def _is_end(self, event: QKeyEvent) -> bool:
        return event.key() in _ENDS and not event.isAutoRepeat() and bool(self._held)

    def _is_character(self, event: QKeyEvent) -> bool:
        text = event.text()
        sign = len(text) == 1 and text.isprintable()
        return sign and not event.isAutoRepeat() and not event.modifiers() & ~_PLAIN

    def _hold(self, event: QKeyEvent) -> None:
        if len(self._held) <= LONGEST:
            self._held.append(_Pressed(event.key(), event.modifiers(), event.text()))
        self._pause.start()

    def _ended(self) -> bool:
        """The end of a scan, which is then kept back with it, or a person's key."""
        if len(self._held) < SHORTEST:
            self._paused()
            return False
        held = self._let_go()
        if len(held) <= LONGEST:
            self.scanned.emit("".join(pressed.text for pressed in held))
        return True

    @Slot()
    def _paused(self) -> None:
        """Nothing followed soon enough: few keys were a person's, many are half a scan."""
        held = self._let_go()
        if len(held) >= SHORTEST:
            return
        self._handing_on = True
        for pressed in held:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                again = QKeyEvent(kind, pressed.key, pressed.modifiers, pressed.text)
                QCoreApplication.sendEvent(self._window, again)
        self._handing_on = False

    def _let_go(self) -> list[_Pressed]:
        self._pause.stop()
        held, self._held = self._held, []
        return held
