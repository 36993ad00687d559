"""Appointments (预约): the slots of a hall's days. The central server holds their capacity."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.domain.calendar.workdays import Workdays
from kiosk.domain.catalogue.places import Directory, Hall


class BookingState(StrEnum):
    """How an appointment stands once the centre has it. `BOOKED`: it holds. `FULL`: asked for
    offline, and nothing was left of the slot; another time is found by telephone or at a kiosk."""

    BOOKED = "booked"
    FULL = "full"


SLOT = timedelta(minutes=30)
NOON, AFTERNOON = time(12), time(13)
"""Between them the windows are closed."""
DAYS_AHEAD = 10
"""Working days that can be booked, from the next one on."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Half an hour of one day. `left` is how many can still come; None where nobody could be asked:
    then a booking is a request, confirmed later."""

    day: date
    start: time
    left: int | None = None

    @property
    def id(self) -> str:
        """`2026-11-25T09:00`, local time of the hall."""
        return f"{self.day.isoformat()}T{self.start:%H:%M}"


@dataclass(frozen=True, slots=True)
class Hold:
    """A slot kept for one form until `until`; nobody else gets it meanwhile."""

    slot: str
    until: datetime


def slots_of(day: date, opens: time, closes: time) -> tuple[Slot, ...]:
    """Every half hour of a day from `opens` to `closes` that does not run into the noon's rest."""
    at, end = datetime.combine(day, opens), datetime.combine(day, closes)
    noon, afternoon = datetime.combine(day, NOON), datetime.combine(day, AFTERNOON)
    found = []
    while at + SLOT <= end:
        if at + SLOT <= noon or at >= afternoon:
            found.append(Slot(day, at.time()))
        at += SLOT
    return tuple(found)


def open_slots(directory: Directory, division: str, days: Iterable[date]) -> dict[Slot, Hall]:
    """Every slot of a division on `days`, in order, with the hall that the division has on that
    day. A day without a hall has none."""
    return {
        slot: hall
        for day in days
        if (hall := directory.hall(division, day)) is not None
        for slot in slots_of(day, time.fromisoformat(hall.opens), time.fromisoformat(hall.closes))
    }


def bookable_days(workdays: Workdays, today: date, count: int = DAYS_AHEAD) -> tuple[date, ...]:
    """The next `count` working days after `today`."""
    days: list[date] = []
    day = today
    while len(days) < count:
        day = workdays.first_from(day + timedelta(days=1)).day
        days.append(day)
    return tuple(days)
