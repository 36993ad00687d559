"""A synthetic citizen: reads what the window shows, touches it with a finger, types on its keys.

Demonstrations and tests use the kiosk through this, as a person would: by the words on the screen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    Q_RETURN_ARG,
    QCoreApplication,
    QDeadlineTimer,
    QEvent,
    QEventLoop,
    QMetaObject,
    QPoint,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QKeyEvent, QPointingDevice
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

STEPS = 4
"""In how many a drawn finger moves."""
STILL_MS = 150
"""Results that have not changed for so long are the last ones."""

EYES = Path(__file__).parent / "qml" / "Kiosk" / "Eyes.qml"


class NotSeenError(AssertionError):
    """What was looked for is not on the screen."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A thing on the screen: its text, or the label it is pressed by; window coordinates in px.

    `whole`: no part of it has scrolled out of sight. `cut`: its text does not fit where it stands.
    """

    name: str
    text: str
    label: str
    enabled: bool
    whole: bool
    cut: bool
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> QPoint:
        """Where a finger would touch it."""
        return QPoint(round(self.x + self.width / 2), round(self.y + self.height / 2))


class Visitor:
    """One finger and two eyes on a kiosk window. Waits at most `patience` milliseconds for
    anything."""

    def __init__(self, window: QQuickWindow, engine: QQmlEngine, patience: int = 10_000) -> None:
        self.window = window
        self._patience = patience
        self._finger: QPointingDevice = QTest.createTouchDevice()
        component = QQmlComponent(engine, QUrl.fromLocalFile(EYES))
        self._eyes = component.createWithInitialProperties({"window": window})
        self._eyes.setParent(window)

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Until `condition` holds. Raises `NotSeenError`."""
        over = QDeadlineTimer(self._patience)
        waker = QTimer(interval=5)
        waker.start()
        while not condition():
            if over.hasExpired():
                seen = " | ".join(self.texts())
                raise NotSeenError(f"waited in vain for {what}; the screen says: {seen}")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            # Without a running event loop, what was left is deleted only when asked for.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def look(self) -> list[Seen]:
        """Everything with words on it, from back to front."""
        found: Any = QMetaObject.invokeMethod(
            self._eyes, "look", Qt.ConnectionType.DirectConnection, Q_RETURN_ARG("QVariant")
        )
        return [Seen(**entry) for entry in found.toVariant()]

    def texts(self) -> list[str]:
        """Every text that can be read on the screen now."""
        return [seen.text for seen in self.look() if seen.text]

    def sees(self, words: str) -> bool:
        """Whether some text on the screen contains `words`."""
        return any(words in text for text in self.texts())

    def expect(self, words: str) -> None:
        """Wait until some text contains `words`."""
        self.wait(lambda: self.sees(words), repr(words))

    def read(self, name: str) -> str:
        """The text of the item with this object name."""

        def named() -> list[str]:
            return [seen.text for seen in self.look() if seen.name == name]

        self.wait(lambda: bool(named()), name)
        return named()[0]

    def tap(self, label: str) -> None:
        """Press and release what bears `label` (exactly, else as the beginning of it)."""
        self.wait(lambda: self.settled and self._touchable(label) is not None, repr(label))
        target = self._touchable(label)
        if target is None or not self._inside(target.middle):
            raise NotSeenError(f"{label!r} lies outside the window")
        self.press(target.middle)
        self.release(target.middle)

    def seek(self, label: str) -> None:
        """Turn the pages of what is shown until all of what bears `label` can be seen."""

        def whole() -> bool:
            return any(seen.label == label and seen.whole for seen in self.look())

        self.wait(lambda: whole() or self._touchable("下一页") is not None, repr(label))
        self.painted()
        while not whole():
            self.tap("下一页")
            self.wait(lambda: self.settled, "the page to turn")

    def press(self, point: QPoint) -> None:
        """Put the finger down (window coordinates)."""
        QTest.touchEvent(self.window, self._finger).press(0, point, self.window)

    def move(self, point: QPoint) -> None:
        """Roll the finger that is down."""
        QTest.touchEvent(self.window, self._finger).move(0, point, self.window)

    def release(self, point: QPoint) -> None:
        """Lift the finger."""
        QTest.touchEvent(self.window, self._finger).release(0, point, self.window)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Draw a finger from one place to another, in a few steps."""
        self.press(start)
        for step in range(1, STEPS + 1):
            self.move(start + (end - start) * step / STEPS)
        self.release(end)

    def painted(self) -> None:
        """Wait until everything stands where it stays."""
        frames: list[bool] = []
        noting = self.window.frameSwapped.connect(lambda: frames.append(True))
        self.window.update()
        self.wait(lambda: bool(frames), "a frame")
        self.window.frameSwapped.disconnect(noting)

    def turn_to_letters(self) -> None:
        """Have the keyboard take letters as they are, where it has other pages."""
        self.wait(lambda: bool(self.window.property("writing")), "the keyboard")
        if self._touchable("ABC"):
            self.tap("ABC")
            self.painted()

    def type(self, characters: str) -> None:
        """Press a key of the kiosk's own keyboard for each character, as it is: not as pinyin."""
        self.turn_to_letters()
        for character in characters:
            self.tap("空格" if character == " " else character)

    def scan(self, text: str) -> None:
        """Hold a code under a scanner: it types `text` as fast as it can, and Enter."""
        for character in text:
            key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
            QCoreApplication.sendEvent(self.window, key)
        QTest.keyClick(self.window, Qt.Key.Key_Return)

    def answer(self, question: str, *labels: str) -> None:
        """Wait for a question, press each of `labels`, and go on."""
        self.expect(question)
        for label in labels:
            self.tap(label)
        self.tap("下一步")

    def rows(self, words: str) -> list[str]:
        """The labels of everything to press that contain `words`, from top to bottom."""
        found = [seen for seen in self.look() if words in seen.label]
        return [seen.label for seen in sorted(found, key=lambda seen: seen.y)]

    def choose(self, words: str) -> str:
        """Press the uppermost of the results that contain `words`, once they change no more; its
        label."""
        rows: list[str] = []
        still = QDeadlineTimer(0)

        def unchanged() -> bool:
            now = self.rows(words)
            if now != rows:
                rows[:] = now
                still.setRemainingTime(STILL_MS)
            return bool(rows) and still.hasExpired()

        self.wait(unchanged, f"results with {words!r}")
        self.tap(rows[0])
        return rows[0]

    def picture(self, file: Path) -> None:
        """Save what the screen shows, once it has settled. Raises `OSError` if it cannot."""
        self.wait(lambda: self.settled, "the screen to settle")
        if not self.window.grabWindow().save(str(file)):
            raise OSError(f"{file}: cannot be written")

    @property
    def settled(self) -> bool:
        """Whether the screen takes touches again after a change."""
        return bool(self.window.property("settled"))

    def _touchable(self, label: str) -> Seen | None:
        labelled = [seen for seen in reversed(self.look()) if seen.label and seen.enabled]
        exact = (seen for seen in labelled if seen.label == label)
        beginning = (seen for seen in labelled if seen.label.startswith(label))
        return next(exact, None) or next(beginning, None)

    def _inside(self, point: QPoint) -> bool:
        return 0 <= point.x() < self.window.width() and 0 <= point.y() < self.window.height()
