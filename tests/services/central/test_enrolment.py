import json
import sqlite3
import threading
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services import wire
from services.central.enrolment import TOKEN_LIFE, KioskNameError, issue, revoke
from services.central.retention import remove
from services.wire import ProblemType
from tests.services.central.conftest import FakeKiosk, Hall
from tests.services.central.test_identity import body, problem


@pytest.fixture
def closed(start: Callable[..., Hall]) -> Hall:
    return start(open_enrolment=False)


def enrol(hall: Hall, token: str, kiosk: FakeKiosk | None = None, **changes: Any) -> httpx.Response:
    kiosk = kiosk or hall.kiosk
    key = kiosk.key.public_key().public_bytes_raw()
    said = {"kiosk_id": kiosk.id, "verify_key": b64encode(key).decode(), "token": token} | changes
    return hall.post(json.dumps(said).encode(), kiosk, wire.ENROLMENTS_PATH)


def test_with_its_token_a_kiosk_is_enrolled(closed: Hall) -> None:
    answer = enrol(closed, issue(closed.office, closed.kiosk.id))
    assert answer.json() == {"kiosk_id": closed.kiosk.id}
    closed.hand_in()


def test_where_enrolment_is_open_who_is_not_known_needs_no_token(hall: Hall) -> None:
    assert hall.introduce().status_code == 200
    assert hall.introduce().status_code == 200
    assert problem(hall.introduce(FakeKiosk(hall.keyset))) is ProblemType.TOKEN
    revoke(hall.office, hall.kiosk.id)
    assert problem(hall.introduce()) is ProblemType.TOKEN


def test_where_it_is_not_nobody_is_enrolled_without_a_token(closed: Hall) -> None:
    assert problem(closed.introduce()) is ProblemType.TOKEN


def test_a_token_is_good_for_one_kiosk_and_once(closed: Hall) -> None:
    token = issue(closed.office, closed.kiosk.id)
    other = FakeKiosk(closed.keyset, id="demo-kiosk-2")
    thief = FakeKiosk(closed.keyset)
    assert problem(enrol(closed, token, other)) is ProblemType.TOKEN
    assert enrol(closed, token).status_code == 200
    assert problem(enrol(closed, token, thief)) is ProblemType.TOKEN
    closed.hand_in()


def test_who_enrols_again_because_the_answer_was_lost_is_enrolled(closed: Hall) -> None:
    token = issue(closed.office, closed.kiosk.id)
    assert [enrol(closed, token).status_code for _ in range(2)] == [200, 200]


def test_of_many_that_come_at_once_with_a_token_one_is_enrolled(closed: Hall) -> None:
    token = issue(closed.office, closed.kiosk.id)
    kiosks = [FakeKiosk(closed.keyset) for _ in range(5)]
    together = threading.Barrier(len(kiosks))
    statuses: list[int] = []

    def come(kiosk: FakeKiosk) -> None:
        together.wait()
        statuses.append(enrol(closed, token, kiosk).status_code)

    threads = [threading.Thread(target=come, args=(kiosk,)) for kiosk in kiosks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [403] * 4


def test_a_token_runs_out(closed: Hall) -> None:
    token = issue(closed.office, closed.kiosk.id)
    closed.clock.moment += TOKEN_LIFE
    assert problem(enrol(closed, token)) is ProblemType.TOKEN


def test_a_new_token_takes_the_place_of_the_one_before(closed: Hall) -> None:
    before, now = (issue(closed.office, closed.kiosk.id) for _ in range(2))
    assert problem(enrol(closed, before)) is ProblemType.TOKEN
    assert enrol(closed, now).status_code == 200


@pytest.mark.parametrize("token", ["", "none", "演示", "x" * 64])
def test_a_token_nobody_was_given_is_refused(closed: Hall, token: str) -> None:
    assert problem(enrol(closed, token)) is ProblemType.TOKEN


def test_a_kiosk_enrols_with_the_key_it_signs_with_and_in_its_own_name(closed: Hall) -> None:
    token = issue(closed.office, closed.kiosk.id)
    another = b64encode(FakeKiosk(closed.keyset).key.public_key().public_bytes_raw()).decode()
    assert problem(enrol(closed, token, verify_key=another)) is ProblemType.SIGNATURE
    assert problem(enrol(closed, token, kiosk_id="demo-kiosk-2")) is ProblemType.SIGNATURE
    assert enrol(closed, token).status_code == 200


def test_a_kiosk_that_was_set_up_anew_is_enrolled_with_its_new_key(closed: Hall) -> None:
    enrol(closed, issue(closed.office, closed.kiosk.id))
    closed.hand_in()
    renewed = FakeKiosk(closed.keyset)
    assert enrol(closed, issue(closed.office, renewed.id), renewed).status_code == 200
    assert closed.post(body(closed, renewed), renewed).status_code == 200
    assert problem(closed.post(body(closed))) is ProblemType.SIGNATURE


def test_a_revoked_kiosk_is_enrolled_with_a_token_issued_afterwards_only(closed: Hall) -> None:
    first = issue(closed.office, closed.kiosk.id)
    enrol(closed, first)
    before = issue(closed.office, closed.kiosk.id)
    revoke(closed.office, closed.kiosk.id)
    assert {problem(enrol(closed, token)) for token in (first, before)} == {ProblemType.TOKEN}
    assert problem(closed.post(body(closed))) is ProblemType.REVOKED
    assert enrol(closed, issue(closed.office, closed.kiosk.id)).status_code == 200
    closed.hand_in()


def test_only_a_kiosk_that_is_known_can_be_revoked(closed: Hall) -> None:
    with pytest.raises(KioskNameError, match="demo-kiosk-9"):
        revoke(closed.office, "demo-kiosk-9")


@pytest.mark.parametrize("name", ["", "Demo", "演示", "x" * 33, "a\n"])
def test_a_name_no_kiosk_can_have_gets_no_token(closed: Hall, name: str) -> None:
    with pytest.raises(KioskNameError):
        issue(closed.office, name)


def test_tokens_are_kept_as_hashes_and_what_became_of_them_is_written_down(closed: Hall) -> None:
    token = issue(closed.office, closed.kiosk.id)
    enrol(closed, token)
    revoke(closed.office, closed.kiosk.id)
    connection = sqlite3.connect(closed.database)
    audit = connection.execute("SELECT actor, action FROM audit ORDER BY seq").fetchall()
    kept = "\n".join(connection.iterdump())
    connection.close()
    assert [action for _, action in audit] == ["token_issued", "enrolled", "revoked"]
    assert token not in kept
    assert token.encode().hex() not in kept.lower()


def test_tokens_and_signatures_out_of_date_are_removed(closed: Hall) -> None:
    enrol(closed, issue(closed.office, closed.kiosk.id))
    issue(closed.office, closed.kiosk.id)
    for later, left in ((timedelta(), (2, 1)), (timedelta(hours=1), (2, 0)), (TOKEN_LIFE, (0, 0))):
        with closed.office.database.write() as session:
            remove(session, closed.clock.now() + later)
        connection = sqlite3.connect(closed.database)
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("enrolment", "nonce")
        ]
        connection.close()
        assert tuple(counts) == left
