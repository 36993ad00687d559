"""Loading the working-day calendar: one file for each year's official notice."""

from datetime import date
from pathlib import Path

from kiosk.domain.calendar.notice import Holiday, Notice, defects
from kiosk.domain.calendar.workdays import Workdays, YearTable
from kiosk.errors import ContentError
from services.content.read import read_toml
from services.content.strict import Table, converted

_LUNAR = "lunar.toml"


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


class _Lunar(Table, frozen=True):
    source: str
    issued: date
    off: list[_Span]


def load_workdays(folder: Path, own: Path | None = None) -> Workdays:
    """Every `<year>.toml` in `folder` and in the operator's `own`, whose years win where there is
    such a folder. Raises `ContentError` that names the file and the place."""
    tables = [_load(file) for file in sorted(folder.glob("*.toml")) if file.name != _LUNAR]
    if not tables:
        raise ContentError(f"{folder}: no calendar")
    if own is not None:
        tables += [_load(file) for file in sorted(own.glob("*.toml"))]
    return Workdays({table.year: table for table in tables}, load_lunar(folder))


def load_lunar(folder: Path) -> frozenset[date]:
    """The statutory holidays of years to come that have no fixed date; none where the file is
    missing. Raises `ContentError`."""
    file = folder / _LUNAR
    if not file.exists():
        return frozenset()
    table = converted(read_toml(file), _Lunar, str(file))
    return frozenset(day for holiday in _holidays(table.off) for day in holiday.days)


def _load(file: Path) -> YearTable:
    table = converted(read_toml(file), _YearTable, str(file))
    if str(table.year) != file.stem:
        raise ContentError(f"{file}: year: is {table.year}")
    work = tuple(table.work)
    notice = Notice(table.year, table.source, table.issued, _holidays(table.off), work)
    if wrong := defects(notice):
        raise ContentError(f"{file}: {wrong[0]}")
    return notice.table


def _holidays(spans: list[_Span]) -> tuple[Holiday, ...]:
    return tuple(Holiday(span.name, span.first, span.last) for span in spans)
