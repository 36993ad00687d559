"""The parts of a flow, as frozen data: questions, options, targets, facts and answers.

A flow is a directed graph of questions without cycles. It holds no wording: what is shown is
looked up by key (`<words>.ask`, `<words>.help`, `<words>.<option>`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from kiosk.domain.catalogue.guide import Material
from kiosk.domain.writing import Field

Fact: TypeAlias = str | int | bool
Facts: TypeAlias = Mapping[str, Fact]


class Kind(StrEnum):
    """What kind of answer a question takes."""

    NOTICE = "notice"
    CHOICE = "choice"
    SEVERAL = "several"
    TEXT = "text"
    PHONE = "phone"
    DATE = "date"
    DAYS = "days"
    ITEM = "item"
    DIVISION = "division"
    DOCUMENT = "document"
    CREDIT_CODE = "credit_code"
    AMOUNT = "amount"
    NUMBER = "number"
    PAPERS = "papers"
    PICTURES = "pictures"
    SLOT = "slot"
    TOPIC = "topic"


class Days(StrEnum):
    """Which days a date may be: up to today, from today on, or any."""

    PAST = "past"
    COMING = "coming"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """The matter in question: an item of the catalogue, or the citizen's own words for it.

    `item_id` is None if it is not in the catalogue; `words` is the item's name or the own words.
    `known` are the facts the catalogue tells of the item, which need not be asked.
    """

    item_id: str | None
    words: str
    known: Facts = field(default_factory=dict)


class PaperState(StrEnum):
    """How a paper gets to whoever wants to see it. `EXEMPT`: it need not be shown (免提交).
    `UNNEEDED`: wanted in a situation that is not this citizen's."""

    PHOTOGRAPHED = "photographed"
    PROMISED = "promised"
    EXEMPT = "exempt"
    UNNEEDED = "unneeded"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a form; `pictures` are JPEG files, in memory only."""

    name: str
    state: PaperState
    pictures: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class PapersAnswer:
    """What becomes of the papers of a form, those that have been decided on."""

    papers: tuple[Paper, ...]

    def paper(self, name: str) -> Paper | None:
        """What was said of one."""
        return next((paper for paper in self.papers if paper.name == name), None)


Answer: TypeAlias = str | tuple[str, ...] | tuple[date, ...] | date | ItemAnswer | PapersAnswer
"""NOTICE: `"agreed"`, or the id of one of its options, each of which agrees. CHOICE: option id.
SEVERAL: option ids. TEXT: the characters. PHONE, DATE: digits, a day, or the id of an option shown
beside. DAYS: days, the earliest first, or an option's id. ITEM: an `ItemAnswer`, or the id of an
option shown beside the search. TOPIC: the id of a route of the catalogue. DIVISION: a
six-digit code (GB/T 2260). DOCUMENT: the number of an identity document, CREDIT_CODE: of a company.
AMOUNT: yuan, NUMBER: any quantity, both as decimals. PAPERS: a `PapersAnswer`. PICTURES: one of
whatever the citizen wants to show. SLOT: a slot's id (`2026-11-25T09:00`). An optional question
left empty: `""`."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer. `next` overrides the question's own; `set` adds facts; `label` is what it
    says where that comes from the catalogue and not from the wording."""

    id: str
    next: str = ""
    set: Facts = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, one decision.

    `next` is the id of another question, or `end:<outcome>`. A question is passed over, and the
    walk goes on at `next`, where `when` (fact → accepted values) does not hold, or where its `fact`
    is known already. `fact` is the name under which the answer itself becomes a fact (empty: it
    does not): option ids, an ISO 8601 date, the characters; an item gives its words, its id as
    `<fact>_id` and what is known of it; days give how many they are, the first and the last as
    `<fact>_first` and `<fact>_last`. `days` says which days a date may be. `longest` counts
    characters of a text, `writes` says what is likely in it. Beside its search, a question of kind
    ITEM may show options. A `later` one, optional too, stands in the review and is put only to who
    wants to say more. `words` is the key its wording is found by; `papers` are those a question of
    kind PAPERS is about.
    """

    id: str
    kind: Kind
    next: str = ""
    options: tuple[Option, ...] = ()
    when: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    fact: str = ""
    optional: bool = False
    later: bool = False
    days: Days = Days.PAST
    longest: int = 500
    writes: Field = Field.TEXT
    words: str = ""
    papers: tuple[Material, ...] = ()

    def passed_over(self, facts: Facts) -> bool:
        """Whether this question need not be asked where `facts` hold."""
        if self.fact and self.fact in facts:
            return True
        return any(facts.get(name) not in accepted for name, accepted in self.when.items())


@dataclass(frozen=True, slots=True)
class Flow:
    """A validated flow: starts at `start`, every path ends at `end:` and one of `outcomes`. `words`
    is the key its title is found by; `defaults` are the facts that hold from the beginning."""

    id: str
    version: int
    start: str
    questions: Mapping[str, Question]
    outcomes: tuple[str, ...] = ()
    words: str = ""
    defaults: Facts = field(default_factory=dict)


END = "end:"
