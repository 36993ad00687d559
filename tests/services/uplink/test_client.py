import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from kiosk.domain.counter.booking import BookingState
from kiosk.domain.submission.case import CaseNote, CaseState, Note, Rating
from kiosk.domain.submission.model import Kind
from kiosk.errors import CaseNotFound, CentralUnreachable, TooManyAttempts
from services import wire
from services.storage.outbox import SqliteOutbox
from services.uplink import bounded
from services.uplink.answers import BatchRefused, CentralBusy
from services.uplink.client import CentralClient
from services.uplink.drain import Drain
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from tests.services.uplink.central import (
    NOON,
    Behaviour,
    CentralOnASocket,
    CentralSecrets,
    FakeCentral,
    Impostor,
    Root,
    StoppedClock,
    submission,
)

STATUS = wire.WireCaseStatus(
    number="BBC-7K4M-92QX-5",
    kind="complaint",
    item_name="演示事项",
    state="dispatched",
    events=[wire.WireCaseEvent(state="received", at=NOON)],
    department="演示部门",
    result="",
    feedback_due=None,
    provisional=False,
)


def answer(
    status: str, body: str, media_type: str = "application/json", more: str = ""
) -> Behaviour:
    content = body.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{more}"
        f"Content-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    )
    return lambda connection: connection.sendall(head.encode() + content)


def raw(content: bytes) -> Behaviour:
    return lambda connection: connection.sendall(content)


def drip(head: bytes, each: bytes, pause: float) -> Behaviour:
    def behave(connection: socket.socket) -> None:
        connection.sendall(head)
        connection.settimeout(pause)
        while True:
            with contextlib.suppress(TimeoutError):
                if not connection.recv(1):
                    return
            connection.sendall(each)

    return behave


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        connection.sendall(b" " * 65536)


def silent(connection: socket.socket) -> None:
    connection.recv(1)


@pytest.fixture
def talk_to() -> Iterator[Callable[[Behaviour], CentralClient]]:
    with contextlib.ExitStack() as stack:

        def make(behave: Behaviour) -> CentralClient:
            impostor = Impostor(behave)
            stack.callback(impostor.close)
            client = CentralClient(impostor.url)
            stack.callback(client.close)
            return client

        yield make


TalkTo = Callable[[Behaviour], CentralClient]
HTML = "<html><body>请登录 Wi-Fi</body></html>"


@pytest.mark.parametrize(
    "behave",
    [
        answer("200 OK", HTML, "text/html"),
        answer("200 OK", HTML),
        answer("200 OK", "{}"),
        answer("200 OK", '{"status": "ok"}'),
        answer("200 OK", '{"service": "other", "versions": [1], "key_id": "k"}'),
        answer("200 OK", "[" * 100_000),
        answer("200 OK", STATUS.model_dump_json(), "text/plain"),
        answer("200 OK", STATUS.model_copy(update={"state": "eaten"}).model_dump_json()),
        answer("200 OK", STATUS.model_copy(update={"booking": "eaten"}).model_dump_json()),
        answer("200 OK", STATUS.model_copy(update={"possible": ["eat"]}).model_dump_json()),
        answer("200 OK", STATUS.model_copy(update={"rating": 6}).model_dump_json()),
        answer("200 OK", STATUS.model_dump_json().replace("12:00:00Z", "12:00:00")),
        answer("500 Oops", '{"detail": "演示"}'),
        answer("404 Not Found", HTML, "text/html"),
        answer("204 No Content", ""),
        answer("302 Found", "{}", more="Location: http://127.0.0.1:9/\r\n"),
        answer("307 Temporary Redirect", STATUS.model_dump_json(), more="Location: /v1/hello\r\n"),
        raw(b"\x00\xff garbage \r\n\r\n"),
        raw(b""),
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        endless,
    ],
)
def test_whatever_is_not_the_central_server_is_unreachable(
    talk_to: TalkTo, behave: Behaviour
) -> None:
    client = talk_to(behave)
    with pytest.raises(CentralUnreachable):
        client.follow("BBC-7K4M-92QX-5", "583177")
    with pytest.raises(CentralUnreachable):
        client.hello()


