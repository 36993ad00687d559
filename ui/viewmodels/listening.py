"""How the screens are read to this citizen: what is being said, how fast and how loud."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QRectF, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.session.manner import RATES, VOLUMES, Manner

if TYPE_CHECKING:
    from ui.desk import Desk

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("part of the shell")
class ListeningViewModel(QObject):
    """What a citizen who listens can do. `ui.reading.Reader` does it."""

    changed = Signal()
    againWanted = Signal()
    restWanted = Signal()
    sampleWanted = Signal()
    endWanted = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open = False
        self._place = QRectF()
        self._rest = False

    @Property(bool, notify=changed)
    def open(self) -> bool:
        """Whether the choices show."""
        return self._open

    @Property(QRectF, notify=changed)
    def place(self) -> QRectF:
        """Where in the window stands what is being said; empty while nothing is."""
        return self._place

    @Property(bool, notify=changed)
    def rest(self) -> bool:
        """Whether the reading was broken off before its end."""
        return self._rest

    @Property(int, notify=changed)
    def rate(self) -> int:
        """How fast, from 1 to `rates`."""
        return RATES.index(self._manner.rate) + 1

    @Property(int, constant=True)
    def rates(self) -> int:
        """How many speeds there are."""
        return len(RATES)

    @Property(int, notify=changed)
    def volume(self) -> int:
        """How loud, from 1 to `volumes`."""
        return VOLUMES.index(self._manner.volume) + 1

    @Property(int, constant=True)
    def volumes(self) -> int:
        """How many volumes there are."""
        return len(VOLUMES)

    @property
    def _manner(self) -> Manner:
        return self._desk.session.manner

    def tell(self, place: QRectF, *, rest: bool) -> None:
        """What is being said stands there; if nothing is, whether there is a `rest` to say."""
        self._place, self._rest = place, rest
        self.changed.emit()

    @Slot(bool)
    def show(self, wanted: bool) -> None:
        """Show or hide the choices."""
        self._open = wanted
        self.changed.emit()

    @Slot()
    def again(self) -> None:
        """Read the whole screen again."""
        self.show(False)
        self.againWanted.emit()

    @Slot()
    def goOn(self) -> None:
        """Go on with the sentence that was broken off."""
        self.show(False)
        self.restWanted.emit()

    @Slot(int)
    def faster(self, steps: int) -> None:
        """So many steps faster or slower, and how that sounds."""
        self._use(self._manner.faster(steps))

    @Slot(int)
    def louder(self, steps: int) -> None:
        """So many steps louder or softer, and how that sounds."""
        self._use(self._manner.louder(steps))

    @Slot()
    def end(self) -> None:
        """No more reading."""
        self.show(False)
        self.endWanted.emit()

    def _use(self, manner: Manner) -> None:
        self._desk.session = replace(self._desk.session, manner=manner)
        self.changed.emit()
        self.sampleWanted.emit()
