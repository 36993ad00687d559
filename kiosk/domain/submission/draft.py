"""A form being filled in: numbers are minted when it opens, the submission is made when it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from kiosk.domain.catalogue.model import Division
from kiosk.domain.complaint.triage import Classification, verdict
from kiosk.domain.questions.model import ItemAnswer, PapersAnswer
from kiosk.domain.questions.walk import Walk
from kiosk.domain.questions.wording import say_answer, value_of
from kiosk.domain.submission.attachment import attachment
from kiosk.domain.submission.model import AnsweredQuestion, Kind, Submission
from kiosk.domain.submission.receipt import new_code, new_number
from kiosk.domain.words import Words
from kiosk.domain.writing import UNWRITTEN

LACKING = "lacks_characters"
"""The fact that some characters are to be added at a window (窗口补录)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Id (UUIDv7, RFC 9562), receipt number and query code of a form, fixed from its first screen
    on: pressing 提交 twice, or again after a fault, is one submission."""

    id: UUID
    kind: Kind
    number: str
    code: str

    @classmethod
    def opened(cls, kind: Kind, prefix: str) -> "Draft":
        """A new form on the kiosk whose receipt numbers begin with `prefix`."""
        return cls(uuid7(), kind, new_number(prefix), new_code())


def compose(
    draft: Draft,
    walk: Walk,
    chinese: Words,
    divisions: Mapping[str, Division],
    created_at: datetime,
    found: Classification | None = None,
) -> Submission:
    """What is handed in when `walk` has ended: every answer of its trail, in Chinese for the clerk
    and as the machine's value, with the facts and, for a complaint, what was found. Where
    characters are lacking, that is a fact.
    """
    flow = walk.flow
    item = _matter(walk)
    return Submission(
        id=draft.id,
        kind=draft.kind,
        number=draft.number,
        code=draft.code,
        created_at=created_at,
        flow=flow.id,
        flow_version=flow.version,
        item_id=item.item_id,
        item_name=item.words,
        answers=tuple(
            AnsweredQuestion(
                question=question.id,
                asked=chinese.say(f"{question.words}.ask"),
                answer=say_answer(question, answer, chinese, divisions),
                value=value_of(answer),
            )
            for question, answer in walk.review()
        ),
        facts={**walk.facts, **({LACKING: True} if lacks_characters(walk) else {})},
        verdict=verdict(found) if found else {},
    )


def lacks_characters(walk: Walk) -> bool:
    """Whether an answer holds a character that could not be written."""
    said = (answer for _, answer in walk.review())
    words = (one.words if isinstance(one, ItemAnswer) else one for one in said)
    return any(isinstance(one, str) and UNWRITTEN in one for one in words)


def attachments(whole: Submission, walk: Walk) -> tuple[Submission, ...]:
    """A submission for each photographed paper of the form handed in as `whole`."""
    return tuple(
        attachment(whole, paper.name, page, picture)
        for _, answer in walk.review()
        if isinstance(answer, PapersAnswer)
        for paper in answer.papers
        for page, picture in enumerate(paper.pictures, start=1)
    )


def _matter(walk: Walk) -> ItemAnswer:
    """The matter of the form: known from the guide it was opened on, or answered on the way."""
    facts = walk.facts
    item_id = facts.get("item_id")
    return ItemAnswer(str(item_id) if item_id else None, str(facts.get("item", "")))
