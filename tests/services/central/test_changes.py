"""A kiosk learns how the cases that came from it have gone on, and nothing else."""

from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from kiosk.domain.submission.receipt import receipt_hash
from services import wire
from services.central import changes
from services.central.enrolment import revoke
from services.central.feedback import ZONE
from services.uplink.signing import RequestSigner
from services.wire import ProblemType
from tests.services.central.conftest import FakeKiosk, Hall

CLOSED = datetime(2026, 9, 30, 10, 0, tzinfo=ZONE)


def ask(hall: Hall, cursor: int | str | None = None, kiosk: FakeKiosk | None = None) -> Any:
    kiosk = kiosk or hall.kiosk
    path = wire.STATES_PATH if cursor is None else f"{wire.STATES_PATH}?cursor={cursor}"
    signer = RequestSigner(kiosk.id, kiosk, hall.clock)
    signed = signer.headers("GET", str(hall.client.base_url) + path, b"")
    return hall.client.get(path, headers=signed)


def told(answer: httpx.Response) -> wire.StateChanges:
    assert answer.status_code == 200, answer.text
    return wire.StateChanges.model_validate_json(answer.content)


def states(payload: dict[str, Any], part: wire.StateChanges) -> list[str]:
    hashed = receipt_hash(payload["number"])
    return [change.state for change in part.changes if change.receipt_hash == hashed]


def test_a_case_is_followed_from_cursor_to_cursor(hall: Hall) -> None:
    case = hall.hand_in()
    first = told(ask(hall))
    assert states(case, first) == ["received"]
    hall.close(case, CLOSED)
    second = told(ask(hall, first.cursor))
    assert states(case, second) == ["registered", "dispatched", "closed"]
    assert second.changes[-1].at == CLOSED
    third = told(ask(hall, second.cursor))
    assert (third.changes, third.cursor) == ([], second.cursor)
    assert states(case, told(ask(hall, 0))) == ["received", "registered", "dispatched", "closed"]


def test_to_be_asked_is_not_to_tell_the_citizen(hall: Hall) -> None:
    case = hall.hand_in()
    hall.close(case, CLOSED)
    ask(hall)
    assert hall.case(case)["citizen_told"] is False


def test_what_was_said_of_a_case_is_no_change_of_its_state(hall: Hall) -> None:
    case = hall.hand_in()
    cursor = told(ask(hall)).cursor
    hall.say(case, "addition", "演示补充")
    after = told(ask(hall, cursor))
    assert after.changes == []
    assert after.cursor == cursor + 1


def test_a_kiosk_learns_of_its_own_cases_only(hall: Hall) -> None:
    own = hall.hand_in()
    other = FakeKiosk(hall.keyset, "demo-kiosk-2")
    others = other.payload()
    hall.send(other.item(others), kiosk=other)
    here, there = told(ask(hall)), told(ask(hall, kiosk=other))
    assert (states(own, here), states(others, here)) == (["received"], [])
    assert (states(own, there), states(others, there)) == ([], ["received"])
    assert here.cursor == there.cursor == 2


def test_nothing_but_hash_state_and_moment_is_said(hall: Hall) -> None:
    case = hall.hand_in()
    hashed = b64encode(receipt_hash(case["number"])).decode()
    answer = ask(hall).json()
    (change,) = answer["changes"]
    assert datetime.fromisoformat(change.pop("at")) == hall.clock.now()
    assert change == {"receipt_hash": hashed, "state": "received"}
    assert answer.keys() == {"changes", "cursor"}


def test_many_changes_come_a_part_at_a_time(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_CHANGES", 2)
    other = FakeKiosk(hall.keyset, "demo-kiosk-2")
    cases = []
    for _ in range(5):
        cases.append(hall.hand_in())
        hall.send(other.item(other.payload()), kiosk=other)
    parts, cursor = [], 0
    while (part := told(ask(hall, cursor))).changes:
        parts.append(part)
        cursor = part.cursor
    assert [len(part.changes) for part in parts] == [2, 2, 1]
    hashes = [change.receipt_hash for part in parts for change in part.changes]
    assert hashes == [receipt_hash(case["number"]) for case in cases]


def test_no_answer_looks_at_more_than_its_share_of_the_log(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "LOOKED_AT", 3)
    other = FakeKiosk(hall.keyset, "demo-kiosk-2")
    for _ in range(7):
        hall.send(other.item(other.payload()), kiosk=other)
    last = hall.hand_in()
    cursors, found, cursor = [], [], -1
    while cursor not in cursors:
        cursors.append(cursor)
        part = told(ask(hall, max(cursor, 0)))
        cursor, found = part.cursor, found + states(last, part)
    assert (cursors, found) == ([-1, 3, 6, 8], ["received"])


def test_a_cursor_of_a_later_day_leads_back_to_the_end_there_is(hall: Hall) -> None:
    hall.hand_in()
    answer = told(ask(hall, 10**6))
    assert (answer.changes, answer.cursor) == ([], 1)


@pytest.mark.parametrize("cursor", [-1, 1 << 63, "x"])
def test_what_is_no_cursor_is_refused(hall: Hall, cursor: int | str) -> None:
    hall.hand_in()
    assert ask(hall, cursor).status_code == 422


def test_nobody_else_is_told(hall: Hall) -> None:
    assert hall.client.get(wire.STATES_PATH).status_code == 401
    stranger = ask(hall)
    assert stranger.json()["type"] == ProblemType.NOT_ENROLLED
    hall.hand_in()
    impostor = ask(hall, kiosk=FakeKiosk(hall.keyset))
    assert impostor.json()["type"] == ProblemType.SIGNATURE
    revoke(hall.office, hall.kiosk.id)
    assert ask(hall).json()["type"] == ProblemType.REVOKED


def test_a_signed_question_is_answered_once_and_as_it_was_asked(hall: Hall) -> None:
    hall.hand_in()
    signer = RequestSigner(hall.kiosk.id, hall.kiosk, hall.clock)
    path = f"{wire.STATES_PATH}?cursor=0"
    signed = signer.headers("GET", str(hall.client.base_url) + path, b"")
    other = hall.client.get(f"{wire.STATES_PATH}?cursor=1", headers=signed)
    assert other.json()["type"] == ProblemType.SIGNATURE
    assert hall.client.get(path, headers=signed).status_code == 200
    assert hall.client.get(path, headers=signed).json()["type"] == ProblemType.REPLAYED
    hall.clock.moment += timedelta(seconds=wire.SIGNATURE_SECONDS + 1)
    assert hall.client.get(path, headers=signed).json()["type"] == ProblemType.CLOCK
