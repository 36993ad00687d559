"""The classification against an oracle written from the answers, not from the facts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from kiosk.domain.complaint.triage import Classification, classify, verdict
from kiosk.domain.questions.model import Fact, Facts, Kind
from services.content.flows import load_flow

FLOW = load_flow(Path(__file__).parents[4] / "resources" / "flows" / "complaint.toml")
CLASSIFY = "notice"
"""The first question after the triage tree."""

Chosen: TypeAlias = frozenset[tuple[str, str]]
Held: TypeAlias = frozenset[tuple[str, Fact]]

CLASS_1 = {
    ("Q5x", "not_theirs"): "1A",
    ("Q5x", "no_reason"): "1A",
    ("Q5x", "policy"): "1A",
    ("Q5y", "told_differently"): "1A",
    ("Q5y", "still_refused"): "1A",
    ("Q5y", "unsure"): "1A",
    ("Q5", "no_word"): "1B",
    ("Q5", "unfinished"): "1C",
    ("Q5", "refused"): "1A",
    ("Q5", "rejected"): "1D",
    ("Q5", "wrong_result"): "1D",
}
CLASS_3 = {("Q7", "pushed"): "3A", ("Q7", "delayed"): "3B"}
IN_THE_CENTRE = {("Q7c", "yes"), ("Q7c", "unsure")}
LEVEL_UNKNOWN = ("Q3b", "none")
TELLING = {"Q3", "Q3b", "Q5x", "Q5y", "Q5", "Q6", "Q7", "Q7c", "Q8"}


def oracle(chosen: Chosen) -> Classification:
    hits: list[tuple[str, str]] = []
    if ("Q8", "yes") in chosen:
        hits.append(("4", "4"))
    if chosen & IN_THE_CENTRE:
        hits += [("3", CLASS_3[answer]) for answer in chosen if answer in CLASS_3]
    hits += [("1", CLASS_1[answer]) for answer in chosen if answer in CLASS_1]
    if ("Q6", "twice") in chosen:
        hits.append(("2", "2"))
    return Classification(
        primary=hits[0][0] if hits else "",
        classes=tuple(number for number, _ in hits),
        subclasses=tuple(subclass for _, subclass in hits),
        level_to_verify=LEVEL_UNKNOWN in chosen,
    )


def every_way_to_classification() -> set[tuple[Chosen, Held]]:
    """All paths of the tree, told apart by the telling answers and the facts: (answers, facts)."""
    arrived: set[tuple[Chosen, Held]] = set()
    waiting: set[tuple[str, Chosen, Held]] = {(FLOW.start, frozenset(), frozenset())}
    while waiting:
        waiting = {further for place in waiting for further in on_from(*place)}
        arrived |= {(chosen, held) for at, chosen, held in waiting if at == CLASSIFY}
        waiting = {place for place in waiting if place[0] in FLOW.questions.keys() - {CLASSIFY}}
    return arrived


def on_from(at: str, chosen: Chosen, held: Held) -> Iterator[tuple[str, Chosen, Held]]:
    question = FLOW.questions[at]
    if question.kind is not Kind.CHOICE:
        yield question.next, chosen, held
    for option in question.options if question.kind is Kind.CHOICE else ():
        facts = frozenset({**dict(held), **option.set}.items())
        answers = chosen | {(at, option.id)} if at in TELLING else chosen
        yield option.next or question.next, answers, facts


def test_every_path_of_the_tree_is_classified_as_its_answers_say() -> None:
    ways = every_way_to_classification()
    assert len(ways) > 10_000
    seen = set()
    for chosen, held in ways:
        found = classify(dict(held))
        assert found == oracle(chosen), sorted(chosen)
        seen.add(found.primary)
    assert seen == {"", "1", "2", "3", "4"}


PROVINCE: Facts = {"level": "省级"}
UNKNOWN: Facts = {"level": "待核实"}


@pytest.mark.parametrize(
    ("facts", "classes", "subclasses"),
    [
        (PROVINCE, (), ()),
        ({**PROVINCE, "sub": "1B"}, ("1",), ("1B",)),
        ({**UNKNOWN, "sub": "1D"}, ("1",), ("1D",)),
        ({"level": "市级", "sub": "1A"}, (), ()),
        ({"sub": "1A"}, (), ()),
        ({**PROVINCE, "tag2": True}, ("2",), ("2",)),
        (
            {**PROVINCE, "tag3": True, "sub3": "3A", "place": "省政务服务中心"},
            ("3",),
            ("3A",),
        ),
        ({**PROVINCE, "tag3": True, "sub3": "3B", "place": "待核实"}, ("3",), ("3B",)),
        ({**PROVINCE, "tag3": True, "sub3": "3A", "place": "其他"}, (), ()),
        ({**PROVINCE, "tag4": True}, ("4",), ("4",)),
        ({"level": "县级", "tag4": True}, (), ()),
        (
            {
                **UNKNOWN,
                "sub": "1C",
                "tag2": True,
                "tag3": True,
                "sub3": "3B",
                "place": "省政务服务中心",
                "tag4": True,
            },
            ("4", "3", "1", "2"),
            ("4", "3B", "1C", "2"),
        ),
    ],
)
def test_every_class_hit_is_kept_and_the_weightiest_leads(
    facts: Facts, classes: tuple[str, ...], subclasses: tuple[str, ...]
) -> None:
    found = classify(facts)
    assert found.classes == classes
    assert found.subclasses == subclasses
    assert found.primary == (classes[0] if classes else "")


def test_a_level_nobody_knows_is_registered_to_be_verified() -> None:
    assert classify(UNKNOWN).level_to_verify
    assert not classify(PROVINCE).level_to_verify


def test_the_verdict_is_plain_text_and_lists() -> None:
    assert verdict(classify({**UNKNOWN, "sub": "1A", "tag2": True})) == {
        "primary": "1",
        "classes": ["1", "2"],
        "subclasses": ["1A", "2"],
        "level": "待核实",
    }
    assert verdict(classify(PROVINCE)) == {
        "primary": "",
        "classes": [],
        "subclasses": [],
        "level": "省级",
    }
