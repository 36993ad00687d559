"""How a registered case stands at the central server, as a citizen may see it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from kiosk.domain.submission.model import Kind


class CaseState(StrEnum):
    """The life of a case. `ANSWERED` needs both sides told: the citizen and the window. `REOPENED`
    goes on like `REGISTERED`; `WITHDRAWN` is an end."""

    RECEIVED = "received"
    REGISTERED = "registered"
    DISPATCHED = "dispatched"
    CLOSED = "closed"
    ANSWERED = "answered"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


_WAY = (
    CaseState.RECEIVED,
    CaseState.REGISTERED,
    CaseState.DISPATCHED,
    CaseState.CLOSED,
    CaseState.ANSWERED,
)


class Rating(IntEnum):
    """好差评 in its five levels, 非常满意 to 非常不满意 (国办发〔2019〕51号)."""

    VERY_GOOD = 5
    GOOD = 4
    FAIR = 3
    BAD = 2
    VERY_BAD = 1

    @property
    def is_bad(self) -> bool:
        """差评: one of the two lowest, which somebody has to follow up."""
        return self <= Rating.BAD


class Note(StrEnum):
    """What a citizen did afterwards, beside the states it led to. The late ones had no effect: the
    case was not open to them (see `afterwards.py`)."""

    ADDED = "added"
    RATED = "rated"
    UPGRADED = "upgraded"
    LATE_ADDITION = "late_addition"
    LATE_WITHDRAWAL = "late_withdrawal"
    LATE_REOPENING = "late_reopening"
    LATE_RATING = "late_rating"
    LATE_UPGRADE = "late_upgrade"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One dated step in the life of a case; times are timezone-aware."""

    state: CaseState
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case came into a state at a moment (timezone-aware); which case, says the SHA-256 of its
    number (see `receipt_hash`)."""

    receipt_hash: bytes
    state: CaseState
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseNote:
    """When something a citizen did afterwards reached the case (timezone-aware)."""

    note: Note
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """What the central server tells whoever holds number and query code.

    `result` is the department's answer, empty until the case is closed and again once it is
    reopened. `feedback_due` is the last working day on which citizen and window must both have been
    told (one working day after the department's result); `provisional` says the holiday table does
    not cover it yet. `booking` is empty for what is no appointment (see
    `kiosk.domain.counter.booking.BookingState`). `possible` is what can still be done with the case
    (see `afterwards.py`), `rating` the one that was given. `item_id` is the catalogue's id of the
    matter, None if it is not in the catalogue or the server does not tell.
    """

    number: str
    kind: str
    item_name: str
    state: CaseState
    events: tuple[CaseEvent, ...]
    department: str
    result: str
    feedback_due: date | None
    provisional: bool
    booking: str = ""
    possible: frozenset[Kind] = frozenset()
    rating: Rating | None = None
    notes: tuple[CaseNote, ...] = ()
    item_id: str | None = None


def ahead(state: CaseState) -> tuple[CaseState, ...]:
    """The states still to come, as things are."""
    if state is CaseState.WITHDRAWN:
        return ()
    reached = CaseState.REGISTERED if state is CaseState.REOPENED else state
    return _WAY[_WAY.index(reached) + 1 :]
