"""A kiosk comes to be known at a central server and is revoked, from the command line; over TLS,
and with a clock that is a year late."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk import settings as settings_file
from kiosk import wiring
from kiosk.__main__ import main
from kiosk.demonstration import CentralProcess, free_port
from kiosk.domain.submission.model import State
from kiosk.settings import Settings
from services.uplink.enrolment import TOKEN_FILE
from services.uplink.signing import NotAdmitted
from tests.services.certificates import certified
from tests.services.uplink.central import submission


class LateClock:
    def now(self) -> datetime:
        return wiring.HallClock().now() - timedelta(days=365)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    files = certified(tmp_path / "tls")
    table = "".join(f'{name} = "{file}"\n' for name, file in files._asdict().items())
    file = tmp_path / "kiosk.toml"
    file.write_text(f"[central]\nport = {free_port()}\n{table}", encoding="utf-8")
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    return settings_file.load(config)


@pytest.fixture
def central(config: Path) -> Iterator[CentralProcess]:
    process = CentralProcess(config)
    yield process
    process.stop()


@pytest.fixture
def line(central: CentralProcess, settings: Settings) -> Iterator[wiring.Line]:
    line = wiring.line(settings, LateClock())
    yield line
    line.client.close()
    line.outbox.close()


def hand_in(line: wiring.Line) -> None:
    line.outbox.put(line.sealer.seal(submission()))


def test_a_kiosk_is_served_from_its_token_until_it_is_revoked(
    config: Path, settings: Settings, line: wiring.Line, capsys: pytest.CaptureFixture[str]
) -> None:
    def central(*words: str) -> str:
        assert main(["--config", str(config), "central", *words]) == 0
        return capsys.readouterr().out

    hand_in(line)
    with pytest.raises(NotAdmitted, match="not-enrolled"):
        line.drain.round()
    token = settings.kiosk_folder / TOKEN_FILE
    token.write_text(central("enrol", settings.kiosk.id))
    assert line.drain.round() is True
    assert line.outbox.status().counts[State.ACKED] == 1
    assert not token.exists()
    assert central("revoke", settings.kiosk.id) == f"{settings.kiosk.id} is revoked\n"
    hand_in(line)
    with pytest.raises(NotAdmitted, match="revoked"):
        line.drain.round()
    assert line.outbox.status().waiting == 1


@pytest.mark.parametrize("words", [("enrol", "Some Kiosk"), ("revoke", "nobody")])
def test_a_name_that_cannot_be_is_told_in_one_line(
    config: Path, words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--config", str(config), "central", *words]) == 1
    told = capsys.readouterr().err
    assert (len(told.splitlines()), words[1] in told) == (1, True)
