"""The hall the kiosk stands in, as the frame names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.session.session import in_hours
from kiosk.domain.words import Language

if TYPE_CHECKING:
    from kiosk.domain.calendar.workdays import Workdays
    from ui.desk import Desk

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("part of the shell")
class HallViewModel(QObject):
    """Its names in the citizen's language, its windows' hours, and the time."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._hall = desk.first.settings.hall
        self._workdays: Workdays | None = None
        self._time = ""
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tell_time)
        self._tell_time()
        self._clock.start()

    @Property(str, notify=changed)
    def name(self) -> str:
        """The hall's name."""
        return self._hall.name if self._chinese else self._hall.name_en

    @Property(str, notify=changed)
    def room(self) -> str:
        """The self-service room's name."""
        return self._hall.room if self._chinese else self._hall.room_en

    @Property(str, notify=changed)
    def window(self) -> str:
        """Where the 办不成事 window is."""
        return self._hall.window if self._chinese else self._hall.window_en

    @Property(str, notify=changed)
    def hours(self) -> str:
        """The windows' hours."""
        return f"{self._hall.open_from}–{self._hall.open_until}"

    @Property(str, notify=changed)
    def time(self) -> str:
        """The time of day, `HH:MM`."""
        return self._time

    @Property(str, notify=changed)
    def staffed(self) -> str:
        """`open`, `closed`, or empty while the calendar is not read yet."""
        if self._workdays is None:
            return ""
        workday = self._workdays.is_workday(self._desk.first.clock.now().date())
        there = in_hours(self._hall.open_from, self._hall.open_until, workday, self._time)
        return "open" if there else "closed"

    def calendar_ready(self, workdays: Workdays) -> None:
        """It can be told whether anybody is at the windows."""
        self._workdays = workdays
        self.changed.emit()

    @property
    def _chinese(self) -> bool:
        return self._desk.session.language is Language.ZH

    @Slot()
    def _tell_time(self) -> None:
        time = f"{self._desk.first.clock.now():%H:%M}"
        if time != self._time:
            self._time = time
            self.changed.emit()
