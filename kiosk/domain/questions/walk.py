"""Walking through a flow: pure transitions over frozen state.

Going back keeps every answer; going forward again finds them. An answer that turns the walk into
another branch keeps the answers of the branch left behind, but only the questions on the walked
path count for `facts`, `trail` and `review`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kiosk.domain.questions import answers
from kiosk.domain.questions.model import END, Answer, Facts, Flow, Kind, Question
from kiosk.domain.questions.steps import longest_way
from kiosk.errors import BugError


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a citizen stands in a flow. `at` is a question id or `end:<outcome>`.

    `known` are facts given from outside before the first question (an item of the catalogue).
    """

    flow: Flow
    at: str
    answers: Mapping[str, Answer]
    known: Facts

    @classmethod
    def start(cls, flow: Flow, known: Facts | None = None) -> "Walk":
        """At the first question that applies."""
        known = {**flow.defaults, **(known or {})}
        return cls(flow, first_from(flow, flow.start, known), {}, known)._beyond_later()

    @property
    def question(self) -> Question | None:
        """The question to be answered now; None at the end."""
        return self.flow.questions.get(self.at)

    @property
    def outcome(self) -> str | None:
        """The outcome's name (without `end:`) at the end; None before."""
        return self.at.removeprefix(END) if self.at.startswith(END) else None

    @property
    def trail(self) -> tuple[str, ...]:
        """Ids of the questions on the walked path before `at`, in order."""
        return self._path()[0]

    @property
    def facts(self) -> Facts:
        """`known`, then the facts set along the trail (later ones win)."""
        return self._path()[1]

    @property
    def steps_left(self) -> int:
        """Questions still to come, the present one included: the longest way to an end from here
        under the facts known so far; 0 at the end."""
        return longest_way(self.flow, self.at, self.facts)

    def problem(self, answer: Answer, today: date) -> str:
        """Why `answer` cannot be taken for the present question, as a key of the text file
        `questions` (`problem.<key>`); empty if it can."""
        return answers.problem(self._present(), answer, today)

    def answered(self, answer: Answer) -> "Walk":
        """The present question answered, one step forward. The answer must have no `problem`."""
        question = self._present()
        kept = {**self.answers, question.id: answers.normal(question, answer)}
        return replace(self, answers=kept)._forward()._beyond_later()

    def back(self) -> "Walk":
        """One step back, at the first question: itself."""
        put = [id for id in self.trail if not self.flow.questions[id].later]
        return replace(self, at=put[-1]) if put else self

    def can_go_back(self) -> bool:
        """Whether there is a question before this one."""
        return any(not self.flow.questions[id].later for id in self.trail)

    def change(self, question: str) -> "Walk":
        """Stand at a question of the trail again, to change its answer. All answers are kept."""
        if question not in self.trail:
            raise BugError(f"{self.flow.id}: {question} is not on the walked path")
        return replace(self, at=question)

    def resume(self) -> "Walk":
        """Go forward over questions that are answered already, up to the first that is not, or the
        end: where a citizen goes on after having changed one answer."""
        walk = self
        while walk.at in walk.answers:
            walk = walk._forward()._beyond_later()
        return walk

    def review(self) -> tuple[tuple[Question, Answer], ...]:
        """The questions on the trail with their answers, in the order asked (notices left out)."""
        asked = (self.flow.questions[at] for at in self.trail)
        return tuple((q, self.answers[q.id]) for q in asked if q.kind is not Kind.NOTICE)

    def _beyond_later(self) -> "Walk":
        """Past questions that are put only from the review; until then they are left empty."""
        walk = self
        while walk.question and walk.question.later:
            walk = replace(walk, answers={walk.at: "", **walk.answers})._forward()
        return walk

    def _present(self) -> Question:
        if self.question is None:
            raise BugError(f"{self.flow.id}: nothing is asked at {self.at}")
        return self.question

    def _path(self) -> tuple[tuple[str, ...], Facts]:
        """The questions from the start up to `at`, and the facts that hold there."""
        flow, facts = self.flow, dict(self.known)
        trail: list[str] = []
        at = first_from(flow, flow.start, facts)
        while at != self.at:
            if at not in self.answers:
                raise BugError(f"{flow.id}: {self.at} is not on the walked path")
            question, answer = flow.questions[at], self.answers[at]
            trail.append(at)
            facts.update(answers.facts_of(question, answer))
            at = first_from(flow, target(question, answer), facts)
        return tuple(trail), facts

    def _forward(self) -> "Walk":
        question = self._present()
        answer = self.answers[question.id]
        facts = {**self.facts, **answers.facts_of(question, answer)}
        return replace(self, at=first_from(self.flow, target(question, answer), facts))


def target(question: Question, answer: Answer) -> str:
    """Where an answer leads, before questions are passed over."""
    option = answers.option_of(question, answer)
    return (option.next if option else "") or question.next


def first_from(flow: Flow, at: str, facts: Facts) -> str:
    """`at`, or the first question after it that applies, or the end."""
    while (question := flow.questions.get(at)) is not None and question.passed_over(facts):
        at = question.next
    return at


class NotAnsweredError(ValueError):
    """A question on the way has no answer, or one that cannot be taken. `question` is its id,
    `problem` as in `Walk.problem`."""

    def __init__(self, question: str, problem: str) -> None:
        super().__init__(f"{question}: {problem}")
        self.question, self.problem = question, problem


def run_through(
    flow: Flow, known: Facts, given: Mapping[str, Answer], today: date
) -> tuple[str, Facts]:
    """The outcome and the facts of a flow whose answers are all there: what walking through it
    comes to, in one go. Answers that are not asked for are left alone. Raises `NotAnsweredError`.
    """
    facts = {**flow.defaults, **known}
    at = first_from(flow, flow.start, facts)
    while (question := flow.questions.get(at)) is not None:
        answer = given.get(at, "")
        if problem := answers.problem(question, answer, today):
            raise NotAnsweredError(at, problem)
        kept = answers.normal(question, answer)
        facts.update(answers.facts_of(question, kept))
        at = first_from(flow, target(question, kept), facts)
    return at.removeprefix(END), facts
