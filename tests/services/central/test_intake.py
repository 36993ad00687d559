import base64
import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from services import wire
from services.central import intake
from services.central.enrolment import revoke
from services.central.intake import IncomingBatch, take_batch
from services.central.keys import ServerKeys, load_keys, rotate_keys
from services.central.opening import Opened, Opener, Sent, opener
from services.central.vault import about
from tests.services.central.conftest import FakeKiosk


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
    assert hashed.startswith("hmac$")


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
    ],
)
def test_an_item_that_is_not_what_it_says_is_rejected(hall, outside, reason):
    item = hall.kiosk.item(hall.kiosk.payload(), **outside)
    assert refusal(hall, item) == ("rejected", reason)


def test_what_is_sealed_to_a_key_or_by_a_suite_that_is_not_here_yet_is_not_given_up(hall):
    elsewhere = hall.kiosk.item(hall.kiosk.payload(), key_id="0123456789abcdef")
    assert refusal(hall, elsewhere) == ("retry", "unknown_key")
    otherwise = hall.kiosk.item(hall.kiosk.payload()) | {"suite": "SM2/SM3/SM4"}
    assert refusal(hall, otherwise) == ("retry", "unknown_suite")


def test_what_was_sealed_before_the_keys_were_changed_is_taken_all_the_same(hall, start):
    known, waiting = (hall.kiosk.item(hall.kiosk.payload()) for _ in range(2))
    (before,) = hall.send(known)
    rotate_keys(hall.folder)
    later = start()
    again, taken, sealed_anew = later.send(
        known,
        waiting,
        FakeKiosk(later.keyset, key=hall.kiosk.key).item(hall.kiosk.payload()),
        kiosk=hall.kiosk,
    )
    assert (again["outcome"], again["receipt"]) == ("duplicate", before["receipt"])
    assert [taken["outcome"], sealed_anew["outcome"]] == ["accepted", "accepted"]
    later.check_receipt(taken["receipt"])
    assert taken["receipt"]["key_id"] == later.keyset.key_id != hall.keyset.key_id


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


def test_a_good_item_is_stored_beside_a_bad_one_with_its_id(hall):
    hall.hand_in()
    good = hall.kiosk.item(hall.kiosk.payload())
    results = hall.send(good, good | {"surprise": True})
    assert [r["outcome"] for r in results] == ["accepted", "rejected"]


def test_a_kiosk_that_cannot_verify_receipts_signed_together_gets_each_signed_alone(hall):
    hall.hand_in()
    batch = hall.kiosk.batch(*(hall.kiosk.item(hall.kiosk.payload()) for _ in range(3)))
    answer = hall.post(json.dumps(batch).encode(), path=wire.BATCHES_PATH).json()
    receipts = [result["receipt"] for result in answer["results"]]
    assert {len(base64.b64decode(receipt["signature"])) for receipt in receipts} == {64}
    for receipt in receipts:
        hall.check_receipt(receipt)


def test_what_is_carried_here_is_stored_many_at_once_too(hall, monkeypatch):
    hall.hand_in()
    monkeypatch.setattr(intake, "store", pytest.fail)
    batch = hall.kiosk.batch(*(hall.kiosk.item(hall.kiosk.payload()) for _ in range(3)))
    results = by_hand(hall, batch)
    assert [result.outcome for result in results] == ["accepted"] * 3


def test_what_is_looked_at_while_its_kiosk_is_revoked_is_not_stored(start):
    def opening(keys: ServerKeys) -> Opener:
        def revoking(sent: Sequence[Sent]) -> list[Opened]:
            if sent[0].item.id == UUID(late["id"]):
                revoke(hall.office, hall.kiosk.id)
            return opener(keys)(sent)

        return revoking

    hall = start(opening=opening)
    late = hall.kiosk.item(hall.kiosk.payload())
    hall.hand_in()
    (result,) = hall.send(late)
    assert (result["outcome"], result["reason"]) == ("retry", "kiosk_revoked")
    assert rows(hall, 'SELECT count(*) FROM "case"') == [(1,)]


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


@contextmanager
def statements() -> Iterator[list[tuple[Any, str]]]:
    """Everything that is said to the database meanwhile, and on which of its connections; a
    transaction that writes has one of its own."""
    said: list[tuple[Any, str]] = []

    def note(connection: Any, _: Any, statement: str, *__: Any) -> None:
        said.append((connection, statement))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def writers(hall, *items: dict[str, Any]) -> int:
    """How many transactions stored submissions while these were taken."""
    with statements() as said:
        hall.send(*items)
    return len({connection for connection, each in said if each.startswith("INSERT INTO sub")})


def test_a_batch_of_a_hundred_is_taken_whole_in_one_transaction(hall):
    items = [hall.kiosk.item(hall.kiosk.payload()) for _ in range(100)]
    assert writers(hall, *items) == 1
    assert [r["outcome"] for r in hall.send(*items)] == ["duplicate"] * 100


