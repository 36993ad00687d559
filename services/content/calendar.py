"""Loading the working-day calendar: one file for each year's official notice."""

from datetime import date, timedelta
from pathlib import Path

from kiosk.domain.calendar.workdays import Workdays, YearTable
from kiosk.errors import ContentError
from services.content.read import read_toml
from services.content.strict import Table, converted


class _Span(Table, frozen=True):
    name: str
    first: date
    last: date


class _YearTable(Table, frozen=True):
    year: int
    source: str
    issued: date
    off: list[_Span]
    work: list[date]


def load_workdays(folder: Path) -> Workdays:
    """Every `<year>.toml` in `folder`. Raises `ContentError` that names the file and the place."""
    tables = [_load(file) for file in sorted(folder.glob("*.toml"))]
    if not tables:
        raise ContentError(f"{folder}: no calendar")
    return Workdays({table.year: table for table in tables})


def _load(file: Path) -> YearTable:
    table = converted(read_toml(file), _YearTable, str(file))
    if str(table.year) != file.stem:
        raise ContentError(f"{file}: year: is {table.year}")
    off: set[date] = set()
    for span in table.off:
        if span.last < span.first:
            raise ContentError(f"{file}: {span.name}: ends before it begins")
        off.update(span.first + timedelta(n) for n in range((span.last - span.first).days + 1))
    work = frozenset(table.work)
    for day in sorted(off | work):
        if day.year != table.year:
            raise ContentError(f"{file}: {day} does not lie in {table.year}")
    for day in sorted(work):
        if day in off or day.weekday() < 5:
            raise ContentError(f"{file}: {day} cannot be a swapped working day")
    return YearTable(table.year, frozenset(off), work, table.source, table.issued)
