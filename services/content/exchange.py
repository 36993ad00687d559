"""Taking over service items from the national platform's exchange tables.

A row is taken whole or not at all: one that cannot be used is refused with every reason there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.domain.catalogue.model import Edition
from services.content.exchange_cells import Cells, quoted
from services.content.exchange_codes import FORM_CODES_IN_DOUBT
from services.content.exchange_entry import read_entry
from services.content.exchange_tables import Task, read_tables

_LONGEST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken, and all that is wrong with it. `row` counts as a spreadsheet does
    (the header is 1), in JSON the objects from 1."""

    file: str
    row: int
    row_guid: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        """One line."""
        return f"{self.file}:{self.row}: {self.row_guid or '(none)'}: {'; '.join(self.reasons)}"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a source. `edition` is the base with the rows taken, under its number and
    date; `taken` are the ids of these, in the order of the source; `warnings` concern no single
    row."""

    edition: Edition
    taken: tuple[str, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[str, ...]


def import_items(source: Path, base: Edition, today: date) -> Imported:
    """Take over what `source` (a folder, a CSV or a JSON file) holds: rows replace the item of
    `base` with their id, or come after its items. `today` decides what is in force.

    Raises `ContentError` only where a file as a whole cannot be read; see `read_tables`.
    """
    tables = read_tables(source)
    items, guides = dict(base.items), dict(base.guides)
    names = {item.name: item.id for item in items.values()}
    rows: dict[str, int] = {}
    taken: list[str] = []
    refused: list[Refusal] = []
    for task in tables.tasks:
        cells = Cells(task.record)
        item, guide = read_entry(cells, task, base, today)
        first = rows.setdefault(item.id, task.record.row)
        if item.id and first != task.record.row:
            cells.wrong("row_guid", f"stands in row {first} already")
        if item.name and names.get(item.name, item.id) != item.id:
            cells.wrong("task_name", f"{names[item.name]} has this name")
        if cells.reasons:
            refused.append(_refusal(cells))
            continue
        if item.id in items:
            names.pop(items[item.id].name, None)
        names[item.name] = item.id
        items[item.id], guides[item.id] = item, guide
        taken.append(item.id)
    for stray in tables.strays:
        cells = Cells(stray)
        cells.wrong("task_guid", f"{quoted(cells.optional('task_guid'))} is no task's row_guid")
        refused.append(_refusal(cells))
    return Imported(
        edition=replace(base, items=items, guides=guides),
        taken=tuple(taken),
        refused=tuple(refused),
        warnings=(*tables.warnings, *_doubts(tables.tasks)),
    )


def _doubts(tasks: Iterable[Task]) -> tuple[str, ...]:
    coded = any(
        material.cells.get("material_type", "").strip().isdigit()
        for task in tasks
        for material in task.materials or ()
    )
    return (FORM_CODES_IN_DOUBT,) if coded else ()


def _refusal(cells: Cells) -> Refusal:
    record = cells.record
    guid = record.cells.get("row_guid", "").strip()
    shown = guid if guid.isprintable() else repr(guid)
    return Refusal(record.file, record.row, shown[:_LONGEST_SHOWN], tuple(cells.reasons))
