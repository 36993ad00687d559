"""Turns the central server's answer to a batch into what the queue is told. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from random import Random

from kiosk.domain.submission.delivery import (
    Acknowledged,
    Buried,
    LeasedSubmission,
    RetryLater,
    Settlement,
)
from kiosk.domain.submission.model import SealedSubmission
from kiosk.domain.submission.retry import next_attempt
from services import wire
from services.receipts import unfolded
from services.uplink.keys import CentralKeys

UNVERIFIED = "unverified"
MISSING = "missing"
_LONGEST_CODE = 64


def judge(
    leased: Sequence[LeasedSubmission],
    answer: wire.BatchResult,
    keys: CentralKeys,
    now: datetime,
    random: Random,
) -> list[Settlement]:
    """One settlement for each leased submission.

    Only a receipt for this very envelope (id and SHA-256), signed by the central server, is an
    acknowledgement. What the answer leaves out, or cannot prove, is tried again.
    """
    results = {result.id: result for result in answer.results}
    verify = cache(keys.verify)  # one signature stands under many receipts
    return [_judge_one(one, results.get(one.sealed.id), verify, now, random) for one in leased]


def postponed(
    leased: Sequence[LeasedSubmission],
    code: str,
    now: datetime,
    random: Random,
    retry_after: timedelta | None = None,
) -> list[Settlement]:
    """All of them later, because of `code`."""
    return [
        RetryLater(one.sealed.id, next_attempt(now, one.attempts, random, retry_after), code)
        for one in leased
    ]


def sealed_item(sealed: SealedSubmission) -> wire.SealedItem:
    """The submission as it travels."""
    return wire.SealedItem.model_construct(
        id=sealed.id,
        kind=sealed.kind,
        created_at=sealed.created_at,
        kiosk_id=sealed.kiosk_id,
        key_id=sealed.key_id,
        suite=sealed.suite,
        sha256=sealed.sha256,
        signature=sealed.signature,
        envelope=sealed.envelope,
    )


def _judge_one(
    leased: LeasedSubmission,
    result: wire.ItemResult | None,
    verify: Callable[[bytes, bytes], bool],
    now: datetime,
    random: Random,
) -> Settlement:
    sealed = leased.sealed
    if result is None:
        code = MISSING
    elif result.outcome in (wire.Outcome.CONFLICT, wire.Outcome.REJECTED):
        return Buried(sealed.id, _code(result))
    elif result.outcome is wire.Outcome.RETRY:
        code = _code(result)
    elif result.receipt is not None and _proves(result.receipt, sealed, verify):
        receipt = result.receipt
        return Acknowledged(sealed.id, receipt.registered_at, receipt.key_id, receipt.signature)
    else:
        code = UNVERIFIED
    return RetryLater(sealed.id, next_attempt(now, leased.attempts, random), code)


def _proves(
    receipt: wire.Receipt, sealed: SealedSubmission, verify: Callable[[bytes, bytes], bool]
) -> bool:
    if (receipt.id, receipt.sha256) != (sealed.id, sealed.sha256):
        return False
    if receipt.registered_at.tzinfo is None:
        return False
    promise = wire.receipt_bytes(
        id=receipt.id,
        sha256=receipt.sha256,
        registered_at=receipt.registered_at,
        key_id=receipt.key_id,
    )
    signed = unfolded(receipt.signature, promise)
    return signed is not None and verify(*signed)


def _code(result: wire.ItemResult) -> str:
    return f"{result.outcome}:{result.reason}".rstrip(":")[:_LONGEST_CODE]
