"""Working days of the mainland: weekends, statutory holidays and swapped days (调休)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class YearTable:
    """One year's notice: the days off, the weekend days worked, where it was published, and when."""

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
        raise NotImplementedError

    def add(self, start: date, days: int) -> "Due":
        """The `days`-th working day after `start` (days >= 1), e.g. Friday + 1 = Monday."""
        raise NotImplementedError

    def first_from(self, day: date) -> "Due":
        """`day` itself if it is a working day, else the next one."""
        raise NotImplementedError

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 if `end` is not later."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Due:
    """A computed day; `provisional` if some day counted lies in a year without a notice."""

    day: date
    provisional: bool
