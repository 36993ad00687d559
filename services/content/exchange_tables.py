"""Reading the files of a national exchange: CSV or JSON, in UTF-8 or GB 18030, row by row.

CSV is `task.csv` in a folder (or any one CSV file) and, beside it, joined to it by `task_guid`,
`material.csv` and `question.csv`. JSON is a list of objects with nested `materials` and
`questions`. Cells are text here; what they mean is the business of `exchange_entry`.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ContentError
from services.content.exchange_codes import (
    MATERIAL_COLUMNS,
    QUESTION_COLUMNS,
    SYNONYMS,
    TASK_COLUMNS,
)
from services.content.office import read_csv, read_office_text

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one table. `row` counts as a spreadsheet does (the header is 1), in JSON the
    objects from 1. With `problems` the cells are what could be read of them."""

    file: str
    row: int
    cells: Mapping[str, str]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A service item's row with the rows that belong to it; None where the source says nothing."""

    record: Record
    materials: tuple[Record, ...] | None
    questions: tuple[Record, ...] | None


@dataclass(frozen=True, slots=True)
class Tables:
    """What a source holds. `strays` are materials and questions without a task."""

    tasks: tuple[Task, ...]
    strays: tuple[Record, ...]
    warnings: tuple[str, ...]


def read_tables(source: Path) -> Tables:
    """The tables of a folder or file.

    Raises `ContentError`, with file and place: cannot be read, no such table, a column that stands
    twice, not JSON, no list.
    """
    if source.suffix.lower() == ".json":
        return _from_json(source)
    return _from_csv(source / "task.csv" if source.is_dir() else source)


def item_id(guid: str) -> str:
    """The id of the item with this `row_guid`. A GUID goes without its hyphens: with them it is
    longer than an item's id may be on the wire (32)."""
    return guid.replace("-", "").lower() if _GUID.fullmatch(guid) else guid


def _from_csv(file: Path) -> Tables:
    tasks, warnings = _csv_records(file, TASK_COLUMNS)
    known = {_owner(record, "row_guid") for record in tasks} - {""}
    owned: list[Mapping[str, tuple[Record, ...]]] = []
    strays: list[Record] = []
    for name, columns in (("material.csv", MATERIAL_COLUMNS), ("question.csv", QUESTION_COLUMNS)):
        beside = file.with_name(name)
        records, told = _csv_records(beside, columns) if beside.exists() else ([], [])
        warnings += told
        by_task: defaultdict[str, tuple[Record, ...]] = defaultdict(tuple)
        for record in records:
            by_task[_owner(record, "task_guid")] += (record,)
        lost = tuple(record for record in by_task.get("", ()) if record.problems)
        for guid, of_one in by_task.items():
            if guid not in known:
                strays += of_one
        # Whose a broken row is cannot be known: no task may go without what it says.
        owned.append({guid: by_task.get(guid, ()) + lost for guid in known})
    materials, questions = owned
    return Tables(
        tuple(
            Task(record, materials.get(guid) or None, questions.get(guid) or None)
            for record in tasks
            for guid in [_owner(record, "row_guid")]
        ),
        tuple(strays),
        tuple(warnings),
    )


def _owner(record: Record, column: str) -> str:
    return item_id(record.cells.get(column, "").strip())


def _csv_records(file: Path, known: frozenset[str]) -> tuple[list[Record], list[str]]:
    rows = read_csv(file)
    header = next(rows, [])
    if isinstance(header, str):
        raise ContentError(f"{file}:1: {header}")
    names = [_column(cell) or f"column {n}" for n, cell in enumerate(header, start=1)]
    for name in names:
        if names.count(name) > 1:
            raise ContentError(f"{file}:1: {name}: this column stands twice")
    records = [
        Record(file.name, number, {}, (row,))
        if isinstance(row, str)
        else _csv_record(file.name, number, names, row)
        for number, row in enumerate(rows, start=2)
        if isinstance(row, str) or any(cell.strip() for cell in row)
    ]
    warnings = [_unknown(file.name, name) for name in names if name not in known]
    return records, warnings if records else [*warnings, f"{file.name}: no rows"]


def _csv_record(file: str, number: int, names: Sequence[str], row: Sequence[str]) -> Record:
    cells = dict(zip(names, row, strict=False))
    problems = list(_unfit(cells))
    if len(row) != len(names):
        problems.insert(0, f"{len(row)} cells instead of {len(names)}")
    return Record(file, number, cells, tuple(problems))


def _from_json(file: Path) -> Tables:
    try:
        objects = json.loads(read_office_text(file))
    except json.JSONDecodeError as error:
        raise ContentError(f"{file}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise ContentError(f"{file}: not JSON: {error}") from error
    if not isinstance(objects, list):
        raise ContentError(f"{file}:1: not a list of objects")
    tasks = tuple(_json_task(file.name, number, one) for number, one in enumerate(objects, start=1))
    unknown: dict[str, None] = {}
    for task in tasks:
        for records, known in (
            ((task.record,), TASK_COLUMNS),
            (task.materials or (), MATERIAL_COLUMNS),
            (task.questions or (), QUESTION_COLUMNS),
        ):
            for record in records:
                names = (name for name in record.cells if name not in known)
                unknown |= {_unknown(record.file, name): None for name in names}
    return Tables(tasks, (), tuple(unknown) if tasks else (f"{file.name}: no rows",))


def _json_task(file: str, number: int, value: object) -> Task:
    nested = {"materials": None, "questions": None}
    problems: list[str] = []
    parts: dict[str, tuple[Record, ...] | None] = dict(nested)
    if isinstance(value, dict):
        parts = {name: _json_part(name, value.get(name), problems) for name in nested}
        value = {name: cell for name, cell in value.items() if name not in nested}
    record = _json_record(file, number, value, problems)
    return Task(record, parts["materials"], parts["questions"])


def _json_part(name: str, value: object, problems: list[str]) -> tuple[Record, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        problems.append(f"{name}: not a list")
        return None
    return tuple(_json_record(name, number, one, []) for number, one in enumerate(value, start=1))


def _json_record(file: str, number: int, value: object, problems: Sequence[str]) -> Record:
    if not isinstance(value, dict):
        return Record(file, number, {}, (*problems, "not an object"))
    cells: dict[str, str] = {}
    wrong = list(problems)
    for key, content in value.items():
        name = _column(key)
        if name in cells:
            wrong.append(f"{_shown(name)}: stands twice")
        text = _json_cell(content)
        if text is None:
            wrong.append(f"{_shown(name)}: neither text nor number")
        cells[name] = text or ""
    return Record(file, number, cells, (*wrong, *_unfit(cells)))


def _json_cell(value: object) -> str | None:
    """The cell as text; a list is one line each, None what is no cell."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case str():
            return value
        case int() | float():
            return str(value)
        case list() if all(isinstance(each, str) for each in value):
            return "\n".join(value)
        case _:
            return None


def _unfit(cells: Mapping[str, str]) -> Iterator[str]:
    for name, cell in cells.items():
        found = _UNFIT.search(name) or _UNFIT.search(cell)
        if found and found.group() == "\ufffd":
            yield f"{_shown(name)}: malformed encoding, neither UTF-8 nor GB 18030"
        elif found:
            yield f"{_shown(name)}: has a control character (U+{ord(found.group()):04X})"


def _column(name: str) -> str:
    name = name.strip().lower()
    return SYNONYMS.get(name, name)


def _unknown(file: str, column: str) -> str:
    return f"{file}: {_shown(column)}: unknown column, not read"


def _shown(name: str) -> str:
    return name if name.isprintable() else repr(name)
