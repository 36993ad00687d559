"""Over TLS a kiosk believes one authority only, and every exchange ends all the same."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.errors import CentralUnreachable
from services.uplink import bounded
from services.uplink.client import CentralClient
from tests.services.certificates import Certified, certified
from tests.services.uplink.central import FakeCentral, Impostor
from tests.services.uplink.test_client import Behaviour, answer, drip, silent

Serve = Callable[..., str]


@pytest.fixture
def files(tmp_path: Path) -> Certified:
    return certified(tmp_path / "here")


@pytest.fixture
def serve(files: Certified) -> Iterator[Serve]:
    """A TLS server on loopback that behaves; where it is."""
    with contextlib.ExitStack() as stack:

        def start(behave: Behaviour, deaf: bool = False) -> str:
            impostor = Impostor(behave, (files.certificate, files.key), deaf)
            stack.callback(impostor.close)
            return impostor.url

        yield start


def hello(central: FakeCentral) -> Behaviour:
    return answer("200 OK", central.hello().model_dump_json())


def test_the_central_server_of_the_pinned_authority_is_believed(
    serve: Serve, files: Certified, central: FakeCentral
) -> None:
    client = CentralClient(serve(hello(central)), files.ca)
    assert client.hello() == central.hello()
    client.close()


def test_one_of_another_authority_is_not(
    serve: Serve, tmp_path: Path, central: FakeCentral
) -> None:
    other = certified(tmp_path / "elsewhere")
    with pytest.raises(CentralUnreachable, match="SSLError"):
        CentralClient(serve(hello(central)), other.ca).hello()


def test_one_that_goes_by_another_name_is_not(
    serve: Serve, files: Certified, central: FakeCentral
) -> None:
    url = serve(hello(central)).replace("127.0.0.1", "localhost")
    with pytest.raises(CentralUnreachable, match="SSLError"):
        CentralClient(url, files.ca).hello()


def test_one_that_speaks_no_tls_is_not(files: Certified, central: FakeCentral) -> None:
    impostor = Impostor(hello(central))
    with pytest.raises(CentralUnreachable, match="SSLError"):
        CentralClient(impostor.url.replace("http:", "https:"), files.ca).hello()
    impostor.close()


def test_a_file_of_certificates_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CentralUnreachable, match=r"none\.pem"):
        CentralClient("https://127.0.0.1:9", tmp_path / "none.pem").hello()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "behave",
    [
        silent,
        drip(b"", b"H", 0.05),
        drip(HEAD, b"X-Drip: 1\r\n", 0.05),
        drip(HEAD + b"Content-Length: 500000\r\n\r\n", b" ", 0.05),
    ],
)
def test_who_drips_over_tls_is_cut_as_well(
    serve: Serve, files: Certified, behave: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "READ_SECONDS", 0.4)
    monkeypatch.setattr(bounded, "WHOLE_SECONDS", 0.6)
    client = CentralClient(serve(behave), files.ca)
    begun = time.monotonic()
    with pytest.raises(CentralUnreachable):
        client.hello()
    assert time.monotonic() - begun < 2 * bounded.CONNECT_SECONDS + 1
    client.close()


def test_who_agrees_on_nothing_is_left_after_the_time_for_connecting(files: Certified) -> None:
    impostor = Impostor(silent)
    begun = time.monotonic()
    with pytest.raises(CentralUnreachable):
        CentralClient(impostor.url.replace("http:", "https:"), files.ca).hello()
    assert time.monotonic() - begun < 2 * bounded.CONNECT_SECONDS
    impostor.close()


def test_who_reads_nothing_over_tls_holds_a_large_request_no_longer_than_said(
    serve: Serve, files: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "READ_SECONDS", 0.4)
    monkeypatch.setattr(bounded, "WHOLE_SECONDS", 0.6)
    monkeypatch.setattr(bounded, "SLOWEST_LINE", 20_000_000)
    ended = threading.Event()
    url = serve(lambda _: ended.wait(10), deaf=True)
    begun = time.monotonic()
    with bounded.Session(files.ca) as session, pytest.raises(CentralUnreachable):
        bounded.exchange(session, "POST", url, bytes(20 << 20))
    ended.set()
    assert time.monotonic() - begun < bounded.longest_exchange(20 << 20)
