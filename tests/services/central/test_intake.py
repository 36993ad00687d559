import base64
import json
import sqlite3
import threading
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.central.intake import IncomingBatch, take_batch
from services.central.keys import load_keys
from services.central.vault import about


def rows(hall, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(hall.database)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def refusal(hall, item: dict[str, Any]) -> tuple[str, str]:
    """The answer for a bad item, sent between two good ones that must not suffer."""
    before, after = (hall.kiosk.item(hall.kiosk.payload()) for _ in range(2))
    first, bad, last = hall.send(before, item, after)
    assert (first["outcome"], last["outcome"]) == ("accepted", "accepted")
    assert bad["receipt"] is None
    return bad["outcome"], bad["reason"]


def test_an_accepted_item_has_a_receipt_the_kiosk_can_verify(hall):
    item = hall.kiosk.item(hall.kiosk.payload())
    (result,) = hall.send(item)
    assert result["outcome"] == "accepted"
    assert result["receipt"]["sha256"] == item["sha256"]
    hall.check_receipt(result["receipt"])


def test_a_repeat_is_answered_with_the_first_receipt_forever(hall, start):
    item = hall.kiosk.item(hall.kiosk.payload())
    (first,) = hall.send(item)
    hall.clock.moment = hall.clock.moment.replace(year=2027)
    (second,) = hall.send(item)
    again = start()
    (third,) = again.send(item, kiosk=hall.kiosk)
    assert second["outcome"] == third["outcome"] == "duplicate"
    assert first["receipt"] == second["receipt"] == third["receipt"]


def test_the_same_item_twice_in_one_batch_is_one_case(hall):
    item = hall.kiosk.item(hall.kiosk.payload())
    assert [r["outcome"] for r in hall.send(item, item)] == ["accepted", "duplicate"]
    assert rows(hall, 'SELECT count(*) FROM "case"') == [(1,)]


def test_a_known_id_with_another_content_is_a_conflict(hall):
    payload = hall.hand_in()
    changed = hall.kiosk.item(payload | {"item_name": "另一件"})
    assert refusal(hall, changed) == ("conflict", "content_differs")


def test_a_receipt_number_used_before_is_a_conflict(hall):
    payload = hall.hand_in()
    second = hall.kiosk.item(hall.kiosk.payload(number=payload["number"]))
    assert refusal(hall, second) == ("conflict", "number_taken")


@pytest.mark.parametrize("kind", ["complaint", "application", "booking", "inquiry"])
def test_every_kind_a_citizen_hands_in_is_a_case(hall, kind):
    payload = hall.hand_in(kind=kind, verdict={})
    status = hall.status(payload).json()
    assert (status["kind"], status["state"]) == (kind, "received")
    assert (status["booking"] != "") == (kind == "booking")


def test_every_submission_leaves_case_event_and_audit_rows_together(hall):
    payload = hall.hand_in()
    assert rows(hall, "SELECT id FROM submission") == [(payload["id"],)]
    assert rows(hall, "SELECT case_id, action FROM event") == [(payload["id"], "received")]
    audit = rows(hall, "SELECT action, subject FROM audit ORDER BY seq")
    assert audit == [("enrolled", ""), ("accepted", payload["id"])]


def test_the_query_code_is_kept_as_a_hash_only(hall):
    payload = hall.hand_in()
    keys = load_keys(hall.folder)
    ((stored, hashed),) = rows(hall, 'SELECT payload, code_hash FROM "case"')
    opened = keys.vault.open(stored, about(payload["id"], "payload"))
    assert "code" not in json.loads(opened)
    assert payload["code"] not in opened.replace(payload["id"], "")
    assert hashed.startswith("scrypt$")


def test_a_changed_envelope_is_rejected(hall):
    item = hall.kiosk.item(hall.kiosk.payload())
    raw = bytearray(base64.b64decode(item["envelope"]))
    raw[-1] ^= 1
    item["envelope"] = base64.b64encode(raw).decode()
    assert refusal(hall, item) == ("rejected", "digest_mismatch")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "application"),
        ("created_at", "2026-09-29T03:59:00Z"),
        ("id", str(uuid4())),
        ("key_id", "0" * 16),
        ("signature", base64.b64encode(bytes(64)).decode()),
        ("signature", ""),
    ],
)
def test_changed_metadata_breaks_the_signature(hall, name, value):
    item = hall.kiosk.item(hall.kiosk.payload()) | {name: value}
    assert refusal(hall, item) == ("rejected", "signature_invalid")


