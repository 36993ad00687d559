"""Appointments (预约): the slots of a hall's days. The central server holds their capacity."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.domain.calendar.workdays import Workdays


class BookingState(StrEnum):
    """How an appointment stands once the centre has it. `BOOKED`: it holds. `FULL`: asked for
    offline, and nothing was left of the slot; another time is found by telephone or at a kiosk."""

    BOOKED = "booked"
    FULL = "full"


SLOT = timedelta(minutes=30)
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


def slots_of(days: Iterable[date], opens: time, closes: time) -> tuple[Slot, ...]:
    """Every half hour of `days` between `opens` and `closes`, the hour from noon left out."""
    found = []
    for day in days:
        at = datetime.combine(day, opens)
        while at + SLOT <= datetime.combine(day, closes):
            if at.hour != 12:
                found.append(Slot(day, at.time()))
            at += SLOT
    return tuple(found)


def bookable_days(workdays: Workdays, today: date, count: int = DAYS_AHEAD) -> tuple[date, ...]:
    """The next `count` working days after `today`."""
    days: list[date] = []
    day = today
    while len(days) < count:
        day = workdays.first_from(day + timedelta(days=1)).day
        days.append(day)
    return tuple(days)
