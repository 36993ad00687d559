from datetime import timedelta
from random import Random

import pytest

from kiosk.domain.submission.delivery import Acknowledged, Buried, LeasedSubmission, RetryLater
from services import wire
from services.uplink.judge import MISSING, UNVERIFIED, judge, sealed_item
from services.uplink.keys import CentralKeys
from services.uplink.seal import Seal
from tests.services.uplink.central import NOON, CentralSecrets, submission


@pytest.fixture
def leased(seal: Seal) -> LeasedSubmission:
    return LeasedSubmission(seal.seal(submission()), attempts=3)


def result(
    leased: LeasedSubmission, outcome: str, receipt: wire.Receipt | None = None
) -> wire.BatchResult:
    one = wire.ItemResult(
        id=leased.sealed.id, outcome=wire.Outcome(outcome), reason="why", receipt=receipt
    )
    return wire.BatchResult(results=[one])


@pytest.mark.parametrize("outcome", ["accepted", "duplicate"])
def test_a_signed_receipt_acknowledges(
    leased: LeasedSubmission, keys: CentralKeys, secrets: CentralSecrets, outcome: str
) -> None:
    receipt = secrets.receipt(leased.sealed.id, leased.sealed.sha256)
    answer = result(leased, outcome, receipt)
    assert judge([leased], answer, keys, NOON, Random(1)) == [
        Acknowledged(leased.sealed.id, NOON, receipt.key_id, receipt.signature)
    ]


def test_only_this_submission_s_receipt_acknowledges(
    leased: LeasedSubmission, keys: CentralKeys, secrets: CentralSecrets, seal: Seal
) -> None:
    other = seal.seal(submission())
    good = secrets.receipt(leased.sealed.id, leased.sealed.sha256)
    naive = NOON.replace(tzinfo=None)
    for receipt in (
        None,
        secrets.receipt(other.id, other.sha256),
        secrets.receipt(leased.sealed.id, other.sha256),
        CentralSecrets().receipt(leased.sealed.id, leased.sealed.sha256),
        good.model_copy(update={"signature": b""}),
        good.model_copy(update={"registered_at": NOON + timedelta(seconds=1)}),
        good.model_copy(update={"key_id": "other"}),
        secrets.receipt(leased.sealed.id, leased.sealed.sha256, naive),
    ):
        answer = result(leased, "accepted", receipt)
        (settlement,) = judge([leased], answer, keys, NOON, Random(1))
        assert isinstance(settlement, RetryLater)
        assert settlement.code == UNVERIFIED


@pytest.mark.parametrize("outcome", ["conflict", "rejected"])
def test_what_will_never_be_taken_is_buried_with_the_reason(
    leased: LeasedSubmission, keys: CentralKeys, outcome: str
) -> None:
    (settlement,) = judge([leased], result(leased, outcome), keys, NOON, Random(1))
    assert settlement == Buried(leased.sealed.id, f"{outcome}:why")


def test_what_is_not_answered_or_not_now_is_tried_later(
    leased: LeasedSubmission, keys: CentralKeys
) -> None:
    for answer, code in (
        (wire.BatchResult(results=[]), MISSING),
        (result(leased, "retry"), "retry:why"),
    ):
        (settlement,) = judge([leased], answer, keys, NOON, Random(1))
        assert isinstance(settlement, RetryLater)
        assert settlement.code == code
        assert NOON <= settlement.at <= NOON + timedelta(seconds=8)


def test_a_full_batch_fits_the_wire_s_limit(seal: Seal) -> None:
    from services.uplink.drain import _ENVELOPE_BYTES, _METADATA_BYTES

    sealed = seal.seal(submission())
    travelling = len(sealed_item(sealed).model_dump_json())
    assert travelling - (len(sealed.envelope) * 4 // 3) < _METADATA_BYTES
    assert _ENVELOPE_BYTES * 4 // 3 + 101 * _METADATA_BYTES <= wire.MAX_BATCH_BYTES
