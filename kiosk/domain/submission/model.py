"""What a kiosk sends: one `Submission`, its sealed form, and the states it passes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What the citizen did. `INQUIRY`: what could not be asked at the moment (a record, a bill), to
    be answered later. `ATTACHMENT`: a photographed paper that belongs to an application or an
    addition. The last five are done with a case afterwards (see `afterwards.py`); `UPGRADE` makes a
    complaint of what was registered as an enquiry only."""

    COMPLAINT = "complaint"
    APPLICATION = "application"
    BOOKING = "booking"
    INQUIRY = "inquiry"
    ATTACHMENT = "attachment"
    ADDITION = "addition"
    WITHDRAWAL = "withdrawal"
    REOPENING = "reopening"
    RATING = "rating"
    UPGRADE = "upgrade"


PRIORITY: Mapping[Kind, int] = {
    Kind.COMPLAINT: 0,
    Kind.BOOKING: 0,
    Kind.REOPENING: 0,
    Kind.ATTACHMENT: 2,
}
"""Which goes first (the lowest) when all cannot go at once; 1 where nothing is said. Somebody waits
for a clerk, or a place is held; papers follow their form."""
PRIORITIES = (0, 1, 2)


class State(StrEnum):
    """Where a sealed submission stands in the local queue. `EXPORTED`: a copy has been carried away
    by hand; it is sent as well once there is a line."""

    SEALED = "sealed"
    LEASED = "leased"
    RETRY_WAIT = "retry_wait"
    ACKED = "acked"
    DEAD = "dead"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One question with the citizen's answer, both as the citizen read them (Chinese).

    `value` is the machine-readable answer: option ids, ISO date, digits or free text.
    """

    question: str
    asked: str
    answer: str
    value: str


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything a citizen hands in. Lives in memory only, until it is sealed.

    `number` and `code` are what the citizen takes home (see `receipt.py`). `facts` are the flow's
    plain facts (question engine); `verdict` is the complaint's classification as a plain mapping,
    empty for everything else. `created_at` is timezone-aware. An attachment has its picture (JPEG)
    as `content`; it and what is done afterwards have the number and code of their case.
    """

    id: UUID
    kind: Kind
    number: str
    code: str
    created_at: datetime
    flow: str
    flow_version: int
    item_id: str | None
    item_name: str
    answers: tuple[AnsweredQuestion, ...]
    facts: Mapping[str, str | int | bool]
    verdict: Mapping[str, str | list[str]]
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class SealedSubmission:
    """A submission only the central server can open. All fields but `envelope` are metadata.

    `envelope` is the HPKE output (encapsulated key followed by ciphertext), `sha256` its digest
    (32 bytes), `signature` the kiosk's Ed25519 signature over `services.wire.item_bytes`.
    `receipt_hash` is the SHA-256 of the receipt number (32 bytes): it lets the kiosk say "still
    stored here" for a number somebody shows it, without keeping the number.
    """

    id: UUID
    kind: Kind
    created_at: datetime
    kiosk_id: str
    key_id: str
    suite: str
    envelope: bytes
    sha256: bytes
    signature: bytes
    receipt_hash: bytes


@dataclass(frozen=True, slots=True)
class QueuedSubmission:
    """What an operator may know of one submission: nothing of what is in it, nor whose it is.
    `size` in bytes; `last_code` is why it still waits, or is dead."""

    id: UUID
    kind: Kind
    state: State
    created_at: datetime
    attempts: int
    last_code: str
    size: int


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """What an operator may know of the queue: counts by state, and the age of the oldest waiting.

    `oldest_waiting` is when the oldest unacknowledged submission was created, None if none waits.
    """

    counts: Mapping[State, int]
    oldest_waiting: datetime | None

    @property
    def waiting(self) -> int:
        """Submissions not yet acknowledged by the central server, dead ones included."""
        return sum(n for state, n in self.counts.items() if state is not State.ACKED)
