"""What a citizen can do with a case afterwards: add to it, withdraw it, say that it is not settled
(没解决), rate it (好差评), make a complaint of what was registered as an enquiry (转为反映)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kiosk.domain.submission.case import CaseState, Rating
from kiosk.domain.submission.model import AnsweredQuestion, Kind, Submission

AFTERWARDS = frozenset({Kind.ADDITION, Kind.WITHDRAWAL, Kind.REOPENING, Kind.RATING, Kind.UPGRADE})

REOPEN_WITHIN = timedelta(days=30)
"""How long after having been told of the answer a citizen can say that it settles nothing: the
project's own choice. Later, it is a new matter."""

_IN_WORK = frozenset(
    {CaseState.RECEIVED, CaseState.REGISTERED, CaseState.DISPATCHED, CaseState.REOPENED}
)
_HAS_ANSWER = frozenset({CaseState.CLOSED, CaseState.ANSWERED})


@dataclass(frozen=True, slots=True)
class Standing:
    """All of a case that decides what can still be done with it. `told_at` is when the citizen was
    told of the department's answer, None while they were not. `enquiry`: it is a complaint that was
    registered as an enquiry and has not been upgraded since."""

    state: CaseState
    told_at: datetime | None = None
    rating: Rating | None = None
    enquiry: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What a citizen wants done: of the kinds `AFTERWARDS`, said `at` a moment (timezone-aware).
    An addition has words, the others may have; a rating, and nothing else, has its level.

    Raises `ValueError` for what is not so.
    """

    kind: Kind
    at: datetime
    text: str = ""
    rating: Rating | None = None

    def __post_init__(self) -> None:
        """See above."""
        if self.kind not in AFTERWARDS:
            raise ValueError(f"{self.kind} is not done afterwards")
        if self.kind is Kind.ADDITION and not self.text.strip():
            raise ValueError("an addition says something")
        if (self.kind is Kind.RATING) != (self.rating is not None):
            raise ValueError("a rating has its level, and nothing else has one")


def possible(standing: Standing, at: datetime) -> frozenset[Kind]:
    """What a citizen could do at that moment.

    The department's answer is what counts, not whether the window has been told of it too: who has
    read the answer can say what it is worth.
    """
    state, found = standing.state, set[Kind]()
    if state is not CaseState.WITHDRAWN:
        found.add(Kind.ADDITION)
        if standing.enquiry:
            found.add(Kind.UPGRADE)
    if state in _IN_WORK:
        found.add(Kind.WITHDRAWAL)
    if state in _HAS_ANSWER:
        if standing.told_at is None or at <= standing.told_at + REOPEN_WITHIN:
            found.add(Kind.REOPENING)
        if standing.rating is None:
            found.add(Kind.RATING)
    return frozenset(found)


def submission_of(wish: Wish, id: UUID, number: str, code: str) -> Submission:
    """The wish as a kiosk hands it in, for the case with this number and query code. `id` is its
    own."""
    words = (AnsweredQuestion("words", "", wish.text, wish.text),) if wish.text else ()
    return Submission(
        id=id,
        kind=wish.kind,
        number=number,
        code=code,
        created_at=wish.at,
        flow="afterwards",
        flow_version=1,
        item_id=None,
        item_name="",
        answers=words,
        facts={} if wish.rating is None else {"rating": int(wish.rating)},
        verdict={},
    )
