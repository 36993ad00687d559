"""`kiosk triage`: what a complaint comes to by answers from a file, and the questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kiosk import wiring
from kiosk.domain.complaint.scope import item_facts, scoped
from kiosk.domain.complaint.triage import classify, verdict
from kiosk.domain.questions.model import Answer, Flow, ItemAnswer, Kind
from kiosk.domain.questions.walk import NotAnsweredError, run_through
from kiosk.domain.questions.wording import say_option
from kiosk.domain.words import Language
from kiosk.errors import KnownError

if TYPE_CHECKING:
    from kiosk.domain.calendar.workdays import Workdays
    from kiosk.domain.complaint.scope import Scope
    from kiosk.domain.words import Words
    from kiosk.ports import Catalogue
    from kiosk.settings import Settings

Given = Mapping[str, object]
"""Question id → answer: an option's id, a list of option ids, an ISO 8601 date or a list of them,
an item's id or own words, text. What is not there counts as left empty."""


@dataclass(frozen=True, slots=True)
class Triage:
    """The complaint's flow as this kiosk's hall asks it."""

    flow: Flow
    scope: Scope
    workdays: Workdays
    catalogue: Catalogue
    words: Words
    today: date

    @classmethod
    def of(cls, settings: Settings) -> Triage:
        """Read everything. Raises `ContentError`, `StorageError`."""
        first, catalogue = wiring.first_screen(settings), wiring.catalogue(settings)
        scope = wiring.scope(settings, catalogue.divisions)
        return cls(
            flow=scoped(wiring.complaint(), scope, catalogue.routes),
            scope=scope,
            workdays=wiring.workdays(settings),
            catalogue=catalogue,
            words=first.words(Language.ZH),
            today=first.clock.now().date(),
        )

    def classified(self, given: Given) -> dict[str, object]:
        """`outcome`, and for what is registered the verdict; or the `question` that has no answer
        that can be taken, and its `problem`."""
        try:
            answers = {id: self._answer(id, value) for id, value in given.items()}
            outcome, facts = run_through(self.flow, {}, answers, self.today)
        except NotAnsweredError as error:
            return {"question": error.question, "problem": error.problem}
        if outcome != "register":
            return {"outcome": outcome}
        found = classify(facts, self.scope, self.workdays, self.today)
        return {"outcome": outcome, **verdict(found)}

    def questions(self) -> Iterator[dict[str, object]]:
        """Every question: id, kind, what is asked, its options with their wording, whether it may
        be left empty."""
        for question in self.flow.questions.values():
            yield {
                "id": question.id,
                "kind": question.kind,
                "ask": self.words.say(f"{question.words}.ask"),
                "options": {
                    each.id: say_option(question, each.id, self.words) for each in question.options
                },
                "optional": question.optional,
            }

    def _answer(self, id: str, value: object) -> Answer:
        question = self.flow.questions.get(id)
        if question is None:
            raise NotAnsweredError(id, "no such question")
        beside = any(option.id == value for option in question.options)
        if beside and question.kind is not Kind.SEVERAL:
            return str(value)
        match question.kind:
            case Kind.DATE:
                return _day(id, value)
            case Kind.DAYS if isinstance(value, list):
                return tuple(_day(id, each) for each in value)
            case Kind.SEVERAL if isinstance(value, list):
                return tuple(map(str, value))
            case Kind.SEVERAL:
                return (str(value),) if value else ()
            case Kind.ITEM if value:
                item = self.catalogue.items.get(str(value))
                if item is None:
                    return ItemAnswer(None, str(value))
                return ItemAnswer(item.id, item.name, item_facts(item, self.scope))
            case _:
                return str(value)


def answer_sets(text: str) -> Iterable[Given]:
    """What a file holds: one set of answers as a JSON object, a list of them, or one a line. Raises
    `KnownError`."""
    try:
        whole = json.loads(text)
    except ValueError:
        lines = [(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        return [_set(_json(line, number), f"line {number}") for line, number in lines]
    sets = whole if isinstance(whole, list) else [whole]
    return [_set(each, f"set {number}") for number, each in enumerate(sets, 1)]


def _json(line: str, number: int) -> object:
    try:
        found: object = json.loads(line)
    except ValueError as error:
        raise KnownError(f"line {number}: not JSON: {error}") from error
    return found


def _set(found: object, place: str) -> Given:
    if not isinstance(found, dict):
        raise KnownError(f"{place}: not an object of answers")
    return found


def _day(id: str, value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise NotAnsweredError(id, "date") from error
