"""Reading the cells of one row of an exchange table, collecting all that is wrong with them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from services.content.exchange_tables import Record

_SEVERAL = re.compile(r"[\^,，、;；\n]")
_BREAK = re.compile(r"[\r\n；;]+|→+|-+>|(?<=[。！？])")
_NUMBERING = re.compile(
    r"(?:[（(]\d{1,2}[)）]|\d{1,2}[)）.．、](?!\d)|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*"
)
_MARKUP = re.compile(r"</?[A-Za-z][^>]*>")
_MOST_DIGITS = 4
_QUOTED = 40
_T = TypeVar("_T")


class Cells:
    """The cells of a row, and in `reasons` all that is wrong with them. A cell that is wrong reads
    as some value of its type: a row with reasons is thrown away. `blank` is what a blank cell
    means; without it, it is wrong."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.reasons = list(record.problems)
        self._bad: set[str] = set()

    def wrong(self, column: str, problem: str) -> None:
        """Note that something is wrong; the same is noted once."""
        self._bad.add(column)
        reason = f"{column}: {problem}"
        if reason not in self.reasons:
            self.reasons.append(reason)

    def sound(self, *columns: str) -> bool:
        """Whether nothing is wrong with any of these columns so far."""
        return self._bad.isdisjoint(columns)

    def optional(self, column: str) -> str:
        """The cell, which may be empty, without blanks around it. Markup is wrong: a citizen would
        read it."""
        cell = self.record.cells.get(column, "").strip()
        if markup := _MARKUP.search(cell):
            self.wrong(column, f"has markup ({quoted(markup.group())})")
        return cell

    def text(self, column: str, blank: str = "") -> str:
        """The cell as one line."""
        cell = " ".join(self.optional(column).split()) or blank
        if not cell:
            self.wrong(column, "is blank")
        return cell

    def sentences(self, column: str) -> tuple[str, ...]:
        """The lines, sentences or steps of the cell, without their numbers; at least one."""
        parts = (
            _NUMBERING.sub("", part.strip(), count=1)
            for part in _BREAK.split(self.optional(column))
        )
        sentences = tuple(part for part in parts if part)
        if not sentences:
            self.wrong(column, "is blank")
        return sentences

    def count(self, column: str, blank: int | None = None) -> int:
        """A whole number, zero or more, in up to four ASCII digits."""
        cell = self.optional(column)
        if not cell and blank is not None:
            return blank
        if not (cell.isascii() and cell.isdigit() and len(cell) <= _MOST_DIGITS):
            self.wrong(column, f"{quoted(cell)} is not a whole number" if cell else "is blank")
            return 0
        return int(cell)

    def value(self, column: str, known: Mapping[str, _T], blank: _T | None = None) -> _T:
        """What the cell stands for in the value list `known`."""
        return self._known(column, self.optional(column), known, blank)

    def values(self, column: str, known: Mapping[str, _T]) -> tuple[_T, ...]:
        """What the cell stands for, one value or several, each once, in the order of the cell."""
        cell = self.optional(column)
        parts = [cell] if cell in known else [part.strip() for part in _SEVERAL.split(cell)]
        return tuple(dict.fromkeys(self._known(column, part, known, None) for part in parts))

    def day(self, column: str) -> date | None:
        """The day of a date or moment after GB/T 7408 (ISO 8601); None for a blank cell."""
        cell = self.optional(column)
        try:
            return datetime.fromisoformat(cell).date() if cell else None
        except ValueError:
            self.wrong(column, f"{quoted(cell)} is not a day, YYYY-MM-DD")
            return None

    def _known(self, column: str, cell: str, known: Mapping[str, _T], blank: _T | None) -> _T:
        if not cell and blank is not None:
            return blank
        if cell not in known:
            listed = "、".join(word for word in known if not word.isdigit())
            problem = f"{quoted(cell)} is not one of {listed}" if cell else "is blank"
            self.wrong(column, problem)
            return next(iter(known.values()))
        return known[cell]


def quoted(cell: str) -> str:
    """A cell, or the beginning of a long one, as a message shows it."""
    return repr(cell if len(cell) <= _QUOTED else cell[:_QUOTED] + "…")
