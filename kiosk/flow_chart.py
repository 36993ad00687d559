"""`kiosk flow`: how long the ways through a flow are, and a picture of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from kiosk.domain.questions.check import targets
from kiosk.domain.questions.model import END, Fact, Flow, Option, Question
from kiosk.domain.questions.steps import ways_on
from kiosk.domain.questions.walk import first_from

if TYPE_CHECKING:
    from kiosk.domain.words import Words

_Held = frozenset[tuple[str, Fact]]
_WIDTH, _GAP, _LINE, _PAD, _LETTERS = 330, 90, 20, 12, 24
_MOST_OPTIONS = 16


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


def draw(flow: Flow, words: Words) -> str:
    """The flow as SVG: a box for each question with its options, columns in the order asked, and an
    arrow from each option to what it leads to."""
    boxes = _placed(flow, words)
    width = max(box.x for box in boxes.values()) + _WIDTH + _GAP
    height = max(box.y + box.height for box in boxes.values()) + _GAP
    arrows = [arrow for box in boxes.values() for arrow in box.arrows(boxes)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            'font-family="Noto Sans CJK SC, sans-serif" font-size="13">',
            '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#667"/></marker></defs>',
            f'<rect width="{width}" height="{height}" fill="#f6f8fb"/>',
            *arrows,
            *(box.svg() for box in boxes.values()),
            "</svg>\n",
        ]
    )


@dataclass(frozen=True, slots=True)
class _Box:
    """One question, or one end. `rows` are lines of text with the target each leads to."""

    title: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    x: int
    y: int
    is_end: bool

    @property
    def height(self) -> int:
        return 2 * _PAD + _LINE * (len(self.title) + len(self.rows))

    def svg(self) -> str:
        fill = "#fde9d9" if self.is_end else "#ffffff"
        lines = [
            f'<rect x="{self.x}" y="{self.y}" width="{_WIDTH}" height="{self.height}" rx="8" '
            f'fill="{fill}" stroke="#0f4aa1"/>'
        ]
        for place, text in enumerate([*self.title, *(row for row, _ in self.rows)]):
            weight = ' font-weight="bold"' if place < len(self.title) else ""
            y = self.y + _PAD + _LINE * place + 14
            lines.append(f'<text x="{self.x + _PAD}" y="{y}"{weight}>{escape(text)}</text>')
        return "\n".join(lines)

    def arrows(self, boxes: dict[str, _Box]) -> list[str]:
        found = []
        for place, (_, target) in enumerate(self.rows):
            to = boxes[target]
            x, y = self.x + _WIDTH, self.y + _PAD + _LINE * (len(self.title) + place) + 10
            end_y = to.y + _PAD + 8
            middle = (x + to.x) // 2
            found.append(
                f'<path d="M{x} {y}C{middle} {y} {middle} {end_y} {to.x} {end_y}" fill="none" '
                'stroke="#667" stroke-opacity="0.6" marker-end="url(#head)"/>'
            )
        return found


def _placed(flow: Flow, words: Words) -> dict[str, _Box]:
    depths = _depths(flow)
    heights: Counter[int] = Counter()
    boxes = {}
    for id, depth in sorted(depths.items(), key=lambda each: each[1]):
        title, rows = _text(flow, id, words)
        x, y = _GAP + depth * (_WIDTH + _GAP), _GAP + heights[depth]
        boxes[id] = _Box(title, rows, x, y, is_end=id.startswith(END))
        heights[depth] += boxes[id].height + _GAP // 2
    return boxes


def _text(flow: Flow, id: str, words: Words) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    question = flow.questions.get(id)
    if question is None:
        return (id,), ()
    asked = words.say(f"{question.words}.ask")
    title = [f"{id} · {question.kind}", *_folded(asked)]
    title += [
        f"only if {name} = {'/'.join(map(str, accepted))}"
        for name, accepted in question.when.items()
    ]
    title += ["put only from the review"] if question.later else []
    options = [
        (f"○ {_folded(_label(question, option, words))[0]}", to)
        for option in question.options
        if (to := option.next or question.next)
    ]
    rest = {to for to in targets(question) if to} - {to for _, to in options}
    return tuple(title), (*_merged(options), *(("→", to) for to in sorted(rest)))


def _label(question: Question, option: Option, words: Words) -> str:
    return option.label or words.get(f"{question.words}.{option.id}") or option.id


def _merged(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of many options that all lead to one place, as the topics do, some."""
    if len(options) <= _MOST_OPTIONS:
        return options
    by_target: defaultdict[str, list[str]] = defaultdict(list)
    for label, to in options:
        by_target[to].append(label)
    return [
        (label, to) for to, labels in by_target.items() for label in (labels[0], f"… {len(labels)}")
    ]


def _folded(text: str) -> list[str]:
    return [text[at : at + _LETTERS] for at in range(0, len(text), _LETTERS)]


def _depths(flow: Flow) -> dict[str, int]:
    """The longest way from the start to each question and each end, in arrows."""
    depths = {flow.start: 0}
    waiting = [flow.start]
    while waiting:
        at = waiting.pop(0)
        question = flow.questions.get(at)
        for to in targets(question) if question else ():
            if depths.get(to, -1) < depths[at] + 1:
                depths[to] = depths[at] + 1
                waiting.append(to)
    return depths
