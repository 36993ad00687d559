"""Reading `divisions.tsv`: the province's divisions down to county level (GB/T 2260)."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from kiosk.domain.catalogue.model import Division
from kiosk.errors import ContentError
from services.content.tsv import Row, read_table, unique

HEADER = ("code", "name", "level", "type", "parent_code", "full_name")
LEVELS = {"省级": 1, "地级": 16, "县级": 104}
"""How many divisions of each level the province has; the order is the order of rank."""
_PARENT_LEVEL = {"地级": "省级", "县级": "地级"}
_TYPES = {"省级": ("省",), "地级": ("地级市",), "县级": ("市辖区", "县级市", "县")}
_CODE_DIGITS = 6


def read_divisions(file: Path) -> Mapping[str, Division]:
    """The divisions by code, in the order of the file. Raises `ContentError`."""
    rows = read_table(file, HEADER)
    unique(rows, "code")
    divisions = {division.code: division for division in map(_division, rows)}
    for row in rows:
        _check_parent(row, divisions)
    found = Counter(division.level for division in divisions.values())
    for level, wanted in LEVELS.items():
        if found[level] != wanted:
            raise ContentError(
                f"{file}:{rows[-1].line}: level: {found[level]} divisions are {level}, not {wanted}"
            )
    return divisions


def _division(row: Row) -> Division:
    code = row.text("code")
    if not (len(code) == _CODE_DIGITS and code.isascii() and code.isdigit()):
        raise row.error("code", f"{code!r} is not six digits")
    level = row.one_of("level", LEVELS)
    return Division(
        code=code,
        name=row.text("name"),
        level=level,
        type=row.one_of("type", _TYPES[level]),
        parent=row.optional("parent_code"),
        full_name=row.text("full_name"),
    )


def _check_parent(row: Row, divisions: Mapping[str, Division]) -> None:
    division = divisions[row.text("code")]
    wanted = _PARENT_LEVEL.get(division.level)
    if wanted is None:
        if division.parent:
            raise row.error("parent_code", "the province has no parent")
        return
    parent = divisions.get(division.parent)
    if parent is None:
        raise row.error("parent_code", f"no division has the code {division.parent!r}")
    if parent.level != wanted:
        raise row.error("parent_code", f"{parent.name} is {parent.level}, not {wanted}")
    if division.full_name != parent.full_name + division.name:
        raise row.error("full_name", f"is not {parent.full_name + division.name!r}")
