"""朗读: what a screen shows, read aloud in the order it stands there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QTimer, Slot
from PySide6.QtQuick import QQuickItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtQuick import QQuickWindow

    from ui.viewmodels.shell import ShellViewModel

SETTLED_MS = 40
"""A screen that has changed may go on changing for so long before it is read."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Something to be said, whether it is `chosen`, and where in the window it stands. What is
    `urgent` is said as soon as it appears, what is not `read` only when it is chosen."""

    text: str
    urgent: bool
    read: bool = True
    chosen: bool = field(compare=False, default=False)
    place: QRectF = field(compare=False, default_factory=QRectF)


def passages(item: QQuickItem, urgent: bool = False) -> Iterator[Passage]:
    """What an item and all in it have to say. Buttons say their `label`. An item with a property
    `silent` is passed over, one with `saidOnceChosen` (a day of a calendar) says that instead and
    only then, and one with `urgent` (a notice) speaks by itself; what cannot be used now, or is not
    seen, says nothing."""
    if not item.isVisible() or not item.isEnabled() or item.property("silent"):
        return
    urgent = urgent or bool(item.property("urgent"))
    label = item.property("label")
    answer = item.property("saidOnceChosen")
    text = answer or (label if label is not None else item.property("text"))
    if label is not None or item.inherits("QQuickText"):
        if text:
            place = item.mapRectToScene(item.boundingRect())
            yield Passage(str(text), urgent, not answer, bool(item.property("chosen")), place)
    else:
        for child in item.childItems():
            yield from passages(child, urgent)


def touched(before: Iterable[Passage], now: Iterable[Passage], chosen: bool) -> Iterator[Passage]:
    """What is `chosen` (or not) now and was there before, but was not (or was)."""
    was = {each.text: each.chosen for each in before}
    for each in now:
        if each.chosen is chosen and was.get(each.text, chosen) is not chosen:
            yield each


def _to_read(shown: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(each for each in shown if each.read)


class Reader(QObject):
    """Reads every screen aloud while 朗读 is on, and screens that ask for it (`speaks`) always: the
    whole when another begins, then what is chosen, and what appears and is urgent. What is being
    said is marked. Any touch silences; what was left unsaid can be gone on with."""

    def __init__(self, window: QQuickWindow, shell: ShellViewModel) -> None:
        super().__init__(shell)
        self._window = window
        self._shell = shell
        self._listening = shell.listener
        self._read: tuple[Passage, ...] = ()
        self._saying: Sequence[Passage] = ()
        self._at = 0
        self._turn = 0
        self._soon = QTimer(self, interval=SETTLED_MS, singleShot=True)
        self._soon.timeout.connect(self._look)
        shell.touchSeen.connect(self._hush)
        shell.changed.connect(self._soon.start)
        shell.screenChanged.connect(self._enter)
        self._listening.againWanted.connect(lambda: self._say(_to_read(self._read)))
        self._listening.restWanted.connect(lambda: self._say(self._saying[self._at :]))
        self._listening.sampleWanted.connect(
            lambda: shell.desk.say(shell.desk.words.say("reading.sample"))
        )
        self._enter()

    @Slot()
    def _enter(self) -> None:
        """Another screen: the one before is left in the middle of a sentence."""
        self._hush()
        self._read = self._saying = ()
        self._show()
        self._shell.present.changed.connect(self._soon.start)
        self._soon.start()

    @Slot()
    def _hush(self) -> None:
        if backstage := self._shell.desk.ready:
            self._turn += 1
            backstage.speaker.hush()
            self._show()

    @Slot()
    def _look(self) -> None:
        if self._listening.open:
            return
        if self._shell.desk.ready is None or not self._wanted:
            self._read = ()
            return
        shown = tuple(passages(self._window.contentItem()))
        if shown[:1] != self._read[:1]:
            fresh = _to_read(shown)
        else:
            urgent = (each for each in shown if each.urgent and each not in self._read)
            fresh = (*self._choices(shown), *urgent)
        self._read = shown
        if fresh:
            self._say(fresh)

    def _choices(self, shown: Sequence[Passage]) -> Iterator[Passage]:
        """What has just been chosen; where nothing has, what is not chosen any more."""
        say = self._shell.desk.words.say
        chosen = [*touched(self._read, shown, chosen=True)]
        for each in chosen or touched(self._read, shown, chosen=False):
            key = "reading.chosen" if chosen else "reading.unchosen"
            yield replace(each, text=say(key, what=each.text))

    def _say(self, what: Sequence[Passage]) -> None:
        backstage = self._shell.desk.ready
        if backstage is None:
            return
        self._saying, self._at = what, 0
        self._turn += 1
        turn, desk = self._turn, self._shell.desk

        def told(at: int | None) -> None:
            desk.jobs.call_here(lambda: self._told(turn, at))

        session = desk.session
        backstage.speaker.say((each.text for each in what), session.language, session.manner, told)

    def _told(self, turn: int, at: int | None) -> None:
        """The voice has come to a passage, or to the end."""
        if turn != self._turn:
            return
        if at is None:
            self._saying = ()
        else:
            self._at = at
        self._show(None if at is None else self._saying[at])

    def _show(self, passage: Passage | None = None) -> None:
        place = QRectF() if passage is None else passage.place
        self._listening.tell(place, rest=bool(self._saying))

    @property
    def _wanted(self) -> bool:
        if self._shell.desk.session.reading:
            return True
        stage = self._window.findChild(QQuickItem, "stage")
        return stage is not None and any(each.property("speaks") for each in stage.childItems())
