"""The log of accepted submissions, over HTTP and as the kiosk believes it."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import pytest
from alembic import command

from kiosk.domain.submission.delivery import Acknowledged
from services import wire
from services.merkle import EMPTY
from services.uplink.keys import CentralKeys
from services.uplink.proof import Promise, proven
from tests.services.central.test_database import move


def taken_in(hall, count: int) -> list[Promise]:
    """Submissions that were accepted, with what their kiosk keeps of the receipts."""
    items = [hall.kiosk.item(hall.kiosk.payload()) for _ in range(count)]
    results = wire.BatchResult.model_validate({"results": hall.send(*items)}).results
    promises = []
    for result in results:
        receipt = result.receipt
        kept = Acknowledged(receipt.id, receipt.registered_at, receipt.key_id, receipt.signature)
        promises.append(Promise(kept, receipt.sha256))
    return promises


def proof_of(hall, promise: Promise) -> wire.LogProof:
    answer = hall.client.get(wire.PROOF_PATH.format(submission=promise.id))
    assert answer.status_code == 200
    return wire.LogProof.model_validate_json(answer.content)


@pytest.fixture
def keys(hall) -> CentralKeys:
    return CentralKeys(hall.folder / "keyset.json")


def test_an_empty_log_has_the_root_of_nothing(hall, keys):
    head = wire.LogHead.model_validate_json(hall.client.get(wire.LOG_PATH).content)
    assert (head.size, head.root) == (0, EMPTY)
    signed = wire.log_bytes(size=0, root=EMPTY, at=head.at, key_id=head.key_id)
    assert keys.verify(head.signature, signed)


def test_every_receipt_is_proven_however_long_the_log_grows(hall, keys):
    promises = taken_in(hall, 3) + taken_in(hall, 1) + taken_in(hall, 7)
    for place, promise in enumerate(promises):
        proof = proof_of(hall, promise)
        assert (proof.place, proof.head.size) == (place, 11)
        assert proven(promise, proof, keys)


def test_a_submission_sent_twice_is_one_leaf(hall):
    item = hall.kiosk.item(hall.kiosk.payload())
    hall.send(item)
    hall.send(item)
    assert wire.LogHead.model_validate_json(hall.client.get(wire.LOG_PATH).content).size == 1


def test_what_was_not_accepted_is_not_there(hall):
    assert hall.client.get(wire.PROOF_PATH.format(submission=uuid4())).status_code == 404


def test_another_receipt_is_not_proven_by_it(hall, keys):
    first, second = taken_in(hall, 2)
    proof = proof_of(hall, first)
    later = first.receipt.registered_at + timedelta(seconds=1)
    assert not proven(second, proof, keys)
    assert not proven(first._replace(sha256=bytes(32)), proof, keys)
    assert not proven(
        first._replace(receipt=Acknowledged(first.id, later, first.receipt.key_id, b"")),
        proof,
        keys,
    )


def test_a_head_that_the_server_has_not_signed_proves_nothing(hall, keys):
    (promise,) = taken_in(hall, 1)
    proof = proof_of(hall, promise)
    forged = proof.head.model_copy(update={"at": proof.head.at + timedelta(days=1)})
    assert not proven(promise, proof.model_copy(update={"head": forged}), keys)


def test_a_server_that_has_forgotten_a_submission_cannot_prove_it(hall, keys):
    promises = taken_in(hall, 4)
    with closing(sqlite3.connect(hall.database)) as database, database:
        database.execute("UPDATE node SET hash = zeroblob(32) WHERE level = 0 AND place = 2")
        database.execute("UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND place = 1")
        database.execute("UPDATE node SET hash = zeroblob(32) WHERE level = 2")
    assert not proven(promises[2], proof_of(hall, promises[2]), keys)
    assert not proven(promises[0], proof_of(hall, promises[0]), keys)


def test_ids_that_are_none_are_refused(hall):
    assert hall.client.get("/v1/log/nonsense").status_code == 422


def test_receipts_of_before_there_was_a_log_are_in_it_too(hall, keys):
    promises = taken_in(hall, 5)
    before = wire.LogHead.model_validate_json(hall.client.get(wire.LOG_PATH).content)
    for step, version in ((command.downgrade, "0006"), (command.upgrade, "head")):
        move(hall.database, step, version)
    after = wire.LogHead.model_validate_json(hall.client.get(wire.LOG_PATH).content)
    assert (after.size, after.root) == (before.size, before.root)
    assert all(proven(promise, proof_of(hall, promise), keys) for promise in promises)
    taken_in(hall, 3)
    assert proven(promises[4], proof_of(hall, promises[4]), keys)