def test_a_batch_that_was_taken_before_writes_nothing(hall):
    item = hall.kiosk.item(hall.kiosk.payload())
    assert [writers(hall, item) for _ in range(2)] == [1, 0]


def test_a_batch_has_its_kiosk_s_row_read_for_its_signature_a_look_and_writing_only(hall):
    hall.hand_in()
    items = [hall.kiosk.item(hall.kiosk.payload()) for _ in range(3)]
    with statements() as said:
        hall.send(*items)
    assert sum("FROM kiosk" in each for _, each in said) == 3


def test_what_the_database_refuses_of_one_item_is_no_concern_of_the_others(hall):
    poor = hall.kiosk.payload()
    with closing(sqlite3.connect(hall.database)) as database:
        database.execute(
            f"CREATE TRIGGER no BEFORE INSERT ON event WHEN NEW.case_id = '{poor['id']}' "
            "BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        assert refusal(hall, hall.kiosk.item(poor)) == ("retry", "storage")
        assert rows(hall, "SELECT count(*) FROM submission") == [(2,)]
        assert hall.clerk("/log", method="GET").json() == {"events": 2, "broken_at": 0}
        database.execute("DROP TRIGGER no")
    assert hall.send(hall.kiosk.item(poor))[0]["outcome"] == "accepted"


def test_a_case_that_does_not_open_is_no_concern_of_the_others(hall):
    case = hall.hand_in()
    hall.say(case, "addition", "演示补充")
    with closing(sqlite3.connect(hall.database)) as database, database:
        database.execute("DROP TRIGGER event_no_update")
        database.execute("UPDATE event SET detail = x'00' WHERE action = 'added'")
    again = hall.kiosk.item(hall.wish(case, "addition", "演示补充"))
    assert refusal(hall, again) == ("retry", "storage")


def all_wait(hall, known: dict[str, Any], *items: dict[str, Any]) -> None:
    """Nothing new is acknowledged or stored, what is known is answered as ever."""
    before = rows(hall, "SELECT count(*) FROM submission")
    first, *others = hall.send(known, *items)
    assert first["outcome"] == "duplicate"
    assert {(r["outcome"], r["reason"]) for r in others} == {("retry", "storage")}
    assert rows(hall, "SELECT count(*) FROM submission") == before


def test_nothing_is_acknowledged_of_a_batch_that_cannot_be_committed(hall):
    known, *new = (hall.kiosk.item(hall.kiosk.payload()) for _ in range(4))
    hall.send(known)

    def fail(connection: Any) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk I/O error"))

    before = rows(hall, "SELECT count(*) FROM submission")
    event.listen(Engine, "commit", fail)
    try:
        results = by_hand(hall, hall.kiosk.batch(known, *new))
        assert hall.post(json.dumps(hall.kiosk.batch(*new)).encode()).status_code == 503
    finally:
        event.remove(Engine, "commit", fail)
    assert [(r.outcome, r.reason) for r in results[1:]] == [("retry", "storage")] * 3
    assert results[0].outcome == "duplicate"
    assert rows(hall, "SELECT count(*) FROM submission") == before
    assert [r["outcome"] for r in hall.send(known, *new)] == ["duplicate"] + ["accepted"] * 3


def test_nothing_is_acknowledged_of_a_batch_in_whose_middle_the_disk_is_full(hall, start):
    known, *new = (hall.kiosk.item(hall.kiosk.payload(item_name="满" * 3000)) for _ in range(9))
    hall.send(known)
    pages = rows(hall, "PRAGMA page_count")[0][0]

    def little_room(connection: Any, _: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    event.listen(Engine, "connect", little_room)
    try:
        full = start()
        full.kiosk = hall.kiosk
        all_wait(full, known, *new)
    finally:
        event.remove(Engine, "connect", little_room)
    roomy = start()
    outcomes = [r["outcome"] for r in roomy.send(known, *new, kiosk=hall.kiosk)]
    assert outcomes == ["duplicate"] + ["accepted"] * 8
    assert roomy.clerk("/log", method="GET").json() == {"events": 9, "broken_at": 0}


def test_a_malformed_item_is_in_the_audit_log(hall):
    hall.hand_in()
    item = hall.kiosk.item(hall.kiosk.payload()) | {"surprise": True}
    hall.send(item)
    (last,) = rows(hall, "SELECT action, subject FROM audit ORDER BY seq DESC LIMIT 1")
    assert last == ("rejected:malformed", item["id"])


@pytest.mark.parametrize("spoil", [lambda key: f"!{key}", lambda key: f"{key[:9]} {key[9:]}"])
def test_a_key_with_junk_in_it_is_none(hall, spoil):
    batch = hall.kiosk.batch(hall.kiosk.item(hall.kiosk.payload()))
    hall.introduce()
    batch["verify_key"] = spoil(batch["verify_key"])
    answer = hall.post(json.dumps(batch).encode())
    assert answer.status_code == 422
    assert answer.json()["detail"] == "body.verify_key: value_error"