def test_metadata_signed_anew_does_not_open_the_envelope(hall):
    item = hall.kiosk.item(hall.kiosk.payload())
    meta = {
        "id": uuid4(),
        "kind": item["kind"],
        "kiosk_id": hall.kiosk.id,
        "key_id": hall.keyset.key_id,
    }
    moved = hall.kiosk.signed(base64.b64decode(item["envelope"]), meta)
    assert refusal(hall, moved) == ("rejected", "envelope_unreadable")


@pytest.mark.parametrize("envelope", [b"", b"x", bytes(1136), bytes(5000)])
def test_what_is_no_envelope_is_rejected(hall, envelope):
    meta = {
        "id": uuid4(),
        "kind": "complaint",
        "kiosk_id": hall.kiosk.id,
        "key_id": hall.keyset.key_id,
    }
    item = hall.kiosk.signed(envelope, meta)
    assert refusal(hall, item) == ("rejected", "envelope_unreadable")


@pytest.mark.parametrize(
    ("outside", "reason"),
    [
        ({"id": uuid4()}, "id_mismatch"),
        ({"kind": "application"}, "kind_mismatch"),
        ({"kiosk_id": "demo-kiosk-2"}, "kiosk_id_mismatch"),
        ({"key_id": "0123456789abcdef"}, "unknown_key"),
    ],
)
def test_an_item_that_is_not_what_it_says_is_rejected(hall, outside, reason):
    item = hall.kiosk.item(hall.kiosk.payload(), **outside)
    assert refusal(hall, item) == ("rejected", reason)


def test_an_unknown_suite_is_rejected(hall):
    item = hall.kiosk.item(hall.kiosk.payload()) | {"suite": "SM2/SM3/SM4"}
    assert refusal(hall, item) == ("rejected", "unknown_suite")


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"kind": "gift"}, ("rejected", "kind_mismatch")),
        ({"number": "BBC-7K4M-92QX-2"}, ("rejected", "number_invalid")),
        ({"code": "583170"}, ("rejected", "number_invalid")),
        ({"created_at": "2026-09-29T11:58:00"}, ("rejected", "payload_invalid")),
        ({"flow_version": "one"}, ("rejected", "payload_invalid")),
        ({"surprise": 1}, ("rejected", "payload_invalid")),
        ({"item_name": "a\0b"}, ("rejected", "payload_invalid")),
        ({"item_name": "\ud800"}, ("rejected", "payload_invalid")),
        ({"version": 2}, ("retry", "unsupported_version")),
    ],
)
def test_a_payload_that_cannot_be_kept_is_refused(hall, changes, answer):
    assert refusal(hall, hall.kiosk.item(hall.kiosk.payload(**changes))) == answer


def test_a_payload_that_is_no_json_is_rejected(hall):
    outside = {"id": uuid4(), "kind": "complaint"}
    item = hall.kiosk.item(b"\xff{", **outside)
    assert refusal(hall, item) == ("rejected", "payload_invalid")


@pytest.mark.parametrize(
    "broken",
    [
        {"created_at": "yesterday"},
        {"created_at": "0001-01-01T00:00:00+14:00"},
        {"created_at": "2026-09-29T03:58:00"},
        {"envelope": 7},
        {"surprise": True},
    ],
)
def test_a_malformed_item_is_rejected_alone(hall, broken):
    item = hall.kiosk.item(hall.kiosk.payload()) | broken
    assert refusal(hall, item) == ("rejected", "malformed")


