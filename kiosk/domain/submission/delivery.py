"""How one attempt to deliver a sealed submission ends: what the queue is told afterwards."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kiosk.domain.submission.model import SealedSubmission


@dataclass(frozen=True, slots=True)
class LeasedSubmission:
    """A submission taken from the queue; `attempts` counts this delivery too (1 or more), `faults`
    the earlier ones that failed by its own fault."""

    sealed: SealedSubmission
    attempts: int
    faults: int = 0


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The central server holds it: its signed receipt, already verified (Ed25519, 64 bytes)."""

    id: UUID
    registered_at: datetime
    key_id: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not now: due again `at` (timezone-aware); `code` says why, for the operator. `fault`: it was
    the submission's own, and is counted."""

    id: UUID
    at: datetime
    code: str
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Buried:
    """The central server will never take it as it is. Kept for the operator, never deleted."""

    id: UUID
    code: str


Settlement = Acknowledged | RetryLater | Buried
