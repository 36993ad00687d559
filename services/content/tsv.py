"""Reading tables of `resources/`: tab-separated UTF-8, the first line names the columns.

A byte-order mark and CRLF line ends are tolerated; nothing else is. Every complaint is a
`ContentError` whose message reads `<file>:<line>: <column>: <what is wrong>`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ContentError

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NONE = "无"
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `line` counts from 1, the header included."""

    file: Path
    line: int
    columns: dict[str, int]
    cells: list[str]

    def error(self, column: str, problem: str) -> ContentError:
        """A `ContentError` that names file, line and column, for the caller to raise."""
        return ContentError(f"{self.file}:{self.line}: {column}: {problem}")

    def text(self, column: str) -> str:
        """The cell. Raises `ContentError` if it is blank."""
        cell = self.cells[self.columns[column]]
        if not cell or cell.isspace():
            raise self.error(column, "is blank")
        return cell

    def optional(self, column: str) -> str:
        """The cell, which may be empty."""
        return self.cells[self.columns[column]]

    def given(self, column: str) -> str:
        """The cell, empty where it says `无`. Raises `ContentError` if it is blank."""
        cell = self.text(column)
        return "" if cell == _NONE else cell

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """The cell, which must be one of `allowed`."""
        cell = self.cells[self.columns[column]]
        if cell not in allowed:
            raise self.error(column, f"{cell!r} is not one of {'、'.join(allowed)}")
        return cell

    def yes_no(self, column: str) -> bool:
        """是 or 否."""
        return self.one_of(column, ("是", "否")) == "是"

    def count(self, column: str) -> int:
        """A whole number, zero or more, in ASCII digits."""
        cell = self.cells[self.columns[column]]
        if not (cell.isascii() and cell.isdigit() and len(cell) <= _MOST_DIGITS):
            raise self.error(column, f"{cell!r} is not a whole number, zero or more")
        return int(cell)

    def parts(self, column: str, separator: str) -> tuple[str, ...]:
        """A list inside the cell: at least one part, none of them blank; `无` is the empty list."""
        cell = self.text(column)
        if cell == _NONE:
            return ()
        parts = tuple(cell.split(separator))
        if any(not part or part.isspace() for part in parts):
            raise self.error(column, f"has an empty part between {separator!r}")
        return parts


def read_table(file: Path, header: Sequence[str]) -> list[Row]:
    """The rows of `file`, whose columns must be exactly `header`, in that order.

    Raises `ContentError`: no such file, unreadable, not UTF-8, control characters, wrong header,
    wrong number of columns, no row at all.
    """
    lines = _lines(file)
    names = lines[0].split("\t")
    if names != list(header):
        raise ContentError(f"{file}:1: {_header_problem(names, header)}")
    columns = {name: position for position, name in enumerate(header)}
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(header):
            column = header[min(len(cells), len(header) - 1)]
            raise ContentError(
                f"{file}:{number}: {column}: {len(cells)} columns instead of {len(header)}"
            )
        rows.append(Row(file, number, columns, cells))
    if not rows:
        raise ContentError(f"{file}:2: {header[0]}: no rows")
    return rows


def unique(rows: Sequence[Row], column: str) -> None:
    """Raises `ContentError` at the first row whose `column` repeats an earlier one's."""
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.text(column), row.line)
        if first != row.line:
            raise row.error(column, f"{row.text(column)!r} stands in line {first} already")


def _lines(file: Path) -> list[str]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ContentError(f"{file}: cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _at(file, data[: error.start].decode("utf-8"), "is not UTF-8") from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    control = _CONTROL.search(text)
    if control:
        problem = f"has a control character (U+{ord(control.group()):04X})"
        raise _at(file, text[: control.start()], problem)
    return text.removesuffix("\n").split("\n")


def _at(file: Path, before: str, problem: str) -> ContentError:
    """The error at the place that comes after the text `before`."""
    line = before.count("\n") + 1
    position = before.rpartition("\n")[2].count("\t")
    names = before.partition("\n")[0].removeprefix("\ufeff").rstrip("\r").split("\t")
    column = names[position] if line > 1 and position < len(names) else f"column {position + 1}"
    return ContentError(f"{file}:{line}: {column}: {problem}")


def _header_problem(names: Sequence[str], header: Sequence[str]) -> str:
    for position, wanted in enumerate(header):
        found = names[position] if position < len(names) else ""
        if found != wanted:
            return f"{wanted}: column {position + 1} is named {found!r}"
    return f"{names[len(header)]}: unknown column"
