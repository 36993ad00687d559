"""A year's holiday notice as it was published and typed off, and whether it can be right."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.domain.calendar.workdays import Workdays, YearTable

_SATURDAY = 5
_DECEMBER = 12
_LONGEST_HOLIDAY = 15
_FEWEST_OFF, _MOST_OFF = 20, 45
_STATUTORY_DAYS = 13
"""Since 2025 (国务院令第795号). A notice moves days but gives no more: so many working days of the
week are free, those worked on weekends taken off."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of a notice, from its first to its last day off."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Every day off."""
        return _days(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the State Council's office publishes for a year: holidays, and weekend days worked."""

    year: int
    source: str
    issued: date
    off: tuple[Holiday, ...]
    work: tuple[date, ...]

    @property
    def table(self) -> YearTable:
        """The notice as the calendar uses it."""
        off = frozenset(day for holiday in self.off for day in holiday.days)
        return YearTable(self.year, off, frozenset(self.work), self.source, self.issued)


def defects(notice: Notice) -> tuple[str, ...]:
    """Why the notice cannot be right, one line each; none if it can."""
    wrong_holidays = tuple(_wrong_holidays(notice.off))
    if wrong_holidays:
        return wrong_holidays
    return tuple(_wrong_days(notice))


def doubts(notice: Notice, lunar: frozenset[date]) -> tuple[str, ...]:
    """What to compare with the published notice once more, one line each. `lunar` are statutory
    holidays as in `Workdays`."""
    table = notice.table
    law = Workdays({}, lunar)
    told = [
        f"{day} is a statutory holiday, but no day off"
        for day in _days(date(notice.year, 1, 1), date(notice.year, 12, 31))
        if law.is_statutory(day) and day not in table.off
    ]
    free = sum(day.weekday() < _SATURDAY for day in table.off) - len(table.work)
    if free != _STATUTORY_DAYS:
        told.append(
            f"{free} more days are free than weekends give; the law gives {_STATUTORY_DAYS}"
        )
    return tuple(told)


def _wrong_holidays(holidays: tuple[Holiday, ...]) -> Iterator[str]:
    for holiday in holidays:
        length = (holiday.last - holiday.first).days + 1
        if length < 1:
            yield f"{holiday.name}: ends before it begins"
        elif length > _LONGEST_HOLIDAY:
            yield f"{holiday.name}: {length} days long"


def _wrong_days(notice: Notice) -> Iterator[str]:
    off = Counter(day for holiday in notice.off for day in holiday.days)
    work = Counter(notice.work)
    days = sorted(off.keys() | work.keys())
    if strange := [day for day in days if not _may_move(notice.year, day)]:
        more = f", nor do {len(strange) - 1} more days" if strange[1:] else ""
        yield f"{strange[0]} does not lie in {notice.year}{more}"
    for day in days:
        if off[day] > 1:
            yield f"{day} is a day off twice"
        elif work[day] > 1:
            yield f"{day} is worked twice"
        elif work[day] and (off[day] or day.weekday() < _SATURDAY):
            reason = "a day off" if off[day] else "no weekend day"
            yield f"{day} cannot be a swapped working day: it is {reason}"
    if not _FEWEST_OFF <= off.total() <= _MOST_OFF:
        yield f"{off.total()} days off: a notice has {_FEWEST_OFF} to {_MOST_OFF}"
    if notice.issued.year not in (notice.year - 1, notice.year):
        yield f"issued {notice.issued}: neither in {notice.year} nor in the year before"
    if not notice.source.strip():
        yield "source: is blank"


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(n) for n in range((last - first).days + 1))


def _may_move(year: int, day: date) -> bool:
    """Whether a notice for `year` can say anything of `day`; see `YearTable`."""
    return day.year == year or (day.year, day.month) == (year - 1, _DECEMBER)
