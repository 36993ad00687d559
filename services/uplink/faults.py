"""Whose fault a failed delivery was. What keeps failing by itself is buried; the world's failures
kill nothing, however long they last."""

from uuid import UUID

from kiosk.domain.submission.delivery import Buried, RetryLater, Settlement
from kiosk.domain.submission.retry import MOST_FAULTS
from services.uplink.judge import UNVERIFIED
from services.wire import RETRY_REASONS, Outcome

UNREACHABLE = "unreachable"
BUSY = "busy"
REFUSED = "refused"
NOT_ADMITTED = "not_admitted"
_WORLD = {UNREACHABLE, BUSY, NOT_ADMITTED, UNVERIFIED} | {
    f"{Outcome.RETRY}:{reason}" for reason in RETRY_REASONS
}
"""A receipt that proves nothing is whoever signed it: another keyset, or an impostor."""


class Faults:
    """Counts every submission's own failures, in memory: a kiosk that starts again counts from
    nought, and only gives it more chances."""

    def __init__(self) -> None:
        self._counts: dict[UUID, int] = {}

    def weighed(self, settlement: Settlement) -> Settlement:
        """The settlement as it is, or at the last of `MOST_FAULTS` the submission's end."""
        if not isinstance(settlement, RetryLater):
            self._counts.pop(settlement.id, None)
            return settlement
        if settlement.code in _WORLD:
            return settlement
        count = self._counts.pop(settlement.id, 0) + 1
        if count >= MOST_FAULTS:
            return Buried(settlement.id, settlement.code)
        self._counts[settlement.id] = count
        return settlement
