"""A form in progress, shared by its question, review and sending screens. Memory only."""

from datetime import date

from kiosk.domain.questions.forms import PLAN_OF, known_of
from kiosk.domain.questions.identity import masked
from kiosk.domain.questions.model import Answer, Facts, Flow, Question
from kiosk.domain.questions.model import Kind as QuestionKind
from kiosk.domain.questions.walk import Walk
from kiosk.domain.questions.wording import say_answer
from kiosk.domain.submission.draft import Draft, compose
from kiosk.domain.submission.model import Kind, Submission
from kiosk.domain.words import Language
from ui.desk import Backstage, Desk

REGISTER, RECORD, BILL = "register", "record", "bill"
"""Outcomes of a flow: a submission; a record or a bill that the central server is asked for. Every
other outcome is a page to read."""
COMPLAINT = "complaint"
_KINDS = {
    COMPLAINT: Kind.COMPLAINT,
    "application": Kind.APPLICATION,
    "booking": Kind.BOOKING,
    "query": Kind.INQUIRY,
    "payment": Kind.INQUIRY,
}
_PRIVATE = frozenset({QuestionKind.DOCUMENT})
"""What others who stand near need not read on the review."""


class Form:
    """Where a citizen stands in a flow, and what will be handed in. `changing`: one answer is being
    changed from the review, and the next step leads back there.
    """

    def __init__(self, desk: Desk, backstage: Backstage, flow: str, item_id: str | None) -> None:
        self.desk = desk
        self.walk = Walk.start(*_opened(desk, backstage, flow, item_id))
        kind = _KINDS[self.walk.flow.id]
        self.changing = False
        self.draft = Draft.opened(kind, desk.first.settings.kiosk.prefix)

    @property
    def today(self) -> date:
        """Today in the hall."""
        return self.desk.first.clock.now().date()

    @property
    def title(self) -> str:
        """Which form this is, in the citizen's language."""
        return self.desk.words.say(f"{self.walk.flow.words}.title")

    def lines(self) -> list[tuple[str, str, str]]:
        """The answers so far: question id, the question, the answer, in the citizen's language."""
        divisions = self.desk.catalogue.divisions
        return [
            (
                question.id,
                self.desk.words.say(f"{question.words}.ask"),
                self._answer(question, answer)
                or say_answer(question, answer, self.desk.words, divisions),
            )
            for question, answer in self.walk.review()
        ]

    def _answer(self, question: Question, answer: Answer) -> str:
        if question.kind in _PRIVATE and isinstance(answer, str):
            return masked(answer)
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


def _opened(
    desk: Desk, backstage: Backstage, flow: str, item_id: str | None
) -> tuple[Flow, Facts]:
    if item_id is None:
        return backstage.complaint, {}
    item = desk.catalogue.items[item_id]
    known = known_of(item, desk.session.home)
    if flow == COMPLAINT:
        return backstage.complaint, known
    guide = desk.catalogue.guide(item_id)
    return backstage.forms.flow(PLAN_OF[item.kind], guide), known
