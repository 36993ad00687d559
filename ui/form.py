"""A form in progress, shared by its question, review and sending screens. Memory only."""

from datetime import date

from kiosk.domain.questions.model import Answer, Fact
from kiosk.domain.questions.walk import Walk
from kiosk.domain.questions.wording import say_answer
from kiosk.domain.submission.draft import Draft, compose
from kiosk.domain.submission.model import Kind, Submission
from kiosk.domain.words import Language
from ui.desk import Backstage, Desk

REGISTER = "register"
"""The outcome of a flow that ends in a submission; every other outcome is a page to read."""


class Form:
    """Where a citizen stands in a flow, and what will be handed in. `changing`: one answer is being
    changed from the review, and the next step leads back there.
    """

    def __init__(self, desk: Desk, backstage: Backstage, flow: str, item_id: str | None) -> None:
        kind = Kind.COMPLAINT if flow == "complaint" else Kind.APPLICATION
        self.desk = desk
        self.walk = Walk.start(backstage.flows[flow], _known(desk, item_id))
        self.changing = False
        self.draft = Draft.opened(kind, desk.first.settings.kiosk.prefix)

    @property
    def today(self) -> date:
        """Today in the hall."""
        return self.desk.first.clock.now().date()

    def say(self, key: str) -> str:
        """Wording of this flow in the citizen's language."""
        return self.desk.words.say(f"{self.walk.flow.id}.{key}")

    def help_text(self, key: str) -> str:
        """Optional wording of this flow, empty where there is none."""
        return self.desk.words.get(f"{self.walk.flow.id}.{key}")

    def lines(self) -> list[tuple[str, str, str]]:
        """The answers so far: question id, the question, the answer, in the citizen's language."""
        divisions = self.desk.catalogue.divisions
        return [
            (
                question.id,
                self.say(f"{question.id}.ask"),
                self._answer(question.id, answer)
                or say_answer(self.walk.flow.id, question, answer, self.desk.words, divisions),
            )
            for question, answer in self.walk.review()
        ]

    def _answer(self, question: str, answer: Answer) -> str:
        return "" if answer != "" else self.desk.words.say("questions.empty")

    def submission(self) -> Submission:
        """What is handed in now."""
        return compose(
            self.draft,
            self.walk,
            self.desk.first.words(Language.ZH),
            self.desk.catalogue.divisions,
            self.desk.first.clock.now(),
        )


def _known(desk: Desk, item_id: str | None) -> dict[str, Fact]:
    if item_id is None:
        return {}
    item = desk.catalogue.items[item_id]
    return {
        "item": item.name,
        "item_id": item.id,
        "department": item.department,
        "kiosk_kind": item.kind.value,
    }
