"""Whose fault a failed delivery was. What keeps failing by itself is buried; the world's failures
kill nothing, however long they last."""

from dataclasses import replace

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


def weighed(settlement: Settlement, faults: int) -> Settlement:
    """The settlement of a submission that has failed by itself `faults` times before: as it is,
    another fault of its own, or at the last of `MOST_FAULTS` its end."""
    if not isinstance(settlement, RetryLater) or settlement.code in _WORLD:
        return settlement
    if faults + 1 >= MOST_FAULTS:
        return Buried(settlement.id, settlement.code)
    return replace(settlement, fault=True)