def test_an_item_without_a_readable_id_does_not_spoil_its_neighbours(hall):
    good = hall.kiosk.item(hall.kiosk.payload())
    results = hall.send({"id": "?"}, good, {})
    assert [r["outcome"] for r in results] == ["accepted"]


def by_hand(hall, batch):
    """The batch as it is carried here: nothing but its items is signed."""
    return take_batch(hall.office, IncomingBatch.model_validate_json(json.dumps(batch)))


def test_the_first_key_of_a_kiosk_is_pinned(hall):
    hall.hand_in()
    impostor = type(hall.kiosk)(hall.keyset)
    batch = impostor.batch(impostor.item(impostor.payload()))
    assert hall.post(json.dumps(batch).encode(), impostor).status_code == 401
    (result,) = by_hand(hall, batch)
    assert (result.outcome, result.reason) == ("retry", "kiosk_key_mismatch")
    hall.hand_in()


def test_a_kiosk_that_signs_nothing_good_is_not_enrolled(hall):
    impostor = type(hall.kiosk)(hall.keyset)
    item = impostor.item(impostor.payload()) | {"signature": ""}
    hall.send(item, kiosk=impostor)
    hall.hand_in()


def test_an_unknown_kiosk_waits_while_enrolment_is_closed(start):
    hall = start(open_enrolment=False)
    batch = hall.kiosk.batch(*(hall.kiosk.item(hall.kiosk.payload()) for _ in range(2)))
    assert hall.post(json.dumps(batch).encode()).status_code == 403
    answers = {(result.outcome, result.reason) for result in by_hand(hall, batch)}
    assert answers == {("retry", "kiosk_not_enrolled")}


def test_a_kiosk_enrolled_before_is_served_while_enrolment_is_closed(start):
    hall = start()
    hall.hand_in()
    later = start(open_enrolment=False)
    (result,) = later.send(hall.kiosk.item(hall.kiosk.payload()), kiosk=hall.kiosk)
    assert result["outcome"] == "accepted"


def test_another_protocol_version_is_asked_to_retry(hall):
    batch = hall.kiosk.batch(hall.kiosk.item(hall.kiosk.payload())) | {"version": 2}
    (result,) = hall.post(json.dumps(batch).encode()).json()["results"]
    assert (result["outcome"], result["reason"]) == ("retry", "unsupported_version")


def test_requests_racing_with_one_id_make_one_case_and_one_receipt(hall):
    item = hall.kiosk.item(hall.kiosk.payload())
    together = threading.Barrier(6)
    results: list[dict[str, Any]] = []

    def post() -> None:
        together.wait()
        results.extend(hall.send(item))

    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(r["outcome"] for r in results) == ["accepted"] + ["duplicate"] * 5
    assert len({json.dumps(r["receipt"]) for r in results}) == 1
    assert rows(hall, 'SELECT count(*) FROM "case"') == [(1,)]


def test_kiosks_racing_to_enrol_one_id_pin_one_key(hall):
    kiosks = [type(hall.kiosk)(hall.keyset, key=Ed25519PrivateKey.generate()) for _ in range(4)]
    items = [kiosk.item(kiosk.payload()) for kiosk in kiosks]
    together = threading.Barrier(4)
    results: list[dict[str, Any]] = []

    def post(kiosk: Any, item: dict[str, Any]) -> None:
        together.wait()
        results.extend(hall.send(item, kiosk=kiosk))

    threads = [threading.Thread(target=post, args=pair) for pair in zip(kiosks, items, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(r["reason"] for r in results) == [""] + ["kiosk_key_mismatch"] * 3
    assert rows(hall, "SELECT count(*) FROM kiosk") == [(1,)]


def test_a_batch_of_a_hundred_is_taken_whole(hall):
    items = [hall.kiosk.item(hall.kiosk.payload()) for _ in range(100)]
    assert [r["outcome"] for r in hall.send(*items)] == ["accepted"] * 100
