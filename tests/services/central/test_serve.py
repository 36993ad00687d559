import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from kiosk.domain.catalogue.model import Edition
from kiosk.errors import ContentError
from kiosk.settings import Central, Settings
from kiosk.wiring import HallClock, edition
from services import wire
from services.central.serve import CannotListenError, serve
from tests.services.central import small_edition
from tests.services.certificates import certified

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys
from pathlib import Path
from kiosk.settings import load
from kiosk.wiring import HallClock, edition
from services.central.serve import serve
from services.content.calendar import load_workdays
serve(load(Path(sys.argv[1])), load_workdays(Path("resources/calendar")), HallClock(), edition)
print("ended", flush=True)
"""


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@pytest.fixture
def server(tmp_path, port):
    with running(tmp_path, f"[central]\nport = {port}\n") as process:
        yield process


@contextmanager
def running(folder, settings):
    """A server in a process of its own."""
    file = folder / "kiosk.toml"
    file.write_text(settings)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(file)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_serves_over_a_socket_until_it_is_told_to_stop(server, port, tmp_path, number):
    line, news = server.stdout.readline(), server.stdout.readline()
    url = f"http://127.0.0.1:{port}"
    token = tmp_path / "var" / "central" / "clerk.token"
    assert f"{url}/console" in line
    assert str(token) in line
    assert news == "central server: this program's catalogue is published as edition 1\n"
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    with httpx.Client(base_url=url) as client:
        hello = wire.Hello.model_validate(client.get("/v1/hello").json())
        keyset = (tmp_path / "var" / "central" / "keyset.json").read_text()
        assert hello.key_id == wire.Keyset.model_validate_json(keyset).key_id
        assert client.get("/track").status_code == 200
        big = bytes(wire.MAX_BATCH_BYTES + 1)
        assert client.post("/v1/batches", content=big).status_code == 413
        query = {"number": "x", "code": "y"}
        assert client.post(wire.CASE_PATH, json=query).status_code == 401
    server.send_signal(number)
    out, err = server.communicate(timeout=20)
    assert (out, err, server.returncode) == ("ended\n", "", 0)


def test_with_a_certificate_the_server_speaks_tls(tmp_path, port):
    files = certified(tmp_path / "tls")
    table = "".join(f'{name} = "{file}"\n' for name, file in files._asdict().items())
    with running(tmp_path, f"[central]\nport = {port}\n{table}") as server:
        url = f"https://127.0.0.1:{port}"
        assert f"listening on {url}" in server.stdout.readline()
        context = ssl.create_default_context(cafile=files.ca)
        assert httpx.get(f"{url}/v1/hello", verify=context).status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"http://127.0.0.1:{port}/v1/hello")


@pytest.mark.parametrize("wrong", ["certificate", "key"])
@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_certificate_that_is_none_is_a_known_error(tmp_path, port, workdays, wrong, content):
    file = tmp_path / "wrong.pem"
    if content:
        file.write_text(content)
    files = certified(tmp_path)._asdict() | {wrong: file}
    over_tls = {name: str(files[name]) for name in ("certificate", "key")}
    settings = Settings(base=tmp_path, central=Central(port=port, **over_tls))
    with pytest.raises(CannotListenError, match=r"wrong\.pem"):
        serve(settings, workdays, HallClock(), edition)


@pytest.fixture
def started(tmp_path, port, workdays, monkeypatch, capsys):
    """Starts a server with a catalogue that comes with the program; what it says of that."""
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: None)
    central = Settings(base=tmp_path, central=Central(port=port))

    def start(shipped: Callable[[], Edition]) -> str:
        serve(central, workdays, HallClock(), shipped)
        greeting, _, news = capsys.readouterr().out.partition("\n")
        assert greeting.startswith("central server: listening on ")
        return news

    return start


def broken() -> Edition:
    raise ContentError("items.tsv: line 7: 演示")


def test_a_new_program_publishes_its_catalogue_when_the_server_starts(started):
    said = "central server: this program's catalogue is published as edition {}\n"
    assert started(lambda: small_edition.edition(1)) == said.format(1)
    assert started(lambda: small_edition.edition(1)) == ""
    assert started(lambda: small_edition.edition(1, name="演示改名")) == said.format(2)


def test_a_catalogue_that_is_broken_stops_no_server_that_has_another(started):
    with pytest.raises(ContentError, match="line 7"):
        started(broken)
    started(lambda: small_edition.edition(1))
    assert started(broken) == (
        "central server: the catalogue of this program is not published: items.tsv: line 7: 演示\n"
    )


def test_a_port_in_use_is_a_known_error_and_makes_no_keys(tmp_path, workdays):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings(base=tmp_path, central=Central(port=port))
        with pytest.raises(CannotListenError, match=rf"cannot listen on 127\.0\.0\.1:{port}: "):
            serve(settings, workdays, HallClock(), edition)
    assert not (tmp_path / "var").exists()


def test_an_address_of_another_machine_is_a_known_error(tmp_path, workdays):
    settings = Settings(base=tmp_path, central=Central(host="192.0.2.1"))
    with pytest.raises(CannotListenError):
        serve(settings, workdays, HallClock(), edition)
