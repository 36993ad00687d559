"""A form in progress, shared by its question, review and sending screens. Memory only."""

from dataclasses import replace
from datetime import date, datetime

from kiosk.domain.calendar.workdays import Due
from kiosk.domain.catalogue.model import KioskKind, ServiceItem
from kiosk.domain.complaint.scope import item_facts, scoped
from kiosk.domain.complaint.triage import Classification, classify
from kiosk.domain.counter.request import CounterRequest
from kiosk.domain.questions.answers import option_of
from kiosk.domain.questions.forms import PLAN_OF, known_of
from kiosk.domain.questions.identity import masked
from kiosk.domain.questions.model import Answer, Facts, Flow, ItemAnswer, Question
from kiosk.domain.questions.model import Kind as QuestionKind
from kiosk.domain.questions.walk import Walk
from kiosk.domain.questions.wording import say_answer, value_of
from kiosk.domain.session.parked import Parked
from kiosk.domain.submission.draft import Draft, attachments, compose
from kiosk.domain.submission.model import Kind, Submission
from kiosk.domain.submission.next_steps import promised_day, registration_day
from kiosk.domain.words import Language
from kiosk.errors import BugError, ParkedOutdated
from ui.desk import Backstage, Desk

REGISTER, RECORD, BILL = "register", "record", "bill"
"""Outcomes of a flow: a submission; a record or a bill that the central server is asked for. Every
other outcome is a page to read."""
TOLD_LATER = "told_later"
"""The fact that what a form asks for is answered later."""
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
    changed from the review, and the next step leads back there. `held_until`: how long the central
    server keeps the chosen time for this form; None where it could not be asked. `untaken`: what
    was given to the present question before the form was parked, and not taken as its answer.
    """

    def __init__(
        self,
        desk: Desk,
        backstage: Backstage,
        flow: str,
        item_id: str | None,
        known: Facts | None = None,
    ) -> None:
        self.desk = desk
        self._scope, self._workdays = backstage.scope, backstage.workdays
        asked, facts = _opened(desk, backstage, flow, item_id)
        self.walk = Walk.start(asked, {**facts, **(known or {})})
        kind = _KINDS[self.walk.flow.id]
        self.changing = False
        self.untaken: Answer | None = None
        self.held_until: datetime | None = None
        self.draft = Draft.opened(kind, desk.first.settings.kiosk.prefix)

    @classmethod
    def taken_back(cls, desk: Desk, backstage: Backstage, parked: Parked) -> "Form":
        """A parked form, where it was left. The session is not touched, and no time is held for it.
        Raises `ParkedOutdated` where it is not asked any more as it was."""
        try:
            form = cls(desk, backstage, parked.flow, parked.item_id)
        except KeyError as error:
            raise ParkedOutdated("a parked form's item has gone, or has no form now") from error
        form.walk = parked.walk(form.walk.flow, desk.catalogue.number, form.today)
        form.draft, form.changing = parked.draft, parked.changing
        form.untaken = parked.given
        return form

    @property
    def given(self) -> Answer | None:
        """What stands at the present question: not taken yet, or taken before."""
        return self.walk.answers.get(self.walk.at) if self.untaken is None else self.untaken

    def parked(self, given: Answer | None = None) -> Parked:
        """Everything the form needs to go on later; `given` is what stands at the present question
        and has not been taken as its answer yet."""
        walk = self.walk
        return Parked(
            draft=self.draft,
            edition=self.desk.catalogue.number,
            flow=walk.flow.id,
            flow_version=walk.flow.version,
            known=walk.known,
            at=walk.at,
            answers=walk.answers,
            given=given,
            changing=self.changing,
            session=self.desk.session,
        )

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

    @property
    def end(self) -> str:
        """The outcome of an ended walk; what is to be answered later is registered, whatever it
        is."""
        return REGISTER if self.walk.facts.get(TOLD_LATER) else self.walk.outcome or ""

    def tell_later(self) -> None:
        """The central server could not be asked: what was answered becomes an enquiry, with a way
        to reach the citizen asked besides."""
        known = {**self.walk.known, TOLD_LATER: True}
        again = Walk.start(self.walk.flow, known)
        self.walk = replace(again, answers=self.walk.answers).resume()

    def submissions(self) -> tuple[Submission, ...]:
        """What is handed in now: the form, and every photographed paper."""
        whole = compose(
            self.draft,
            self.walk,
            self.desk.first.words(Language.ZH),
            self.desk.catalogue.divisions,
            self.desk.first.clock.now(),
            self.found,
        )
        return whole, *attachments(whole, self.walk)

    @property
    def found(self) -> Classification | None:
        """What a complaint is, by the answers so far; None for everything else."""
        if self.draft.kind is not Kind.COMPLAINT:
            return None
        return classify(self.walk.facts, self._scope, self._workdays, self.today)

    @property
    def item(self) -> ServiceItem | None:
        """The item of the catalogue that the form is about, if it is about one."""
        return self.desk.catalogue.items.get(str(self.walk.facts.get("item_id", "")))

    @property
    def phone(self) -> str:
        """Where the citizen can be called; empty where no number was left."""
        left = (
            str(answer)
            for question, answer in self.walk.review()
            if question.kind is QuestionKind.PHONE and not option_of(question, answer)
        )
        return next(left, "")

    def registration_day(self) -> Due:
        """The working day on which what reaches the centre now can be registered."""
        first = self.desk.first
        return registration_day(first.clock.now(), first.settings.hall.open_until, self._workdays)

    def promised_day(self, item: ServiceItem, taken: Due) -> Due | None:
        """By when an item is done whose papers are taken on `taken`; None where no days are
        promised."""
        return promised_day(taken, item.promise_days, self._workdays)

    def item_answer(self, item: ServiceItem) -> ItemAnswer:
        """An item of the catalogue as the matter of a complaint."""
        return ItemAnswer(item.id, item.name, item_facts(item, self._scope))

    def request(self) -> CounterRequest:
        """The form as a question to the central server."""
        facts = self.walk.facts
        return CounterRequest(
            item_id=str(facts["item_id"]),
            division=str(facts["division"]),
            answers={
                **{question.id: value_of(answer) for question, answer in self.walk.review()},
                "audience": str(facts.get("audience", "")),
            },
        )


def is_stored(desk: Desk, flow: str, item_id: str | None) -> bool:
    """Whether a form ends in a submission, not in an answer of the central server."""
    if flow != "item" or item_id is None:
        return True
    return desk.catalogue.items[item_id].kind not in (KioskKind.QUERY, KioskKind.PAY)


def _opened(desk: Desk, backstage: Backstage, flow: str, item_id: str | None) -> tuple[Flow, Facts]:
    if flow == COMPLAINT:
        asked = scoped(backstage.complaint, backstage.scope, desk.catalogue.routes)
        if item_id is None:
            return asked, {}
        item = desk.catalogue.items[item_id]
        return asked, {
            **known_of(item, desk.session.home),
            **item_facts(item, backstage.scope),
        }
    if item_id is None:
        raise BugError(f"{flow}: a form is about an item")
    item = desk.catalogue.items[item_id]
    known = known_of(item, desk.session.home)
    guide = desk.catalogue.guide(item_id)
    return backstage.forms.flow(PLAN_OF[item.kind], guide), known
