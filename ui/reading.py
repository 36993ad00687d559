"""朗读: what a screen shows, read aloud in the order it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQuick import QQuickItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtQuick import QQuickWindow

    from ui.viewmodels.shell import ShellViewModel

SETTLED_MS = 40
"""A screen that has changed may go on changing for so long before it is read."""


class Passage(NamedTuple):
    """Something to be said. What is `urgent` is said as soon as it appears."""

    text: str
    urgent: bool


def passages(item: QQuickItem, urgent: bool = False) -> Iterator[Passage]:
    """What an item and all in it have to say. Buttons say their `label`. An item with a property
    `silent` is passed over, and one with `urgent` (a notice) speaks by itself; what cannot be used
    now, or is not seen, says nothing."""
    if not item.isVisible() or not item.isEnabled() or item.property("silent"):
        return
    urgent = urgent or bool(item.property("urgent"))
    label = item.property("label")
    if label is not None:
        yield Passage(str(label), urgent)
    elif item.inherits("QQuickText"):
        yield Passage(str(item.property("text")), urgent)
    else:
        for child in item.childItems():
            yield from passages(child, urgent)


class Reader(QObject):
    """Reads every screen aloud while 朗读 is on, and screens that ask for it (`speaks`) always: the
    whole when another begins, then what appears and is urgent. Any touch silences."""

    def __init__(self, window: QQuickWindow, shell: ShellViewModel) -> None:
        super().__init__(shell)
        self._window = window
        self._shell = shell
        self._read: tuple[Passage, ...] = ()
        self._soon = QTimer(self, interval=SETTLED_MS, singleShot=True)
        self._soon.timeout.connect(self._look)
        shell.touchSeen.connect(self._hush)
        shell.changed.connect(self._soon.start)
        shell.screenChanged.connect(self._enter)
        self._enter()

    def _enter(self) -> None:
        """Another screen: the one before is left in the middle of a sentence."""
        self._hush()
        self._read = ()
        self._shell.present.changed.connect(self._soon.start)
        self._soon.start()

    def _hush(self) -> None:
        if backstage := self._shell.desk.ready:
            backstage.speaker.hush()

    def _look(self) -> None:
        backstage = self._shell.desk.ready
        if backstage is None or not self._wanted:
            self._read = ()
            return
        shown = tuple(each for each in passages(self._window.contentItem()) if each.text)
        if shown[:1] != self._read[:1]:
            fresh = shown
        else:
            fresh = tuple(each for each in shown if each.urgent and each not in self._read)
        self._read = shown
        if fresh:
            language = self._shell.desk.session.language
            backstage.speaker.say((each.text for each in fresh), language)

    @property
    def _wanted(self) -> bool:
        if self._shell.desk.session.reading:
            return True
        stage = self._window.findChild(QQuickItem, "stage")
        return stage is not None and any(each.property("speaks") for each in stage.childItems())
