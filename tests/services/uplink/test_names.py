"""However the system's resolver behaves, nobody waits for it longer than a moment."""

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from kiosk.errors import CentralUnreachable
from services.uplink import bounded
from services.uplink.client import CentralClient
from services.uplink.names import FIND_SECONDS, MOST_ADDRESSES, Names
from tests.services.uplink.central import CentralOnASocket, FakeCentral

NAME = "central.invalid"
SYSTEM_S = socket.getaddrinfo
NOT_FOUND = "^$|no such name"
"""A time-out says nothing."""
Found = list[tuple[object, ...]]


def found(*addresses: str) -> Found:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in addresses]


class Resolver:
    """Answers what it is told, when it is let."""

    def __init__(self) -> None:
        self.answer: Found | OSError = found("127.0.0.1")
        self.free = threading.Event()
        self.free.set()
        self.asked = 0

    def __call__(self, host: str, port: object, *options: int) -> Found:
        if not host.endswith(".invalid"):
            return SYSTEM_S(host, port, *options)
        self.asked += 1
        self.free.wait()
        if isinstance(self.answer, OSError):
            raise self.answer
        return self.answer


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Resolver]:
    resolver = Resolver()
    monkeypatch.setattr("services.uplink.names.socket.getaddrinfo", resolver)
    yield resolver
    resolver.free.set()


def until(condition: Callable[[], bool]) -> None:
    deadline, pause = time.monotonic() + 5, threading.Event()
    while not condition():
        assert time.monotonic() < deadline
        pause.wait(0.005)


def test_the_best_addresses_are_told(resolver: Resolver) -> None:
    resolver.answer = found("127.0.0.1", "127.0.0.2", "127.0.0.3")
    assert Names().addresses(NAME) == ["127.0.0.1", "127.0.0.2"][:MOST_ADDRESSES]


def test_a_resolver_that_does_not_answer_is_waited_for_a_moment(resolver: Resolver) -> None:
    resolver.free.clear()
    begun = time.monotonic()
    with pytest.raises(OSError, match=NOT_FOUND):
        Names().addresses(NAME)
    assert FIND_SECONDS <= time.monotonic() - begun < FIND_SECONDS + 0.5


@pytest.mark.parametrize("failure", [None, socket.gaierror(-3, "no such name just now")])
def test_what_was_found_last_serves_while_nothing_is_found(
    resolver: Resolver, failure: OSError | None
) -> None:
    names = Names()
    names.addresses(NAME)
    if failure is None:
        resolver.free.clear()
    else:
        resolver.answer = failure
    assert names.addresses(NAME) == ["127.0.0.1"]
    with pytest.raises(OSError, match=NOT_FOUND):
        names.addresses("other.invalid")


def test_a_slow_answer_serves_the_next_time(resolver: Resolver) -> None:
    names = Names()
    resolver.free.clear()
    with pytest.raises(OSError, match=NOT_FOUND):
        names.addresses(NAME)
    resolver.free.set()
    until(lambda: not names._under_way)
    resolver.answer = socket.gaierror(-2, "no such name")
    assert names.addresses(NAME) == ["127.0.0.1"]


def test_however_often_it_is_asked_one_thread_waits_for_the_resolver(resolver: Resolver) -> None:
    names = Names()
    resolver.free.clear()
    for _ in range(3):
        with pytest.raises(OSError, match=NOT_FOUND):
            names.addresses(NAME)
    assert resolver.asked == 1


# On the line


def test_a_server_is_reached_at_its_second_address(
    resolver: Resolver, central: FakeCentral
) -> None:
    server = CentralOnASocket(central)
    resolver.answer = found("127.0.0.9", "127.0.0.1")
    client = CentralClient(f"http://{NAME}:{server.port}")
    assert client.hello().key_id == central.secrets.keyset.key_id
    client.close()
    server.close()


@pytest.mark.parametrize("answer", [socket.gaierror(-2, "no such name"), None])
def test_whatever_the_resolver_does_not_say_the_server_is_unreachable_in_time(
    resolver: Resolver, answer: OSError | None
) -> None:
    if answer is None:
        resolver.free.clear()
    else:
        resolver.answer = answer
    begun = time.monotonic()
    with pytest.raises(bounded.NobodyThere):
        CentralClient(f"http://{NAME}:9").hello()
    assert time.monotonic() - begun < FIND_SECONDS + 0.5


def test_a_name_that_cannot_be_one_is_unreachable() -> None:
    with pytest.raises(CentralUnreachable):
        CentralClient("http://" + "x" * 70 + ".invalid").hello()
