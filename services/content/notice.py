"""A holiday notice as an operator types it off in a spreadsheet, and as the calendar keeps it.

The table has no header: the first cell says what a row is (`kiosk calendar import --help` shows
one). Dates are 2027-01-01, 2027/1/1 or 2027年1月1日. A holiday of one day needs no last day, and a
row of 上班 holds several days if need be.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.domain.calendar.notice import Holiday, Notice, defects
from services.content.office import read_csv

_DATE = re.compile(r"(\d{4})(?:-(\d\d?)-(\d\d?)|/(\d\d?)/(\d\d?)|年(\d\d?)月(\d\d?)日)", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
YEAR, SOURCE, ISSUED, OFF, WORK = "年份", "来源", "发布日期", "放假", "上班"
_ONCE = (YEAR, SOURCE, ISSUED)
_CELLS = {
    YEAR: range(1, 2),
    SOURCE: range(1, 2),
    ISSUED: range(1, 2),
    OFF: range(2, 4),
    WORK: range(1, 32),
}
"""How many cells may follow the first one."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was read: the notice, or why there is none, one line for each defect."""

    notice: Notice | None
    refused: tuple[str, ...]


def read_notice(file: Path) -> Typed:
    """The notice typed into a CSV file. Raises `ContentError` if the file cannot be read."""
    rows = _Rows()
    for number, row in enumerate(read_csv(file), start=1):
        try:
            rows.take(row)
        except ValueError as error:
            rows.refused.append(f"{file.name}:{number}: {error}")
    rows.refused += [f"{file.name}: no row {name}" for name in _ONCE if name not in rows.named]
    if rows.refused:
        return Typed(None, tuple(rows.refused))
    notice = Notice(rows.year, rows.source, rows.issued, tuple(rows.off), tuple(sorted(rows.work)))
    wrong = tuple(f"{file.name}: {defect}" for defect in defects(notice))
    return Typed(None if wrong else notice, wrong)


def as_toml(notice: Notice) -> str:
    """The notice as a file of the calendar."""
    spans = [
        f"  {{ name = {_text(each.name)}, first = {each.first}, last = {each.last} }},"
        for each in notice.off
    ]
    return "\n".join(
        [
            f"year = {notice.year}",
            f"source = {_text(notice.source)}",
            f"issued = {notice.issued}",
            "",
            "off = [",
            *spans,
            "]",
            f"work = [{', '.join(map(str, notice.work))}]",
            "",
        ]
    )


@dataclass(slots=True)
class _Rows:
    """What the rows have said so far."""

    year: int = 0
    source: str = ""
    issued: date = date.min
    off: list[Holiday] = field(default_factory=list)
    work: list[date] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)

    def take(self, row: list[str] | str) -> None:
        """One more row. Raises `ValueError` with what is wrong with it."""
        if isinstance(row, str):
            raise ValueError(row)
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        name, *rest = cells
        if name not in _CELLS:
            raise ValueError(f"{name!r} is none of {'、'.join(_CELLS)}")
        if name in _ONCE and name in self.named:
            raise ValueError(f"{name} stands twice")
        self.named.add(name)
        if len(rest) not in _CELLS[name]:
            wanted = " to ".join(str(n) for n in sorted({_CELLS[name][0], _CELLS[name][-1]}))
            raise ValueError(f"{name}: {wanted} cells are wanted after it, not {len(rest)}")
        if name == YEAR:
            self.year = _year(rest[0])
        elif name == SOURCE:
            self.source = _sound(rest[0])
        elif name == ISSUED:
            self.issued = _date(rest[0])
        elif name == OFF:
            first, last = _date(rest[1]), _date(rest[-1])
            self.off.append(Holiday(_sound(rest[0]), first, last))
        else:
            self.work += [_date(cell) for cell in rest]


def _year(cell: str) -> int:
    if found := _YEAR.fullmatch(cell):
        return int(found[1])
    raise ValueError(f"{cell!r} is no year")


def _date(cell: str) -> date:
    if found := _DATE.fullmatch(cell):
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValueError(f"there is no day {cell}") from error
    raise ValueError(f"{cell!r} is no date, e.g. 2027-01-01")


def _sound(cell: str) -> str:
    if not cell:
        raise ValueError("a blank cell")
    if not cell.isprintable() or "\ufffd" in cell:
        raise ValueError("malformed encoding or a control character")
    return cell


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
