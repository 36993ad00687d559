"""The flows as data: the triage tree is the official one, and every path ends."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from kiosk.domain.catalogue.guide import DayUnit, Guide, Material, MaterialForm
from kiosk.domain.questions.model import END, Fact, Flow, Kind, Question
from kiosk.domain.questions.walk import Walk
from services.content.flows import load_flow, load_forms

FLOWS = Path(__file__).parents[2] / "resources" / "flows"
COMPLAINT = load_flow(FLOWS / "complaint.toml")
FORMS = load_forms(FLOWS)
PAPER = (Material("演示材料", MaterialForm.ORIGINAL, 1, "演示"),)
GUIDE = Guide(1, (), PAPER, (), 0, DayUnit.WORKDAY, "", "", "", ("reason",), ())
PLANS = {name: FORMS.flow(name, GUIDE) for name in FORMS.plans}
PERSON = {"serves": "个人", "audience": "个人"}

CLASSIFY = "notice"
ANSWER = ""
"""Stands for the answer of a question without options."""

TREE = {
    "Q0": {"yes": "end:emergency", "no": "Q1"},
    "Q1": {
        "failed": "Q2",
        "slow": "Q2",
        "pushed": "Q2",
        "elsewhere": "Q2",
        "wages": "end:route:R05",
        "other": "end:route:pick",
        "misconduct": "end:route:R16",
        "materials": "end:guide",
        "unsure": "Q1b",
    },
    "Q1b": {ANSWER: "Q2", "none": "end:route:R20"},
    "Q2": {ANSWER: "Q3"},
    "Q3": {
        "province": "Q4",
        "city": "end:route:R19",
        "county": "end:route:R19",
        "town": "end:route:R19",
        "utility": "end:route:by_item",
        "unsure": "Q3b",
    },
    "Q3b": {"province": "Q4", "lower": "end:route:R19", "none": "Q4"},
    "Q4": {"yes": "Q5", "refused": "Q5x", "not_yet": "Q8"},
    "Q5x": {
        "incomplete": "Q5y",
        "not_theirs": "Q6",
        "no_reason": "Q6",
        "policy": "Q6",
        "not_in_anhui": "Q8",
    },
    "Q5y": {"told_once": "end:guide", "told_differently": "Q6", "still_refused": "Q6"},
    "Q5": {
        "no_word": "Q5a",
        "unfinished": "Q5c",
        "refused": "Q6",
        "rejected": "Q6",
        "wrong_result": "Q6",
    },
    "Q5a": {ANSWER: "Q6"},
    "Q5c": {ANSWER: "Q6"},
    "Q6": {"none": "Q7", "once": "Q7", "twice": "Q7"},
    "Q7": {"pushed": "Q7b", "delayed": "Q7b", "no": "Q8"},
    "Q7b": {ANSWER: "Q7c"},
    "Q7c": {"yes": "Q8", "no": "Q8", "unsure": "Q8"},
    "Q8": {"yes": "Q8b", "no": CLASSIFY},
    "Q8b": {"shanghai": "Q8c", "jiangsu": "Q8c", "zhejiang": "Q8c"},
}
"""The eighteen nodes and their edges. Q8b asks for the evidence in a second question, Q8c."""

ADDED = {
    ("Q0", "unsure"): "end:emergency",
    ("Q4", "unsure"): "Q6",
    ("Q5y", "unsure"): "Q6",
    ("Q5", "unsure"): "Q6",
    ("Q6", "unsure"): "Q7",
    ("Q7", "unsure"): "Q8",
    ("Q8b", "unsure"): "Q8c",
}
"""Ways on for who does not know, where the tree has none."""

SETS = {
    ("Q1", "pushed"): {"hint3": True},
    ("Q1", "elsewhere"): {"hint4": True},
    ("Q3", "province"): {"level": "省级"},
    ("Q3", "city"): {"level": "市级"},
    ("Q3", "county"): {"level": "县级"},
    ("Q3", "town"): {"level": "乡级"},
    ("Q3", "utility"): {"level": "垂管或公用"},
    ("Q3b", "province"): {"level": "省级"},
    ("Q3b", "none"): {"level": "待核实"},
    ("Q4", "yes"): {"applied": True},
    ("Q4", "refused"): {"applied": False},
    ("Q4", "not_yet"): {"applied": False},
    ("Q5x", "incomplete"): {"reason": "材料不齐"},
    ("Q5x", "not_theirs"): {"sub": "1A", "reason": "不归本部门"},
    ("Q5x", "no_reason"): {"sub": "1A"},
    ("Q5x", "policy"): {"sub": "1A", "reason": "政策不允许"},
    ("Q5x", "not_in_anhui"): {"hint4": True},
    ("Q5y", "told_differently"): {"sub": "1A", "flag": "未一次性告知"},
    ("Q5y", "still_refused"): {"sub": "1A"},
    ("Q5y", "unsure"): {"sub": "1A"},
    ("Q5", "no_word"): {"sub": "1B"},
    ("Q5", "unfinished"): {"sub": "1C"},
    ("Q5", "refused"): {"sub": "1A"},
    ("Q5", "rejected"): {"sub": "1D"},
    ("Q5", "wrong_result"): {"sub": "1D", "flag": "结果有误"},
    ("Q6", "none"): {"visits": 0},
    ("Q6", "once"): {"visits": 1},
    ("Q6", "twice"): {"visits": ">=2", "tag2": True},
    ("Q6", "unsure"): {"visits": "待核实"},
    ("Q7", "pushed"): {"tag3": True, "sub3": "3A"},
    ("Q7", "delayed"): {"tag3": True, "sub3": "3B"},
    ("Q7c", "yes"): {"place": "省政务服务中心"},
    ("Q7c", "no"): {"place": "其他", "route_hint": "R18"},
    ("Q7c", "unsure"): {"place": "待核实"},
    ("Q8", "yes"): {"tag4": True},
    ("Q8b", "shanghai"): {"other_place": "上海"},
    ("Q8b", "jiangsu"): {"other_place": "江苏"},
    ("Q8b", "zhejiang"): {"other_place": "浙江"},
    ("Q8b", "unsure"): {"other_place": "待核实"},
}


def edges(question: Question) -> dict[str, str]:
    leading = question.options if question.kind in (Kind.CHOICE, Kind.ITEM) else ()
    found = {option.id: option.next or question.next for option in leading}
    return found if question.kind is Kind.CHOICE else {ANSWER: question.next, **found}


def test_the_eighteen_nodes_have_the_edges_of_the_official_tree() -> None:
    assert len(TREE) == 18
    for id, official in TREE.items():
        added = {option: to for (at, option), to in ADDED.items() if at == id}
        assert edges(COMPLAINT.questions[id]) == official | added, id


def test_the_options_of_the_tree_set_the_facts_of_the_official_tree() -> None:
    found = {
        (id, option.id): option.set
        for id in TREE
        for option in COMPLAINT.questions[id].options
        if option.set
    }
    assert found == SETS


def test_nothing_personal_is_asked_before_the_notice() -> None:
    before = COMPLAINT.questions.keys() & ({*TREE, "Q8c"})
    kinds = {COMPLAINT.questions[id].kind for id in before}
    assert kinds <= {Kind.CHOICE, Kind.SEVERAL, Kind.DATE, Kind.ITEM}
    for flow in PLANS.values():
        assert flow.questions[flow.start].kind is Kind.NOTICE


NEED_NOT_DOUBT = {"reporter", "contact", "whom", "whom_person", "as_whom", "Q5x", "Q8"}
"""Who one is and how to be reached one knows; Q5x and Q8 say “don't know” in an option's words."""


@pytest.mark.parametrize("flow", [COMPLAINT, *PLANS.values()], ids=lambda flow: flow.id)
def test_every_choice_can_be_answered_by_who_does_not_know(flow: Flow) -> None:
    for question in flow.questions.values():
        ids = {option.id for option in question.options}
        if question.kind in (Kind.CHOICE, Kind.SEVERAL) and question.id not in NEED_NOT_DOUBT:
            assert question.optional or ids & {"unsure", "none"}, question.id


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
        for place, paths in waiting.items():
            for to in ways_on(flow, place):
                further[to] += paths
        found[questions] += sum(n for (at, _), n in further.items() if at.startswith(END))
        waiting = Counter({place: n for place, n in further.items() if place[0] in flow.questions})
    return +found


@pytest.mark.parametrize(
    ("flow", "known", "shortest", "longest"),
    [
        (COMPLAINT, {}, 1, 26),
        (COMPLAINT, {"item": "x"}, 1, 25),
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
