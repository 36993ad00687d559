"""An item's guide (办事指南): everything a citizen must know before setting out (一次性告知).

Fields after GB/T 39554.2 and the national exchange tables; wording is demonstration data.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class MaterialForm(StrEnum):
    """In which form a material is wanted (材料类型)."""

    ORIGINAL = "原件"
    COPY = "复印件"
    BOTH = "原件和复印件"
    ELECTRONIC = "电子件"


class Need(StrEnum):
    """How necessary a material is (材料必要性)."""

    REQUIRED = "必要"
    OPTIONAL = "非必要"
    LATER = "容缺后补"


class Exemption(StrEnum):
    """What spares the citizen a material (免提交): an electronic licence, shared data, a
    promise."""

    NONE = ""
    LICENCE = "电子证照"
    SHARED = "数据共享"
    PROMISE = "告知承诺"


class DayUnit(StrEnum):
    """What a period is counted in (时限单位)."""

    WORKDAY = "工作日"
    DAY = "自然日"


@dataclass(frozen=True, slots=True)
class Material:
    """One thing to bring. `issuer` is who issues it, `situation` when it is wanted (empty: always),
    `copies` how many."""

    name: str
    form: MaterialForm
    copies: int
    issuer: str
    need: Need = Need.REQUIRED
    exempt_by: Exemption = Exemption.NONE
    situation: str = ""


@dataclass(frozen=True, slots=True)
class CommonQuestion:
    """What people ask about an item, and the answer."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What an item takes. `legal_days` in `legal_unit` (0: on the spot) is never less than the
    item's promised days; `fields` are the ids of the questions its form asks besides the common
    ones; `version` counts the guide's own changes, from 1.
    """

    version: int
    conditions: tuple[str, ...]
    materials: tuple[Material, ...]
    steps: tuple[str, ...]
    legal_days: int
    legal_unit: DayUnit
    fee: str
    result: str
    delivery: str
    fields: tuple[str, ...]
    questions: tuple[CommonQuestion, ...]

    def wording(self) -> Iterator[str]:
        """Its texts, as screens show them."""
        yield from (*self.conditions, *self.steps, self.fee, self.result, self.delivery)
        for material in self.materials:
            yield from (material.name, material.issuer, material.situation)
        for question in self.questions:
            yield from (question.ask, question.answer)
