"""Forms: which questions are asked for an item, put together from shared ones.

A plan is a sequence of questions of the library, the same for all items of one kind; in the place
of `fields` stand the questions that the item's own guide names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.domain.catalogue.guide import Guide
from kiosk.domain.catalogue.model import COMPANY, PERSON, KioskKind, ServiceItem
from kiosk.domain.questions.model import END, Fact, Facts, Flow, Kind, Question
from kiosk.errors import BugError

FIELDS = "fields"
PLAN_OF: Mapping[KioskKind, str] = {
    KioskKind.APPLY: "application",
    KioskKind.BOOK: "booking",
    KioskKind.QUERY: "query",
    KioskKind.PAY: "payment",
}
"""The form of each kind of item; guides have none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A form that many items share: its questions in order, and the outcome it ends with."""

    id: str
    version: int
    questions: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Forms:
    """All plans by id, and the library of questions they draw from."""

    plans: Mapping[str, Plan]
    library: Mapping[str, Question]

    def flow(self, plan_id: str, guide: Guide) -> Flow:
        """The form of an item. Questions asked anyway are not asked again as fields; without papers
        nothing is asked about papers. Raises `BugError` for an unknown plan or question."""
        try:
            plan = self.plans[plan_id]
            asked = [self.library[name] for name in self._names(plan, guide)]
        except KeyError as error:
            raise BugError(f"form {plan_id}: no plan or question {error}") from error
        if not guide.materials:
            asked = [question for question in asked if question.kind is not Kind.PAPERS]
        ends = [*(question.id for question in asked[1:]), f"{END}{plan.outcome}"]
        questions = {
            question.id: replace(
                question,
                next=ahead,
                papers=guide.materials if question.kind is Kind.PAPERS else (),
            )
            for question, ahead in zip(asked, ends, strict=True)
        }
        return Flow(
            plan.id, plan.version, asked[0].id, questions, (plan.outcome,), f"forms.{plan.id}"
        )

    def _names(self, plan: Plan, guide: Guide) -> list[str]:
        names: dict[str, None] = {}
        for name in plan.questions:
            names.update(dict.fromkeys(guide.fields if name == FIELDS else (name,)))
        return list(names)


def known_of(item: ServiceItem, home: str) -> Facts:
    """What is known of an item before its form is opened. `audience` is left open where both people
    and companies can apply; `home` is the division the citizen has chosen (empty: none yet)."""
    known: dict[str, Fact] = {
        "item": item.name,
        "item_id": item.id,
        "department": item.department,
        "kiosk_kind": item.kind.value,
        "serves": "both",
    }
    if home:
        known["division"] = home
    for only in (PERSON, COMPANY):
        if item.service_object == (only,):
            known |= {"serves": only, "audience": only}
    return known
