"""What a citizen waits for, asked of a server that may be anybody."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from kiosk.domain.counter.payment import PaymentState
from kiosk.domain.counter.request import CounterRequest
from kiosk.errors import CentralUnreachable, CounterRefusal
from services import wire
from services.uplink.counter import CounterClient
from services.uplink.keys import KioskKey
from services.uplink.signing import NotAdmitted, RequestSigner
from tests.services.uplink.central import Impostor, StoppedClock
from tests.services.uplink.test_client import answer

REQUEST = CounterRequest("DEMO-SB-001", "340103", {"name": "演示"})
ID = UUID(int=7)
RECORD: dict[str, Any] = {
    "title": "演示记录",
    "lines": [["姓名", "演示"]],
    "columns": ["月份"],
    "rows": [["演示"]],
    "issuer": "演示",
    "issued_at": "2026-11-25T12:00:00+08:00",
    "check_code": "BBC2-2222",
    "check_path": "/check/x",
    "watermark": "演示",
}
BILL: dict[str, Any] = {
    "id": "x",
    "title": "演示",
    "for_whom": "演**",
    "period": "演示",
    "amount": 1250,
    "path": "/pay/x",
    "expires_at": "2026-11-25T12:00:00+08:00",
}
ASKS: dict[str, Callable[[CounterClient], object]] = {
    "record": lambda counter: counter.record(REQUEST),
    "slots": lambda counter: counter.slots("DEMO-GA-034", "340103"),
    "hold": lambda counter: counter.hold("DEMO-GA-034", "340103", "2026-11-26T09:00", ID),
    "bill": lambda counter: counter.bill(REQUEST),
    "payment": lambda counter: counter.payment("x"),
}


@pytest.fixture
def signer(own: KioskKey) -> RequestSigner:
    return RequestSigner("test-kiosk", own, StoppedClock())


@pytest.fixture
def asked(signer: RequestSigner) -> Iterator[Callable[..., Any]]:
    """Ask a server that answers like this."""
    servers: list[Impostor] = []

    def ask(what: str, status: str, body: object, media_type: str = "application/json") -> Any:
        servers.append(Impostor(answer(status, json.dumps(body), media_type)))
        return ASKS[what](CounterClient(servers[-1].url, signer))

    yield ask
    for server in servers:
        server.close()


def test_a_record_a_bill_times_and_a_hold_are_read(asked: Callable[..., Any]) -> None:
    record = asked("record", "200 OK", RECORD)
    assert (record.title, record.lines, record.rows) == (
        "演示记录",
        (("姓名", "演示"),),
        (("演示",),),
    )
    assert asked("bill", "200 OK", BILL).amount == 1250
    slots = asked(
        "slots", "200 OK", {"slots": [{"day": "2026-11-26", "start": "09:00", "left": 0}]}
    )
    assert [(slot.id, slot.left) for slot in slots] == [("2026-11-26T09:00", 0)]
    held = {"slot": "2026-11-26T09:00", "until": "2026-11-25T12:15:00+08:00"}
    assert asked("hold", "200 OK", held).slot == held["slot"]
    assert asked("payment", "200 OK", {"state": "paid"}) is PaymentState.PAID


@pytest.mark.parametrize(
    ("what", "status", "key"),
    [
        ("record", "404 Not Found", "record_unknown"),
        ("bill", "404 Not Found", "bill_unknown"),
        ("payment", "404 Not Found", "bill_unknown"),
        ("slots", "404 Not Found", "counter_refused"),
        ("hold", "404 Not Found", "slot_full"),
        ("hold", "409 Conflict", "slot_full"),
    ],
)
def test_a_refusal_is_told_apart(
    asked: Callable[..., Any], what: str, status: str, key: str
) -> None:
    with pytest.raises(CounterRefusal) as refused:
        asked(what, status, {"detail": "x"})
    assert refused.value.key == key


LONG = "x" * 99
TOO_LONG: dict[str, Callable[[CounterClient], object]] = {
    "record_unknown": lambda counter: counter.record(CounterRequest(LONG, "340103", {})),
    "counter_refused": lambda counter: counter.slots(LONG, "340103"),
    "slot_full": lambda counter: counter.hold(LONG, "340103", "2026-11-26T09:00", ID),
    "bill_unknown": lambda counter: counter.payment(LONG),
}


@pytest.mark.parametrize("key", TOO_LONG)
def test_what_the_wire_has_no_room_for_does_not_exist(signer: RequestSigner, key: str) -> None:
    with pytest.raises(CounterRefusal) as refused:
        TOO_LONG[key](CounterClient("http://127.0.0.1:9", signer))
    assert refused.value.key == key


@pytest.mark.parametrize("what", ASKS)
@pytest.mark.parametrize(
    ("status", "body", "media_type"),
    [
        ("200 OK", "please log in", "text/html"),
        ("404 Not Found", "nothing here", "text/html"),
        ("200 OK", {"other": 1}, "application/json"),
        ("500 Oops", {"detail": "x"}, "application/json"),
        ("503 Busy", {"detail": "x"}, "application/json"),
        ("302 Found", {"detail": "x"}, "application/json"),
    ],
)
def test_whoever_else_answers_is_not_the_central_server(
    asked: Callable[..., Any], what: str, status: str, body: object, media_type: str
) -> None:
    with pytest.raises(CentralUnreachable):
        asked(what, status, body, media_type)


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("record", RECORD | {"issued_at": "2026-11-25T12:00:00"}),
        ("bill", BILL | {"amount": -1}),
        ("payment", {"state": "dancing"}),
        ("bill", BILL | {"expires_at": "2026-11-25T12:00:00"}),
        ("hold", {"slot": "2026-11-26T09:00", "until": "2026-11-25T12:15:00"}),
        ("hold", {"slot": "2026-11-26T09:30", "until": "2026-11-25T12:15:00+08:00"}),
        *(
            ("slots", {"slots": [{"day": "2026-11-26", "start": start, "left": left}]})
            for start, left in [("nine", 1), ("09:00+08:00", 1), ("09:00:30", 1), ("09:00", -1)]
        ),
    ],
)
def test_nonsense_is_not_believed(asked: Callable[..., Any], what: str, body: object) -> None:
    with pytest.raises(CentralUnreachable):
        asked(what, "200 OK", body)


@pytest.mark.parametrize(
    "path",
    ["", "pay/x", "//elsewhere.invalid/x", "/\t/elsewhere.invalid", "https://elsewhere.invalid"],
)
@pytest.mark.parametrize(
    ("what", "body", "field"), [("bill", BILL, "path"), ("record", RECORD, "check_path")]
)
def test_a_phone_is_not_led_away_from_the_public_site(
    asked: Callable[..., Any], what: str, body: dict[str, Any], field: str, path: str
) -> None:
    with pytest.raises(CentralUnreachable, match="leads away"):
        asked(what, "200 OK", body | {field: path})


def test_nothing_that_was_asked_shows_in_an_error(signer: RequestSigner) -> None:
    with pytest.raises(CentralUnreachable) as failed:
        CounterClient("http://127.0.0.1:9", signer).record(REQUEST)
    assert "演示" not in str(failed.value)
    assert "演示" not in repr(REQUEST)


@pytest.mark.parametrize("what", ASKS)
def test_everything_is_asked_in_the_kiosk_s_name(signer: RequestSigner, what: str) -> None:
    there = Impostor(answer("404 Not Found", "{}"))
    try:
        with pytest.raises(CounterRefusal):
            ASKS[what](CounterClient(there.url, signer))
    finally:
        there.close()
    (said,) = there.asked
    assert b'keyid="test-kiosk"' in said
    assert b"\r\nidempotency-key" not in said.lower()  # it would be a hash of what was asked


def test_a_kiosk_that_is_not_admitted_is_to_a_citizen_one_without_a_line(
    asked: Callable[..., Any],
) -> None:
    refusal = {"type": wire.ProblemType.REVOKED, "title": "the kiosk is revoked", "status": 403}
    with pytest.raises(NotAdmitted) as refused:
        asked("record", "403 Forbidden", refusal, wire.PROBLEM)
    assert isinstance(refused.value, CentralUnreachable)
    assert refused.value.key == CentralUnreachable.key
