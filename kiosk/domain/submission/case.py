"""How a registered case stands at the central server, as a citizen may see it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CaseState(StrEnum):
    """The life of a case. `ANSWERED` needs both sides told: the citizen and the window."""

    RECEIVED = "received"
    REGISTERED = "registered"
    DISPATCHED = "dispatched"
    CLOSED = "closed"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One dated step in the life of a case; times are timezone-aware."""

    state: CaseState
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """What the central server tells whoever holds number and query code.

    `result` is the department's answer, empty until the case is closed. `feedback_due` is the last
    working day on which citizen and window must both have been told (one working day after the
    department's result); `provisional` says the holiday table does not cover it yet. `booking` is
    empty for what is no appointment (see `kiosk.domain.counter.booking.BookingState`).
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
