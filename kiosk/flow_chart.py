"""`kiosk flow check`: how long the ways through a flow are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from kiosk.domain.questions.model import END, Fact, Flow, Question
from kiosk.domain.questions.steps import ways_on
from kiosk.domain.questions.walk import first_from

_Held = frozenset[tuple[str, Fact]]


@dataclass(frozen=True, slots=True)
class Paths:
    """Every way through a flow, told apart by the questions that are asked: how many ways have how
    many questions, and how many end how."""

    lengths: Counter[int]
    outcomes: Counter[str]

    @property
    def median(self) -> int:
        """Questions on the middle one of all ways, the shortest first."""
        return sorted(self.lengths.elements())[self.lengths.total() // 2]

    def __str__(self) -> str:
        """For an operator to read."""
        ends = ", ".join(f"{outcome} {count}" for outcome, count in sorted(self.outcomes.items()))
        return (
            f"{self.lengths.total()} ways: shortest {min(self.lengths)}, median {self.median}, "
            f"longest {max(self.lengths)} questions; ends: {ends}"
        )


def paths(flow: Flow, known: dict[str, Fact] | None = None) -> Paths:
    """Walk every way there is. A flow has no cycle, so this ends."""
    named = {name for question in flow.questions.values() for name in question.when}
    named |= {question.fact for question in flow.questions.values() if question.fact}
    facts = {**flow.defaults, **(known or {})}
    begun = _kept(facts, named)
    ahead = Counter({(first_from(flow, flow.start, facts), frozenset({begun})): 1})
    lengths: Counter[int] = Counter()
    outcomes: Counter[str] = Counter()
    asked = 0
    while ahead:
        further: Counter[tuple[str, frozenset[_Held]]] = Counter()
        for (at, states), count in ahead.items():
            if at.startswith(END):
                lengths[asked] += count
                outcomes[at.removeprefix(END)] += count
                continue
            for there, held in _on(flow, flow.questions[at], states, named).items():
                further[there, held] += count
        ahead, asked = further, asked + 1
    return Paths(lengths, outcomes)


def _on(
    flow: Flow, question: Question, states: frozenset[_Held], named: set[str]
) -> dict[str, frozenset[_Held]]:
    """The questions that can follow one, each with the facts that can hold there."""
    found: defaultdict[str, set[_Held]] = defaultdict(set)
    for held in states:
        for to, new in ways_on(question):
            facts = {**dict(held), **new}
            at = first_from(flow, to, facts)
            while at in flow.questions and flow.questions[at].later:
                at = first_from(flow, flow.questions[at].next, facts)
            found[at].add(_kept(facts, named))
    return {to: frozenset(held) for to, held in found.items()}


def _kept(facts: dict[str, Fact], named: set[str]) -> _Held:
    return frozenset((name, value) for name, value in facts.items() if name in named)
