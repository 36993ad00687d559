"""The flows as data: every path ends, soon, and nobody is asked more than can be answered."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from kiosk.domain.catalogue.guide import DayUnit, Guide, Material, MaterialForm
from kiosk.domain.complaint.scope import scoped
from kiosk.domain.questions.model import END, Fact, Flow, Kind
from kiosk.domain.questions.walk import Walk
from kiosk.flow_chart import paths
from services.content.catalogue import load_edition
from services.content.flows import load_flow, load_forms
from services.content.scopes import load_scopes, scope_of

FLOWS = Path(__file__).parents[2] / "resources" / "flows"
EDITION = load_edition(FLOWS.parent / "catalogue")
COMPLAINT = scoped(
    load_flow(FLOWS / "complaint.toml"),
    scope_of(load_scopes(FLOWS / "scope.toml"), EDITION.divisions, "340000"),
    EDITION.routes,
)
FORMS = load_forms(FLOWS)
PAPER = (Material("演示材料", MaterialForm.ORIGINAL, 1, "演示"),)
GUIDE = Guide(1, (), PAPER, (), 0, DayUnit.WORKDAY, "", "", "", ("reason",), ())
PLANS = {name: FORMS.flow(name, GUIDE) for name in FORMS.plans}
PERSON = {"serves": "个人", "audience": "个人"}


def test_nothing_personal_is_asked_before_the_notice() -> None:
    asked = list(COMPLAINT.questions)
    before = asked[: asked.index("notice")]
    kinds = {q.kind for id in before if not (q := COMPLAINT.questions[id]).later}
    assert kinds <= {Kind.CHOICE, Kind.SEVERAL, Kind.DATE, Kind.DAYS, Kind.ITEM, Kind.TOPIC}
    for flow in PLANS.values():
        assert flow.questions[flow.start].kind is Kind.NOTICE


NEED_NOT_DOUBT = {"whom", "whom_person", "as_whom"}
"""Who one is one knows."""
OPTIONS_PER_PAGE = 6
ON_PAGES = {"departments", "topic"}


@pytest.mark.parametrize("flow", [COMPLAINT, *PLANS.values()], ids=lambda flow: flow.id)
def test_every_choice_can_be_answered_by_who_does_not_know(flow: Flow) -> None:
    for question in flow.questions.values():
        ids = {option.id for option in question.options}
        doubtful = question.kind in (Kind.CHOICE, Kind.SEVERAL, Kind.DATE, Kind.DAYS)
        if flow is COMPLAINT and question.id not in ON_PAGES:
            assert len(ids) <= OPTIONS_PER_PAGE, question.id
        if doubtful and question.id not in NEED_NOT_DOUBT and (ids or flow is COMPLAINT):
            assert question.optional or ids & {"unsure", "none"}, question.id


@pytest.mark.parametrize(
    ("known", "median"),
    [({}, 9), ({"item": "x", "item_id": "y", "level": "省级", "promise_days": 5}, 8)],
)
def test_the_middle_way_through_a_complaint_is_short(known: dict[str, Fact], median: int) -> None:
    ways = paths(COMPLAINT, known)
    print(ways)
    assert ways.median <= median
    assert max(ways.lengths) == Walk.start(COMPLAINT, known).steps_left
    assert set(ways.outcomes) == set(COMPLAINT.outcomes)


Place: TypeAlias = tuple[str, frozenset[tuple[str, Fact]]]


def ways_on(flow: Flow, place: Place) -> Iterator[Place]:
    """Where each answer leads, by the facts that conditions name; written without the engine."""
    question, held = flow.questions[place[0]], dict(place[1])
    named = {name for other in flow.questions.values() for name in other.when} | {
        "item",
        "division",
    }
    answers = [(option.next or question.next, option.set) for option in question.options]
    if question.kind is Kind.SEVERAL:
        answers = []
    if question.kind is not Kind.CHOICE:
        answers.append((question.next, {"item": "x"} if question.fact == "item" else {}))
    if question.optional:
        answers.append((question.next, {}))
    for to, new in answers:
        facts = {name: value for name, value in {**held, **new}.items() if name in named}
        while to in flow.questions and (
            flow.questions[to].fact in facts
            or any(facts.get(n) not in values for n, values in flow.questions[to].when.items())
        ):
            to = flow.questions[to].next
        yield to, frozenset(facts.items())


def lengths(flow: Flow, first: Place) -> Counter[int]:
    """How many paths have how many questions."""
    found: Counter[int] = Counter()
    waiting = Counter({first: 1})
    questions = 0
    while waiting:
        questions += 1
        assert questions <= len(flow.questions)
        further: Counter[Place] = Counter()
        for place, count in waiting.items():
            for to in ways_on(flow, place):
                further[to] += count
        found[questions] += sum(n for (at, _), n in further.items() if at.startswith(END))
        waiting = Counter({place: n for place, n in further.items() if place[0] in flow.questions})
    return +found


@pytest.mark.parametrize(
    ("flow", "known", "shortest", "longest"),
    [
        (PLANS["application"], PERSON, 9, 9),
        (PLANS["application"], {"serves": "both"}, 9, 10),
        (PLANS["booking"], PERSON, 8, 8),
        (PLANS["query"], PERSON, 5, 5),
        (PLANS["query"], {**PERSON, "division": "340103"}, 4, 4),
        (PLANS["query"], {**PERSON, "told_later": True}, 6, 6),
        (PLANS["payment"], {"serves": "both"}, 6, 6),
    ],
)
def test_every_path_ends(flow: Flow, known: dict[str, Fact], shortest: int, longest: int) -> None:
    start = Walk.start(flow, known)
    found = lengths(flow, (start.at, frozenset(known.items())))
    print(f"{flow.id}: {sum(found.values())} paths of {min(found)} to {max(found)} questions")
    assert (min(found), max(found)) == (shortest, longest)
    assert start.steps_left == longest
