"""Working days of the mainland: weekends, statutory holidays and swapped days (调休)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the statutory holidays of fixed date: 元旦, 劳动节, 国庆节."""


@dataclass(frozen=True, slots=True)
class YearTable:
    """One year's notice: days off, weekend days worked, where it was published, and when. Some of
    the days may lie in the December before: the New Year's holiday is moved over it."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    source: str
    issued: date


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working-day calendar.

    In a year without a notice weekends and the statutory holidays themselves are free: those of
    fixed date in every year, those of the lunar calendar and 清明节 as far as `lunar` goes. Nothing
    is known there of swapped days (调休), so such a day makes a result provisional (暂定).
    """

    years: Mapping[int, YearTable]
    lunar: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether public offices work on `day`."""
        for year in (day.year, day.year + 1):
            table = self.years.get(year)
            if table is not None and day in table.off:
                return False
            if table is not None and day in table.work:
                return True
        guessed_off = day.year not in self.years and self.is_statutory(day)
        return day.weekday() < _SATURDAY and not guessed_off

    def is_statutory(self, day: date) -> bool:
        """Whether the law makes `day` a holiday, whatever a notice adds or moves."""
        return (day.month, day.day) in _FIXED or day in self.lunar

    def add(self, start: date, days: int) -> "Due":
        """The `days`-th working day after `start` (days >= 1), e.g. Friday + 1 = Monday."""
        if days < 1:
            raise ValueError("days must be 1 or more")
        day = start
        for _ in range(days):
            day = self._workday_from(day + _DAY)
        return self._due(start + _DAY, day)

    def first_from(self, day: date) -> "Due":
        """`day` itself if it is a working day, else the next one."""
        return self._due(day, self._workday_from(day))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 if `end` is not later."""
        days = (start + _DAY * n for n in range(1, (end - start).days + 1))
        return sum(self.is_workday(day) for day in days)

    def _workday_from(self, day: date) -> date:
        while not self.is_workday(day):
            day += _DAY
        return day

    def _due(self, first: date, last: date) -> "Due":
        covered = all(year in self.years for year in range(first.year, last.year + 1))
        return Due(last, provisional=not covered)


@dataclass(frozen=True, slots=True)
class Due:
    """A computed day; `provisional` if some day counted lies in a year without a notice."""

    day: date
    provisional: bool
