"""How many questions can still come."""

from collections.abc import Iterator

from kiosk.domain.questions.model import Fact, Facts, Flow, Kind, Question

_ONLY_OPTIONS = (Kind.CHOICE, Kind.SEVERAL, Kind.TOPIC)
_GIVEN = ""
"""Stands for the value of a fact that is not known before the citizen has answered. No `when` may
name such a fact (see `check.defects`), so its value does not matter."""


def longest_way(flow: Flow, at: str, facts: Facts) -> int:
    """Questions on the longest way from `at` to an end, `at` included, where `facts` hold; 0 at an
    end. Every answer lowers it by at least one.
    """
    return _Ways(flow).longest(at, facts)


def ways_on(question: Question) -> Iterator[tuple[str, Facts]]:
    """Every way an answer can lead: the target before passing over, and the facts set."""
    own: dict[str, Fact] = {}
    if question.fact:
        own[question.fact] = _GIVEN
    for option in question.options if question.kind is not Kind.SEVERAL else ():
        chosen = {question.fact: option.id} if own and question.kind is Kind.CHOICE else {}
        yield option.next or question.next, {**chosen, **option.set}
    if question.kind is Kind.SEVERAL:
        for facts in _together(question):
            yield question.next, {**own, **dict(facts)}
    if question.kind is Kind.ITEM and question.fact:
        yield question.next, {**own, f"{question.fact}_id": _GIVEN}
    agrees = question.kind is Kind.NOTICE and question.options
    if question.kind not in _ONLY_OPTIONS and not agrees:
        yield question.next, own
    if question.optional:
        yield question.next, {}


def _together(question: Question) -> set[frozenset[tuple[str, Fact]]]:
    """What any number of a question's options can set, one at least chosen."""
    found: set[frozenset[tuple[str, Fact]]] = set()
    for option in question.options:
        before = [dict(facts) for facts in found]
        found |= {frozenset({**facts, **option.set}.items()) for facts in [{}, *before]}
    return found


class _Ways:
    """One search; remembers what it has found by place and by the facts that matter from there."""

    def __init__(self, flow: Flow) -> None:
        self._questions = flow.questions
        self._found: dict[tuple[str, frozenset[tuple[str, Fact]]], int] = {}
        self._matters: dict[str, frozenset[str]] = {}

    def longest(self, at: str, facts: Facts) -> int:
        question = self._questions.get(at)
        if question is None:
            return 0
        kept = {name: facts[name] for name in self._mattering(at) if name in facts}
        key = at, frozenset(kept.items())
        if key not in self._found:
            if question.passed_over(kept):
                self._found[key] = self.longest(question.next, kept)
            else:
                ways = [(question.next, {})] if question.later else ways_on(question)
                ahead = max(self.longest(to, {**kept, **new}) for to, new in ways)
                self._found[key] = ahead + (not question.later)
        return self._found[key]

    def _mattering(self, at: str) -> frozenset[str]:
        """The facts that decide whether a question from `at` on is passed over."""
        question = self._questions.get(at)
        if question is None:
            return frozenset()
        if at not in self._matters:
            own = {*question.when, *([question.fact] if question.fact else [])}
            ahead = (self._mattering(to) for to, _ in ways_on(question))
            self._matters[at] = frozenset(own).union(*ahead)
        return self._matters[at]
