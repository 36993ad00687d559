"""Walking through a flow: pure transitions over frozen state.

Going back keeps every answer; going forward again finds them. An answer that turns the walk into
another branch keeps the answers of the branch left behind, but only the questions on the walked
path count for `facts`, `trail` and `review`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.domain.questions.model import Answer, Facts, Flow, Question


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a citizen stands in a flow. `at` is a question id or `end:<outcome>`.

    `known` are facts given from outside before the first question (an item chosen in the catalogue).
    """

    flow: Flow
    at: str
    answers: Mapping[str, Answer]
    known: Facts

    @classmethod
    def start(cls, flow: Flow, known: Facts | None = None) -> "Walk":
        """At the first question that applies."""
        raise NotImplementedError

    @property
    def question(self) -> Question | None:
        """The question to be answered now; None at the end."""
        raise NotImplementedError

    @property
    def outcome(self) -> str | None:
        """The outcome's name (without `end:`) at the end; None before."""
        raise NotImplementedError

    @property
    def trail(self) -> tuple[str, ...]:
        """Ids of the questions on the walked path before `at`, in order."""
        raise NotImplementedError

    @property
    def facts(self) -> Facts:
        """`known`, then the facts set along the trail (later ones win)."""
        raise NotImplementedError

    @property
    def steps_left(self) -> int:
        """Questions still to come, the present one included: the longest way to an end from here
        under the facts known so far; 0 at the end."""
        raise NotImplementedError

    def problem(self, answer: Answer, today: date) -> str:
        """Why `answer` cannot be taken for the present question, as a key of the text file
        `questions` (`problem.<key>`); empty if it can."""
        raise NotImplementedError

    def answered(self, answer: Answer) -> "Walk":
        """The present question answered, and one step forward. The answer must have no `problem`."""
        raise NotImplementedError

    def back(self) -> "Walk":
        """One step back, at the first question: itself."""
        raise NotImplementedError

    def can_go_back(self) -> bool:
        """Whether there is a question before this one."""
        raise NotImplementedError

    def change(self, question: str) -> "Walk":
        """Stand at a question of the trail again, to change its answer. All answers are kept."""
        raise NotImplementedError

    def resume(self) -> "Walk":
        """Go forward over questions that are answered already, up to the first that is not, or the
        end: where a citizen goes on after having changed one answer."""
        raise NotImplementedError

    def review(self) -> tuple[tuple[Question, Answer], ...]:
        """The questions on the trail with their answers, in the order asked (notices left out)."""
        raise NotImplementedError
