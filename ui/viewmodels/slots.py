"""Choosing a time (预约): days, the times of one day, and a slot held at the central server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.counter import booking
from kiosk.domain.counter.booking import bookable_days, open_slots
from kiosk.domain.questions.wording import say_date, say_day, say_weekday
from kiosk.errors import CentralUnreachable, CounterRefusal
from ui.desk import Backstage, Desk

if TYPE_CHECKING:
    from kiosk.domain.counter.booking import Hold
    from ui.form import Form

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

Slots = tuple[booking.Slot, ...]


@QmlElement
@QmlUncreatable("part of the question screen")
class SlotsPart(QObject):
    """The times of one hall. What is chosen is held for this form at once, or, without a
    connection, asked for and confirmed later."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        form: Form,
        ask: Callable[..., None],
        give: Callable[[str | None], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form = form
        self._item_id = str(form.walk.facts["item_id"])
        self._division = str(form.walk.facts["division"])
        self._ask = ask
        self._give = give
        self._slots: Slots = ()
        self._day: date | None = None
        self._chosen = str(form.walk.answers.get("slot", ""))
        self._picking = bool(self._chosen)
        self._offline = False
        self._busy = False
        self._problem = ""
        self._look()

    def _look(self) -> None:
        item_id, division, today = self._item_id, self._division, self._form.today
        directory = self._desk.catalogue.directory

        def look(backstage: Backstage) -> tuple[Slots, bool]:
            try:
                return backstage.counter.slots(item_id, division), False
            except CentralUnreachable:
                days = bookable_days(backstage.workdays, today)
                return tuple(open_slots(directory, division, days)), True

        self._busy = True
        self._ask(look, self._show)

    def _show(self, answer: tuple[Slots, bool]) -> None:
        self._slots, self._offline = answer
        self._busy = False
        if self._day is None:
            self._day = next((slot.day for slot in self._slots if slot.id == self._chosen), None)
        self._picking = self._picking and self._day is not None
        self.changed.emit()

    @Property(bool, notify=changed)
    def picking(self) -> bool:
        """Whether the times of a day are shown; the days are, before."""
        return self._picking

    @Property(str, notify=changed)
    def day(self) -> str:
        """The day whose times are shown."""
        return say_day(self._day, self._desk.session.language) if self._day else ""

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether the central server is being asked."""
        return self._busy

    @Property(str, notify=changed)
    def hall(self) -> str:
        """Which hall, and where: the one of the day whose times are shown; before, of the first
        day that can be chosen."""
        first = next((slot.day for slot in self._slots), self._form.today)
        day = self._day if self._picking and self._day else first
        hall = self._desk.catalogue.directory.hall(self._division, day)
        return f"{hall.name} · {hall.address}" if hall else ""

    @Property(str, notify=changed)
    def notice(self) -> str:
        """What must be known: that a time has gone, that there is none, or that nobody could be
        asked."""
        say = self._desk.words.say
        if self._problem:
            return say(f"errors.{self._problem}")
        if not self._slots and not self._busy:
            return say("counter.slot.none")
        return say("counter.offline.slots") if self._offline else ""

    @Property("QVariantList", notify=changed)
    def days(self) -> list[dict[str, object]]:
        """The days to choose from: iso, label, day, weekday, free (anything left), chosen."""
        language = self._desk.session.language
        return [
            {
                "iso": day.isoformat(),
                "label": say_day(day, language),
                "day": say_date(day, language),
                "weekday": say_weekday(day, language),
                "free": any(slot.left != 0 for slot in self._slots if slot.day == day),
                "chosen": day == self._day,
            }
            for day in dict.fromkeys(slot.day for slot in self._slots)
        ]

    @Property("QVariantList", notify=changed)
    def times(self) -> list[dict[str, object]]:
        """The times of the chosen day: id, label, note, free, chosen."""
        return [
            {
                "id": slot.id,
                "label": f"{slot.start:%H:%M}",
                "note": self._left(slot),
                "free": slot.left != 0 or slot.id == self._chosen,
                "chosen": slot.id == self._chosen,
            }
            for slot in self._slots
            if slot.day == self._day
        ]

    def _left(self, slot: booking.Slot) -> str:
        say = self._desk.words.say
        if slot.left is None:
            return ""
        return say("counter.slot.left", count=slot.left) if slot.left else say("counter.slot.full")

    @Slot(str)
    def showDay(self, iso: str) -> None:
        """Show the times of a day."""
        self._day, self._picking = date.fromisoformat(iso), True
        self.changed.emit()

    @Slot()
    def otherDay(self) -> None:
        """Show the days again."""
        self._picking = False
        self.changed.emit()

    @Slot(str)
    def choose(self, slot: str) -> None:
        """A time has been touched: hold it."""
        if self._busy:
            return
        self._problem, self._chosen = "", slot
        if self._offline:
            self._give(slot)
            self.changed.emit()
            return
        item_id, division = self._item_id, self._division
        submission = self._form.draft.id
        self._busy = True
        self._give(None)
        self.changed.emit()
        self._ask(
            lambda backstage: backstage.counter.hold(item_id, division, slot, submission),
            self._held,
            self._failed,
        )

    def _held(self, hold: Hold) -> None:
        self._busy = False
        self._form.held_until = hold.until
        self._give(hold.slot)
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, CentralUnreachable):
            self._offline = True
            self._form.held_until = None
            self._give(self._chosen)
        elif isinstance(error, CounterRefusal):
            self._problem, self._chosen = error.key, ""
            self._give(None)
            self._look()
        else:
            self._desk.navigator.trouble(error)
        self.changed.emit()
