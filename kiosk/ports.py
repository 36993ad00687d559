"""What the core asks of the world. Ports carry values and results, never Qt, SQL or HTTP."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.domain.submission.case import CaseStatus
    from kiosk.domain.submission.model import QueueStatus, SealedSubmission, Submission


class Connection(StrEnum):
    """What the kiosk knows of the central server. `UNKNOWN` until the first exchange has ended."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    OFFLINE = "offline"


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """The present moment, timezone-aware, in the hall's zone (Asia/Shanghai)."""


class Sealer(Protocol):
    """Makes a submission unreadable to everybody but the central server."""

    def seal(self, submission: Submission) -> SealedSubmission:
        """Seal and sign. Raises `NotProvisioned` while the central server's keys are unknown."""


class Outbox(Protocol):
    """The local queue of sealed submissions. Safe to use from any thread."""

    def put(self, sealed: SealedSubmission) -> None:
        """Store durably before returning; putting the same id twice is one submission.

        Raises `StorageError`; then nothing was stored.
        """

    def is_waiting(self, number: str) -> bool:
        """Whether the submission with this receipt number is stored here, not yet acknowledged."""

    def status(self) -> QueueStatus:
        """Counts for the operator, at a cost that does not grow with the queue."""


class Uplink(Protocol):
    """Carries the queue to the central server in the background."""

    def start(self) -> None:
        """Begin draining in a thread of its own."""

    def stop(self) -> None:
        """End the thread; returns when it has ended. What was not acknowledged stays queued."""

    def poke(self) -> None:
        """Something new is in the queue: do not wait for the next round."""

    def watch(self, changed: Callable[[Connection], None]) -> None:
        """Call `changed` from the uplink's thread whenever the connection's state changes."""


class CentralServer(Protocol):
    """What the kiosk may ask the central server while a citizen waits."""

    def follow(self, number: str, code: str) -> CaseStatus:
        """How a case stands; reading it counts as the citizen having been told.

        Raises `CaseNotFound`, `TooManyAttempts` or `CentralUnreachable`; blocks at most ten
        seconds.
        """
