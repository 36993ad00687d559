"""How the cases that came from a kiosk go on: asked a page at a time, and kept."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from kiosk.domain.submission.case import CaseChange, CaseEvent, CaseState
from kiosk.domain.submission.receipt import new_number, receipt_hash
from kiosk.errors import CentralUnreachable
from services import wire
from services.storage.cases import SqliteCases
from services.storage.outbox import SqliteOutbox
from services.uplink import states
from services.uplink.client import CentralClient
from services.uplink.keys import KioskKey
from services.uplink.signing import NotAdmitted, RequestSigner
from services.uplink.states import CaseNews
from tests.services.uplink.central import FakeCentral, Impostor, StoppedClock
from tests.services.uplink.conftest import Serve
from tests.services.uplink.test_client import answer
from tests.services.uplink.test_signing import refusal

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NUMBER = new_number("BBC")


def closed(number: str = NUMBER) -> CaseChange:
    return CaseChange(receipt_hash(number), CaseState.CLOSED, NOON)


@pytest.fixture
def cases(outbox: SqliteOutbox) -> SqliteCases:
    return SqliteCases(outbox.store, "http://central.invalid")


@pytest.fixture
def news(central: FakeCentral, cases: SqliteCases) -> CaseNews:
    return CaseNews(central, cases)


def all_of(news: CaseNews) -> int:
    """How many pages there are now."""
    pages = 1
    while news.page():
        pages += 1
    return pages


def test_everything_that_has_changed_is_known_after_the_last_page(
    news: CaseNews, cases: SqliteCases, central: FakeCentral
) -> None:
    numbers = [new_number("BBC") for _ in range(5)]
    central.case_changes = [closed(number) for number in numbers]
    assert all_of(news) == 4  # of two, the last with nothing
    assert all(cases.last_known(number) == CaseEvent(CaseState.CLOSED, NOON) for number in numbers)
    assert cases.cursor() == 5


def test_it_is_not_asked_again_before_it_is_time(
    news: CaseNews, central: FakeCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of(news)
    central.case_changes = [closed()]
    asked = central.asked_for_changes
    assert not news.page()
    assert central.asked_for_changes == asked
    monkeypatch.setattr(states, "EVERY", 0.0)
    later = CaseNews(central, news._cases)
    all_of(later)
    central.case_changes += [closed()]
    assert later.page()


def test_where_the_server_was_put_back_everything_is_asked_anew(
    central: FakeCentral, cases: SqliteCases
) -> None:
    lost, kept = new_number("BBC"), new_number("BBC")
    central.case_changes = [closed(kept), closed(lost)]
    all_of(CaseNews(central, cases))
    del central.case_changes[1]
    all_of(CaseNews(central, cases))
    assert cases.last_known(lost) is None
    assert cases.last_known(kept) == CaseEvent(CaseState.CLOSED, NOON)
    assert cases.cursor() == 1


def test_what_fails_is_asked_again_from_where_it_was(
    central: FakeCentral, cases: SqliteCases
) -> None:
    central.case_changes = [closed(new_number("BBC")) for _ in range(3)]
    news = CaseNews(central, cases)
    assert news.page()
    central.reachable = False
    with pytest.raises(CentralUnreachable):
        news.page()
    assert not news.page()
    central.reachable = True
    assert all_of(CaseNews(central, cases)) == 2
    assert cases.cursor() == 3


# What the wire says


def said(**changes: Any) -> dict[str, Any]:
    hashed = b64encode(receipt_hash(NUMBER)).decode()
    change = {"receipt_hash": hashed, "state": "closed", "at": "2026-11-20T12:00:00Z"}
    return {"changes": [change | changes], "cursor": 9}


@pytest.fixture
def signer(own: KioskKey) -> RequestSigner:
    return RequestSigner("test-kiosk", own, StoppedClock())


def hear(signer: RequestSigner, status: str, body: object) -> tuple[list[CaseChange], int]:
    there = Impostor(answer(status, json.dumps(body)))
    try:
        return CentralClient(there.url, signer=signer).changes(4)
    finally:
        there.close()
        (asked,) = there.asked
        assert asked.startswith(b"GET /v1/status?cursor=4 HTTP/1.1\r\n")
        assert b"Signature-Input: " in asked


def test_changes_are_read_as_they_are(signer: RequestSigner) -> None:
    assert hear(signer, "200 OK", said()) == ([closed()], 9)


def test_a_state_that_only_a_newer_server_knows_is_passed_over(signer: RequestSigner) -> None:
    assert hear(signer, "200 OK", said(state="archived")) == ([], 9)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        ("404 Not Found", {"title": "an older server", "status": 404}),
        ("503 Busy", {"title": "busy", "status": 503}),
        ("200 OK", {"changes": []}),
        ("200 OK", {"changes": [], "cursor": 1 << 63}),
        ("200 OK", {"changes": [], "cursor": -1}),
        ("200 OK", said(at="2026-11-20T12:00:00")),
    ],
)
def test_whatever_else_is_said_is_not_believed(
    signer: RequestSigner, status: str, body: object
) -> None:
    with pytest.raises(CentralUnreachable):
        hear(signer, status, body)


def test_a_kiosk_that_is_not_known_introduces_itself_once(
    serve: Serve, signer: RequestSigner
) -> None:
    there = serve(
        refusal(wire.ProblemType.NOT_ENROLLED),
        answer("200 OK", '{"kiosk_id": "test-kiosk"}'),
        answer("200 OK", json.dumps(said())),
    )
    assert CentralClient(there.url, signer=signer).changes(0) == ([closed()], 9)
    assert b"POST /v1/enrolments " in there.asked[1]


def test_where_enrolment_is_not_open_it_stays_unknown(serve: Serve, signer: RequestSigner) -> None:
    there = serve(
        refusal(wire.ProblemType.NOT_ENROLLED),
        refusal(wire.ProblemType.TOKEN),
        refusal(wire.ProblemType.NOT_ENROLLED),
    )
    with pytest.raises(NotAdmitted, match="not-enrolled"):
        CentralClient(there.url, signer=signer).changes(0)
