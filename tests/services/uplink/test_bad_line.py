"""The drain over real sockets that are slow, cut, or lead to somebody else."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.submission.model import State
from kiosk.domain.submission.retry import LONGEST_WAIT, MOST_FAULTS
from services import wire
from services.uplink import bounded, uploads
from services.uplink.client import CentralClient
from services.uplink.drain import LEASE
from tests.services.uplink.central import (
    CentralOnASocket,
    FakeCentral,
    Impostor,
    SlowLine,
    submission,
)
from tests.services.uplink.test_client import HTML, Behaviour, answer, drip, raw, silent
from tests.services.uplink.test_drain import Kiosk

Talk = Callable[[str], Kiosk]


class Counting(CentralClient):
    """Notes how many items each batch has."""

    sizes: tuple[int, ...] = ()

    def send(self, batch: wire.Batch) -> wire.BatchResult:
        self.sizes += (len(batch.items),)
        return super().send(batch)


@pytest.fixture
def stack() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as stack:
        yield stack


@pytest.fixture
def talk(stack: contextlib.ExitStack, tmp_path: Path, central: FakeCentral) -> Talk:
    """A kiosk whose central server is at a URL."""

    def begin(url: str) -> Kiosk:
        client = Counting(url)
        client.secrets = central.secrets
        stack.callback(client.close)
        kiosk = Kiosk(tmp_path / "kiosk", client)
        stack.callback(kiosk.outbox.close)
        return kiosk

    return begin


@pytest.fixture
def server(stack: contextlib.ExitStack, central: FakeCentral) -> CentralOnASocket:
    server = CentralOnASocket(central)
    stack.callback(server.close)
    return server


def slow(stack: contextlib.ExitStack, server: CentralOnASocket, rate: float) -> str:
    line = SlowLine(server.port, rate)
    stack.callback(line.close)
    return line.url


def impostor(stack: contextlib.ExitStack, behave: Behaviour) -> str:
    found = Impostor(behave)
    stack.callback(found.close)
    return found.url


def hand_in(kiosk: Kiosk, count: int, size: int = 0) -> None:
    for _ in range(count):
        kiosk.outbox.put(kiosk.seal.seal(replace(submission(), content=bytes(size))))


def drained(kiosk: Kiosk, rounds: int) -> bool:
    for _ in range(rounds):
        kiosk.round()
        kiosk.clock.advance(LONGEST_WAIT)
    return kiosk.outbox.status().waiting == 0


def test_a_large_batch_arrives_over_a_line_of_two_hundred_kilobytes_a_second(
    stack: contextlib.ExitStack, talk: Talk, server: CentralOnASocket, central: FakeCentral
) -> None:
    kiosk = talk(slow(stack, server, 200_000))
    hand_in(kiosk, 8, 60_000)
    assert kiosk.drain.round() is True
    assert kiosk.outbox.status().counts[State.ACKED] == 8
    assert central.batches == [8]


def test_on_a_line_slower_than_the_slowest_batches_shrink_until_they_pass(
    stack: contextlib.ExitStack,
    talk: Talk,
    server: CentralOnASocket,
    central: FakeCentral,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded, "READ_SECONDS", 0.25)
    monkeypatch.setattr(bounded, "SLOWEST_LINE", 10_000_000)
    kiosk = talk(slow(stack, server, 400_000))
    hand_in(kiosk, 40, 3000)
    assert drained(kiosk, 24)
    assert kiosk.central.sizes[:3] == (40, 20, 10)
    assert len(central.held) == 40


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


HALF = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"


@pytest.mark.parametrize(
    "behave",
    [
        reset,
        raw(HALF),
        raw(HALF[:20]),
        answer("200 OK", HTML, "text/html"),
        answer("200 OK", HTML),
        answer("500 Oops", "oops", "text/plain"),
    ],
)
def test_whatever_answers_instead_shrinks_the_batch_and_kills_nothing(
    stack: contextlib.ExitStack,
    talk: Talk,
    server: CentralOnASocket,
    central: FakeCentral,
    behave: Behaviour,
) -> None:
    kiosk = talk(impostor(stack, behave))
    hand_in(kiosk, 8)
    assert not drained(kiosk, MOST_FAULTS + 10)
    assert kiosk.central.sizes[:6] == (8, 4, 2, 1, 1, 1)
    assert kiosk.outbox.status().counts[State.RETRY_WAIT] == 8
    kiosk.central = talk(server.url).central
    kiosk.boot()
    assert drained(kiosk, 2)
    assert len(central.held) == 8


def test_the_batch_is_as_large_as_before_where_nobody_was_there(
    stack: contextlib.ExitStack, talk: Talk, server: CentralOnASocket
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    kiosk = talk(f"http://127.0.0.1:{port}")
    hand_in(kiosk, 8)
    assert not drained(kiosk, 5)
    assert kiosk.central.sizes == (8,) * 5


@pytest.mark.parametrize(
    "behave", [silent, drip(b"", b"H", 0.1), drip(b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n", 0.1)]
)
def test_who_listens_and_answers_byte_by_byte_or_not_at_all_holds_no_batch_for_longer_than_said(
    stack: contextlib.ExitStack, talk: Talk, behave: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "READ_SECONDS", 0.3)
    monkeypatch.setattr(bounded, "WHOLE_SECONDS", 0.5)
    monkeypatch.setattr(bounded, "SLOWEST_LINE", 2_000_000)
    kiosk = talk(impostor(stack, behave))
    hand_in(kiosk, 8, 60_000)
    begun = time.monotonic()
    assert kiosk.round() is True
    assert time.monotonic() - begun < bounded.longest_exchange(wire.MAX_BATCH_BYTES)
    assert kiosk.outbox.status().counts[State.RETRY_WAIT] == 8


def test_a_lease_is_longer_than_sending_a_batch() -> None:
    longest = uploads.LONGEST + bounded.longest_exchange(wire.MAX_BATCH_BYTES)
    assert LEASE.total_seconds() > longest


def test_an_exchange_that_is_cut_from_elsewhere_ends_at_once(
    stack: contextlib.ExitStack, talk: Talk
) -> None:
    asked = threading.Event()

    def hold(connection: socket.socket) -> None:
        asked.set()
        silent(connection)

    kiosk = talk(impostor(stack, hold))
    hand_in(kiosk, 1)
    begun = time.monotonic()
    draining = threading.Thread(target=kiosk.round)
    draining.start()
    assert asked.wait(5)
    kiosk.central.hang_up()
    draining.join()
    assert time.monotonic() - begun < bounded.READ_SECONDS
