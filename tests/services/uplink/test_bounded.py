"""A large file may take longer than a citizen waits, but ends all the same."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.errors import CentralUnreachable
from services.uplink import bounded
from tests.services.uplink.central import Impostor
from tests.services.uplink.test_client import answer, drip, endless

Serve = Callable[[Callable[[socket.socket], None]], str]
ROOT = Path(__file__).parents[3]
ASKED = """
import contextlib, ctypes, re, sys
from kiosk import erasure
from services.uplink import bounded
erasure.start_anew()
erasure.begin()
words = re.compile(rb"citizen[0]")  # is not what it finds
ctypes.CDLL(None).prctl(4, 1)  # to look at itself it need not be root
with bounded.Session() as session:
    answer = bounded.exchange(session, "GET", sys.argv[1])
size = len(answer[1])
del answer
left = 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps.readlines():
        span, rights, *_ = line.split()
        if rights.startswith("rw"):
            begin, end = (int(each, 16) for each in span.split("-"))
            memory.seek(begin)
            with contextlib.suppress(OSError):  # gone since
                left += len(words.findall(memory.read(end - begin)))
print(size, left)
"""


@pytest.fixture
def serve() -> Iterator[Serve]:
    with contextlib.ExitStack() as stack:

        def start(behave: Callable[[socket.socket], None]) -> str:
            impostor = Impostor(behave)
            stack.callback(impostor.close)
            return impostor.url

        yield start


def test_a_download_takes_what_an_exchange_refuses(serve: Serve) -> None:
    url = serve(answer("200 OK", "x" * (2 * bounded.LONGEST_BODY)))
    with bounded.Session() as session:
        _, body = bounded.download(session, url)
        assert len(body) == 2 * bounded.LONGEST_BODY
        with pytest.raises(CentralUnreachable, match="ContentDecodingError"):
            bounded.exchange(session, "GET", url)


def test_an_endless_download_is_cut_by_its_size(serve: Serve) -> None:
    with bounded.Session() as session, pytest.raises(CentralUnreachable, match="ContentDecoding"):
        bounded.download(session, serve(endless))


def test_a_dripping_download_is_cut_by_the_clock(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "DOWNLOAD_SECONDS", 0.2)
    url = serve(drip(b"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n", b" ", 0.05))
    begun = time.monotonic()
    with bounded.Session() as session, pytest.raises(CentralUnreachable, match="ReadTimeout"):
        bounded.download(session, url)
    assert time.monotonic() - begun < bounded.READ_SECONDS


def test_an_answer_that_ends_with_its_connection_is_cut_from_elsewhere(serve: Serve) -> None:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 500000\r\n\r\n"
    url = serve(drip(head, b" ", 0.05))
    with bounded.Session() as session:

        def ask() -> None:
            with contextlib.suppress(CentralUnreachable):
                bounded.exchange(session, "GET", url)

        asking = threading.Thread(target=ask)
        begun = time.monotonic()
        asking.start()
        while asking.is_alive():
            asking.join(0.2)
            session.hang_up()
    assert time.monotonic() - begun < bounded.READ_SECONDS


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless")
def test_hanging_up_while_others_connect_is_no_error() -> None:
    done = threading.Event()
    with bounded.Session() as session:
        pool = session.get_adapter("http://").poolmanager.connection_from_url("http://127.0.0.1:9")

        def connect() -> None:
            while not done.is_set():
                lines = [pool._new_conn() for _ in range(20)]
                lines.clear()

        connecting = [threading.Thread(target=connect) for _ in range(2)]
        for thread in connecting:
            thread.start()
        try:
            for _ in range(20_000):
                session.hang_up()
        finally:
            done.set()
            for thread in connecting:
                thread.join()


def test_of_a_short_answer_nothing_can_be_read_once_it_has_been_let_go(serve: Serve) -> None:
    url = serve(answer("200 OK", "citizen0 " * 45))
    ended = subprocess.run(
        [sys.executable, "-c", ASKED, url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ended.stdout == "405 0\n"
