"""Loading flows from their TOML files, and the plans and the library of forms."""

from pathlib import Path
from typing import Any

from msgspec import structs

from kiosk.domain.questions.check import defects
from kiosk.domain.questions.forms import FIELDS, Forms, Plan
from kiosk.domain.questions.model import Days, Fact, Flow, Kind, Option, Question
from kiosk.domain.writing import Field
from kiosk.errors import ContentError
from services.content.read import read_toml
from services.content.strict import Table, converted


class _OptionTable(Table, frozen=True):
    id: str
    next: str = ""
    set: dict[str, Fact] = {}


class _LibraryTable(Table, frozen=True):
    kind: Kind
    options: list[_OptionTable] = []
    when: dict[str, list[Fact]] = {}
    fact: str = ""
    optional: bool = False
    later: bool = False
    days: Days = Days.PAST
    longest: int = 500
    writes: Field = Field.TEXT


class _QuestionTable(_LibraryTable, frozen=True, kw_only=True):
    id: str
    next: str = ""


class _PlanTable(Table, frozen=True):
    version: int
    questions: list[str]
    outcome: str


class _FlowTable(Table, frozen=True, kw_only=True):
    id: str
    version: int
    start: str
    outcomes: list[str]
    defaults: dict[str, Fact] = {}
    questions: list[dict[str, Any]]


def load_flow(file: Path) -> Flow:
    """The flow in `file`, sound. Raises `ContentError` that names the file and the question."""
    table = converted(read_toml(file), _FlowTable, str(file))
    questions: dict[str, Question] = {}
    for place, entry in enumerate(table.questions, start=1):
        name = entry.get("id", f"question {place}")
        question = _question(converted(entry, _QuestionTable, f"{file}: {name}"), file.stem)
        if question.id in questions:
            raise ContentError(f"{file}: {question.id}: this id twice")
        questions[question.id] = question
    flow = Flow(
        table.id,
        table.version,
        table.start,
        questions,
        tuple(table.outcomes),
        file.stem,
        table.defaults,
    )
    found = defects(flow)
    if found:
        raise ContentError(f"{file}: {'; '.join(found)}")
    return flow


def load_forms(folder: Path) -> Forms:
    """`forms.toml` and `library.toml` of `folder`. Raises `ContentError` that names the place."""
    file, library_file = folder / "forms.toml", folder / "library.toml"
    library = {
        id: _library_question(id, converted(entry, _LibraryTable, f"{library_file}: {id}"))
        for id, entry in read_toml(library_file).items()
    }
    plans = {
        id: _plan(id, converted(entry, _PlanTable, f"{file}: {id}"))
        for id, entry in read_toml(file).items()
    }
    for plan in plans.values():
        for name in plan.questions:
            if name != FIELDS and name not in library:
                raise ContentError(f"{file}: {plan.id}: no question {name!r} in {library_file}")
    return Forms(plans, library)


def _plan(id: str, table: _PlanTable) -> Plan:
    return Plan(id, table.version, tuple(table.questions), table.outcome)


def _library_question(id: str, table: _LibraryTable) -> Question:
    return _question(_QuestionTable(id=id, **structs.asdict(table)), "library")


def _question(table: _QuestionTable, words: str) -> Question:
    return Question(
        id=table.id,
        kind=table.kind,
        next=table.next,
        words=f"{words}.{table.id}",
        options=tuple(Option(option.id, option.next, option.set) for option in table.options),
        when={name: tuple(accepted) for name, accepted in table.when.items()},
        fact=table.fact,
        optional=table.optional,
        later=table.later,
        days=table.days,
        longest=table.longest,
        writes=table.writes,
    )
