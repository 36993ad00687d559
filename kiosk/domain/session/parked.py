"""A form set aside on purpose (我去拿材料), to be gone on with the same day at the same kiosk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.domain.questions import answers
from kiosk.domain.questions.model import Answer, Facts, Flow
from kiosk.domain.questions.walk import Walk, first_from, target
from kiosk.domain.session.session import Session
from kiosk.domain.submission.draft import Draft
from kiosk.errors import ParkedOutdated


@dataclass(frozen=True, slots=True, repr=False)
class Parked:
    """Everything a form needs to go on. Lives in memory only, until it is sealed.

    `edition` is the number of the catalogue's edition it was filled in with; `known`, `at` and
    `answers` are the walk's. `given` is what stands at the question `at` and has not been taken as
    its answer yet (papers photographed so far, a text half typed), None where nothing does.
    `changing`: one answer is being changed from the review. `session` is how the citizen reads, and
    their home division.
    """

    draft: Draft
    edition: int
    flow: str
    flow_version: int
    known: Facts
    at: str
    answers: Mapping[str, Answer]
    given: Answer | None
    changing: bool
    session: Session

    @property
    def item_id(self) -> str | None:
        """The item the form was opened on; None for a complaint that was opened on none."""
        item_id = self.known.get("item_id")
        return None if item_id is None else str(item_id)

    def walk(self, flow: Flow, edition: int, today: date) -> Walk:
        """Where the citizen stands in `flow`, which is the form as it would be opened now, under
        the edition of this number.

        Raises `ParkedOutdated` unless it is the same flow of the same edition, and the answers lead
        to where the form was left. Another edition may want other papers and answers, and what is
        known of the item comes from the old one.
        """
        asked = (edition, flow.id, flow.version)
        if asked != (self.edition, self.flow, self.flow_version):
            raise ParkedOutdated(
                f"a form parked in edition {self.edition}, {self.flow} {self.flow_version}; "
                f"now it is edition {edition}, {flow.id} {flow.version}"
            )
        if not self._leads(flow, today):
            raise ParkedOutdated(f"a parked form of {flow.id} {flow.version} has lost its way")
        return Walk(flow, self.at, self.answers, self.known)

    def _leads(self, flow: Flow, today: date) -> bool:
        facts = dict(self.known)
        at = first_from(flow, flow.start, facts)
        while at != self.at:
            question, answer = flow.questions.get(at), self.answers.get(at)
            if question is None or answer is None or answers.problem(question, answer, today):
                return False
            facts.update(answers.facts_of(question, answer))
            at = first_from(flow, target(question, answer), facts)
        return True
