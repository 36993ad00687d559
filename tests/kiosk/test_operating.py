"""The queue from the command line: by hand to the central server and back, and out of a damaged
file. Everything is real but the network, which there is none of."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk import settings as settings_file
from kiosk import wiring
from kiosk.__main__ import main
from kiosk.demonstration import CentralProcess, free_port
from kiosk.domain.submission.model import State
from kiosk.settings import Settings
from services.central.keys import load_keys
from services.storage.outbox import SqliteOutbox
from tests.services.uplink.central import submission

STORY = "演示数据，一件事"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "kiosk.toml"
    file.write_text("[central]\nopen_enrolment = true\n", encoding="utf-8")
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    return settings_file.load(config)


@pytest.fixture
def outbox(settings: Settings) -> Iterator[SqliteOutbox]:
    """A kiosk's queue with three submissions in it, sealed to a central server never reached."""
    load_keys(settings.central_folder)
    line = wiring.line(settings, wiring.HallClock())
    for _ in range(3):
        line.outbox.put(line.sealer.seal(submission(STORY)))
    yield line.outbox
    line.outbox.close()
    line.client.close()


def run(config: Path, *words: str) -> int:
    return main(["--config", str(config), *words])


def test_what_waits_is_carried_there_and_its_receipts_back(
    config: Path, tmp_path: Path, outbox: SqliteOutbox, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    assert run(config, "queue", "export", "--to", str(stick)) == 0
    (carried,) = stick.iterdir()
    assert outbox.status().counts[State.EXPORTED] == 3
    assert STORY not in carried.read_text(encoding="utf-8")

    for told in ("3 accepted", "3 duplicate"):
        capsys.readouterr()
        assert run(config, "central", "import", str(stick)) == 0
        assert told in capsys.readouterr().out
    (answered,) = set(stick.iterdir()) - {carried}
    assert len(case_numbers(tmp_path)) == 3

    for told in ("3 submissions", "0 submissions"):
        assert run(config, "queue", "acknowledge", str(answered)) == 0
        assert f"{told} are acknowledged" in capsys.readouterr().out
    assert outbox.status().counts[State.ACKED] == 3
    assert run(config, "queue", "export", "--to", str(stick)) == 0
    assert capsys.readouterr().out == "nothing waits\n"


def case_numbers(tmp_path: Path) -> set[str]:
    connection = sqlite3.connect(tmp_path / "var" / "central" / "central.db")
    numbers = {number for (number,) in connection.execute('SELECT number FROM "case"')}
    connection.close()
    return numbers


def test_what_was_carried_is_sent_as_well_and_registered_once(
    config: Path, tmp_path: Path, settings: Settings, outbox: SqliteOutbox
) -> None:
    stick = tmp_path / "stick"
    run(config, "queue", "export", "--to", str(stick))
    run(config, "queue", "export", "--to", str(tmp_path / "another"))
    run(config, "central", "import", str(stick))
    run(config, "central", "import", str(tmp_path / "another"))
    assert len(case_numbers(tmp_path)) == 3
    assert outbox.status().waiting == 3


@pytest.mark.parametrize("command", [("queue", "acknowledge"), ("central", "import")])
def test_a_file_of_something_else_is_named_with_its_line(
    config: Path,
    tmp_path: Path,
    outbox: SqliteOutbox,
    command: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    alien = tmp_path / "photo.jpg"
    alien.write_bytes(b"\xff\xd8\xff something else")
    assert run(config, *command, str(alien)) == 1
    assert "photo.jpg: line 1 is no" in capsys.readouterr().err
    assert run(config, *command, str(tmp_path / "missing")) == 1
    assert "No such file" in capsys.readouterr().err
    assert outbox.status().waiting == 3


def test_an_empty_stick_is_no_success(config: Path, tmp_path: Path, outbox: SqliteOutbox) -> None:
    (tmp_path / "stick").mkdir()
    assert run(config, "central", "import", str(tmp_path / "stick")) == 1


def test_receipts_of_another_server_acknowledge_nothing(
    config: Path, tmp_path: Path, outbox: SqliteOutbox, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    run(config, "queue", "export", "--to", str(stick))
    run(config, "central", "import", str(stick))
    (answered,) = stick.glob("*.answered.jsonl")
    for file in ("keys.json", "keyset.json", "central.db"):
        (tmp_path / "var" / "central" / file).unlink()
    load_keys(tmp_path / "var" / "central")
    capsys.readouterr()
    assert run(config, "queue", "acknowledge", str(answered)) == 0
    assert capsys.readouterr().out == "0 submissions are acknowledged\n"
    assert outbox.status().waiting == 3


def test_the_queue_is_shown_by_its_metadata_only(
    config: Path, outbox: SqliteOutbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(config, "queue", "show") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all("complaint sealed" in line or "application sealed" in line for line in lines)
    assert STORY not in "".join(lines)


def test_the_dead_are_tried_again(
    config: Path, settings: Settings, outbox: SqliteOutbox, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = sqlite3.connect(settings.kiosk_folder / "outbox.sqlite")
    connection.execute("UPDATE outbox SET state = 'dead', next_at = NULL")
    connection.commit()
    connection.close()
    first = str(outbox.waiting()[0].id)
    assert run(config, "queue", "retry", first) == 0
    assert run(config, "queue", "retry") == 0
    assert capsys.readouterr().out == "1 will be tried again\n2 will be tried again\n"
    assert run(config, "queue", "retry") == 0


def test_the_central_server_proves_that_it_stands_by_its_receipts(
    config: Path, tmp_path: Path, outbox: SqliteOutbox, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(config.read_text() + f"port = {free_port()}\n", encoding="utf-8")
    central = CentralProcess(config)
    try:
        run(config, "queue", "export", "--to", str(tmp_path / "stick"))
        run(config, "central", "import", str(tmp_path / "stick"))
        (answered,) = (tmp_path / "stick").glob("*.answered.jsonl")
        run(config, "queue", "acknowledge", str(answered))
        capsys.readouterr()
        assert run(config, "queue", "prove") == 0
        assert capsys.readouterr().out == "3 of 3 receipts are in the log of 3\n"
        forget_one(tmp_path)
        assert run(config, "queue", "prove") == 1
        assert "NOT in the log" in capsys.readouterr().out
    finally:
        central.stop()
    assert run(config, "queue", "prove") == 1
    assert "ConnectionError" in capsys.readouterr().err


def forget_one(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "var" / "central" / "central.db")) as database:
        database.execute("DELETE FROM leaf WHERE place = 1")
        database.commit()


def test_an_id_that_is_none_is_refused(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(config, "queue", "retry", "nonsense")
    assert ended.value.code == 2
    assert "nonsense" in capsys.readouterr().err


def test_a_damaged_queue_is_told_of_and_what_is_whole_is_put_back(
    config: Path,
    settings: Settings,
    outbox: SqliteOutbox,
    capsys: pytest.CaptureFixture[str],
) -> None:
    outbox.close()
    file = settings.kiosk_folder / "outbox.sqlite"
    intact = file.read_bytes()
    file.write_bytes(b"\xff" * 100 + intact[100:])
    assert run(config, "queue", "status") == 0
    told = capsys.readouterr().out
    assert told.startswith("waiting: 0\n")
    (aside,) = settings.kiosk_folder.glob("outbox.sqlite.damaged-*")
    assert str(aside) in told

    assert run(config, "queue", "salvage") == 1
    assert "not a database" in capsys.readouterr().err
    (aside / file.name).write_bytes(intact)
    for _ in range(2):
        assert run(config, "queue", "salvage", str(aside)) == 0
        assert "3 submissions are whole" in capsys.readouterr().out
    assert run(config, "queue", "status") == 0
    assert capsys.readouterr().out.startswith("waiting: 3,")
