"""Working days of the mainland: weekends, statutory holidays and swapped days (调休)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class YearTable:
    """One year's notice: days off, weekend days worked, where it was published, and when."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    source: str
    issued: date


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working-day calendar. Days in years without a notice follow weekends only and make a
    result provisional (暂定)."""

    years: Mapping[int, YearTable]

    def is_workday(self, day: date) -> bool:
        """Whether public offices work on `day`."""
        table = self.years.get(day.year)
        if table is not None and day in table.off:
            return False
        return day.weekday() < _SATURDAY or (table is not None and day in table.work)

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
