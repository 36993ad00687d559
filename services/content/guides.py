"""Reading `guides/*.toml`: what each item takes, and how people ask for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.domain.catalogue.guide import (
    CommonQuestion,
    DayUnit,
    Exemption,
    Guide,
    Material,
    MaterialForm,
    Need,
)
from kiosk.errors import ContentError
from services.content.read import read_toml
from services.content.strict import Table, converted

_PERIOD = re.compile(r"(0)|([1-9]\d{0,3})(工作日|自然日)")


class _MaterialTable(Table, frozen=True):
    name: str
    form: MaterialForm
    copies: int
    issuer: str
    need: Need = Need.REQUIRED
    exempt_by: Exemption = Exemption.NONE
    situation: str = ""


class _QuestionTable(Table, frozen=True):
    ask: str
    answer: str


class _GuideTable(Table, frozen=True):
    version: int
    conditions: list[str]
    steps: list[str]
    legal: str
    fee: str
    result: str
    delivery: str
    fields: list[str]
    said: list[str]
    materials: list[_MaterialTable]
    questions: list[_QuestionTable]


@dataclass(frozen=True, slots=True)
class Entry:
    """An item's guide, and the ways in which people ask for the item."""

    guide: Guide
    said: tuple[str, ...]


def read_guides(folder: Path) -> Mapping[str, Entry]:
    """Every guide of `folder` by item id. Raises `ContentError` that names file and item."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ContentError(f"{folder}: no guides")
    entries: dict[str, Entry] = {}
    for file in files:
        for item_id, table in read_toml(file).items():
            place = f"{file}: {item_id}"
            if item_id in entries:
                raise ContentError(f"{place}: this item has a guide already")
            entries[item_id] = _entry(table, place)
    return entries


def _entry(raw: dict[str, Any], place: str) -> Entry:
    table = converted(raw, _GuideTable, place)
    period = _PERIOD.fullmatch(table.legal)
    if period is None:
        raise ContentError(f"{place}: legal: {table.legal!r} is not 0, <n>工作日 or <n>自然日")
    guide = Guide(
        version=table.version,
        conditions=tuple(table.conditions),
        materials=tuple(
            Material(m.name, m.form, m.copies, m.issuer, m.need, m.exempt_by, m.situation)
            for m in table.materials
        ),
        steps=tuple(table.steps),
        legal_days=int(period[2] or 0),
        legal_unit=DayUnit(period[3] or DayUnit.WORKDAY),
        fee=table.fee,
        result=table.result,
        delivery=table.delivery,
        fields=tuple(table.fields),
        questions=tuple(CommonQuestion(q.ask, q.answer) for q in table.questions),
    )
    return Entry(guide, tuple(table.said))