def test_no_server_slow_or_dripping_holds_a_citizen_for_ten_seconds(talk_to: TalkTo) -> None:
    """All at the same time, since each takes seconds by design."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    took: dict[int, float] = {}

    def follow(number: int, client: CentralClient) -> None:
        start = time.monotonic()
        with contextlib.suppress(CentralUnreachable):
            client.follow("BBC-7K4M-92QX-5", "583177")
            return
        took[number] = time.monotonic() - start

    clients = [
        talk_to(silent),
        talk_to(drip(b"", b"H", 0.3)),
        talk_to(drip(head, b"X-Drip: 1\r\n", 0.3)),
        talk_to(drip(head + b"\r\n", b" ", 0.3)),
        talk_to(drip(head + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", 0.3)),
        talk_to(drip(head + b"Content-Length: 500000\r\n\r\n", b" ", 0.3)),
    ]
    threads = [threading.Thread(target=follow, args=pair) for pair in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(took) == list(range(len(clients)))
    assert max(took.values()) < 10


def test_a_redirect_is_not_followed_even_to_a_central_server(
    talk_to: TalkTo, central: FakeCentral
) -> None:
    server = CentralOnASocket(central)
    elsewhere = f"Location: {server.url}{wire.HELLO_PATH}\r\n"
    client = talk_to(answer("302 Found", "{}", more=elsewhere))
    try:
        with pytest.raises(CentralUnreachable, match="302"):
            client.hello()
    finally:
        server.close()


def test_an_endless_answer_is_cut_by_its_size_not_by_the_clock(talk_to: TalkTo) -> None:
    begun = time.monotonic()
    with pytest.raises(CentralUnreachable, match="ContentDecodingError"):
        talk_to(endless).hello()
    assert time.monotonic() - begun < bounded.WHOLE_SECONDS / 2


def test_a_refused_connection_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    client = CentralClient(f"http://127.0.0.1:{port}")
    with pytest.raises(CentralUnreachable, match="ConnectionError"):
        client.hello()


def test_a_proxy_of_the_environment_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, central: FakeCentral
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server = CentralOnASocket(central)
    client = CentralClient(server.url)
    assert client.hello().key_id == central.hello().key_id
    client.close()
    server.close()


def test_the_code_travels_in_the_body_and_the_case_comes_back(talk_to: TalkTo) -> None:
    client = talk_to(answer("200 OK", STATUS.model_dump_json()))
    status = client.follow("BBC-7K4M-92QX-5", "583177")
    assert status.state is CaseState.DISPATCHED
    assert [event.state for event in status.events] == [CaseState.RECEIVED]
    assert status.department == "演示部门"


@pytest.mark.parametrize("booking", ["", *BookingState])
def test_how_an_appointment_stands_comes_with_its_case(talk_to: TalkTo, booking: str) -> None:
    client = talk_to(
        answer("200 OK", STATUS.model_copy(update={"booking": booking}).model_dump_json())
    )
    assert client.follow("BBC-7K4M-92QX-5", "583177").booking == booking


def test_what_can_still_be_done_and_was_done_comes_with_its_case(talk_to: TalkTo) -> None:
    more = {
        "possible": ["addition", "reopening"],
        "rating": 2,
        "notes": [wire.WireCaseNote(note="late_withdrawal", at=NOON)],
        "item_id": "DEMO-SK-007",
    }
    client = talk_to(answer("200 OK", STATUS.model_copy(update=more).model_dump_json()))
    status = client.follow("BBC-7K4M-92QX-5", "583177")
    assert status.possible == {Kind.ADDITION, Kind.REOPENING}
    assert status.rating is Rating.BAD
    assert status.notes == (CaseNote(Note.LATE_WITHDRAWAL, NOON),)
    assert status.item_id == "DEMO-SK-007"


def test_a_central_server_that_says_nothing_of_it_is_understood(talk_to: TalkTo) -> None:
    fields = {"possible", "rating", "notes", "item_id"}
    client = talk_to(answer("200 OK", STATUS.model_dump_json(exclude=fields)))
    status = client.follow("BBC-7K4M-92QX-5", "583177")
    assert (status.possible, status.rating, status.notes) == (frozenset(), None, ())
    assert status.item_id is None


def test_the_central_server_is_told_which_answer_can_be_read() -> None:
    impostor = Impostor(answer("200 OK", STATUS.model_dump_json()))
    client = CentralClient(impostor.url)
    client.follow("BBC-7K4M-92QX-5", "583177")
    client.close()
    impostor.close()
    assert impostor.asked[0].startswith(b"POST /v1/cases/status?reads=2 ")


def test_an_unknown_pair_is_not_found(talk_to: TalkTo) -> None:
    client = talk_to(answer("404 Not Found", '{"detail": "Not Found"}'))
    with pytest.raises(CaseNotFound):
        client.follow("BBC-7K4M-92QX-5", "583177")
    with pytest.raises(CaseNotFound):
        client.follow("B" * 99, "583177")


def test_asking_too_often_is_told_apart(talk_to: TalkTo) -> None:
    client = talk_to(answer("429 Too Many", "{}", more="Retry-After: 60\r\n"))
    with pytest.raises(TooManyAttempts):
        client.follow("BBC-7K4M-92QX-5", "583177")


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("Retry-After: 120\r\n", timedelta(minutes=2)),
        ("Retry-After: 99999999999999\r\n", timedelta(days=1)),
        ("Retry-After: soon\r\n", None),
        ("", None),
    ],
)
def test_a_busy_server_says_when_to_come_back(
    talk_to: TalkTo, header: str, wait: timedelta | None
) -> None:
    client = talk_to(answer("503 Busy", "", "text/html", header))
    with pytest.raises(CentralBusy) as caught:
        client.hello()
    assert caught.value.retry_after == wait


def test_a_refused_batch_is_told_apart(talk_to: TalkTo) -> None:
    with pytest.raises(BatchRefused):
        talk_to(answer("422 Unprocessable", '{"detail": []}')).hello()


def test_a_server_of_another_version_is_not_used(talk_to: TalkTo, central: FakeCentral) -> None:
    hello = central.hello().model_copy(update={"versions": [7]})
    with pytest.raises(CentralUnreachable, match=r"versions \[7\] only"):
        talk_to(answer("200 OK", hello.model_dump_json())).hello()


@pytest.fixture
def rotated(tmp_path: Path) -> Iterator[tuple[FakeCentral, CentralClient, CentralKeys]]:
    """A central server whose keys are newer than those of a kiosk that knows the root."""
    root, old, new = Root(), CentralSecrets("old"), CentralSecrets("new")
    file = root.provision(tmp_path / "keyset.json", 1, old)
    keys = CentralKeys(file, root=root.public, fetched=tmp_path / "fetched.json")
    central = FakeCentral(new, keyring=root.keyring(2, new, old))
    server = CentralOnASocket(central)
    client = CentralClient(server.url, keys=keys)
    yield central, client, keys
    client.close()
    server.close()


def test_a_hello_with_an_unknown_key_brings_the_newer_keyset(
    rotated: tuple[FakeCentral, CentralClient, CentralKeys],
) -> None:
    central, client, keys = rotated
    assert keys.key_id == "old"
    for _ in range(2):
        client.hello()
    assert (keys.key_id, central.asked_for_keys) == ("new", 1)


def test_what_was_sealed_to_a_key_that_was_retired_meanwhile_is_delivered_at_once(
    rotated: tuple[FakeCentral, CentralClient, CentralKeys], tmp_path: Path, outbox: SqliteOutbox
) -> None:
    _, client, keys = rotated
    own = KioskKey(tmp_path / "kiosk")
    outbox.put(Seal("test-kiosk", own, keys).seal(submission()))
    drain = Drain(
        outbox,
        client,
        kiosk_id="test-kiosk",
        own=own,
        keys=keys,
        clock=StoppedClock(),
        random=Random(1),
    )
    assert drain.round()
    assert outbox.status().waiting == 0


def test_a_keyset_that_is_not_to_be_had_or_believed_disturbs_nothing(
    rotated: tuple[FakeCentral, CentralClient, CentralKeys],
) -> None:
    central, client, keys = rotated
    central.keyring = Root().keyring(3, CentralSecrets("new"))
    assert client.hello().key_id == "new"
    assert (keys.key_id, central.asked_for_keys) == ("old", 1)


def test_the_bounds_of_what_a_citizen_waits_for_add_up_to_less_than_ten_seconds() -> None:
    longest_question = 4096
    line = longest_question / bounded.SLOWEST_LINE
    connecting = 2 * bounded.CONNECT_SECONDS
    assert connecting + 2 * (bounded.READ_SECONDS + line) < 10
    assert bounded.longest_exchange(longest_question) < 10
