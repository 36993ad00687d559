"""Loading a flow from its TOML file."""

from pathlib import Path
from typing import Any

from kiosk.domain.questions.check import defects
from kiosk.domain.questions.model import Fact, Flow, Kind, Option, Question
from kiosk.errors import ContentError
from services.content.read import read_toml
from services.content.strict import Table, converted


class _OptionTable(Table, frozen=True):
    id: str
    next: str = ""
    set: dict[str, Fact] = {}


class _QuestionTable(Table, frozen=True):
    id: str
    kind: Kind
    next: str = ""
    options: list[_OptionTable] = []
    when: dict[str, list[Fact]] = {}
    fact: str = ""
    optional: bool = False
    past: bool = True
    longest: int = 500


class _FlowTable(Table, frozen=True):
    id: str
    version: int
    start: str
    outcomes: list[str]
    questions: list[dict[str, Any]]


def load_flow(file: Path) -> Flow:
    """The flow in `file`, sound. Raises `ContentError` that names the file and the question."""
    table = converted(read_toml(file), _FlowTable, str(file))
    questions: dict[str, Question] = {}
    for place, entry in enumerate(table.questions, start=1):
        name = entry.get("id", f"question {place}")
        question = _question(converted(entry, _QuestionTable, f"{file}: {name}"))
        if question.id in questions:
            raise ContentError(f"{file}: {question.id}: this id twice")
        questions[question.id] = question
    flow = Flow(table.id, table.version, table.start, questions, tuple(table.outcomes))
    found = defects(flow)
    if found:
        raise ContentError(f"{file}: {'; '.join(found)}")
    return flow


def _question(table: _QuestionTable) -> Question:
    return Question(
        id=table.id,
        kind=table.kind,
        next=table.next,
        options=tuple(Option(option.id, option.next, option.set) for option in table.options),
        when={name: tuple(accepted) for name, accepted in table.when.items()},
        fact=table.fact,
        optional=table.optional,
        past=table.past,
        longest=table.longest,
    )
