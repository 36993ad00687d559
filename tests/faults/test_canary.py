"""Nothing a citizen typed may lie on the disk in a readable form."""

import base64
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.submission.delivery import Acknowledged, RetryLater
from services.storage.damage import set_aside
from services.storage.outbox import SqliteOutbox
from services.uplink.carry import export
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from tests.faults.canary import Finder, on_disk, planted
from tests.faults.remains import in_memory
from tests.services.uplink.central import KEY_ID, NOON, CentralSecrets, submission

CANARY = "金丝雀 canary 13800000000"


def find(folder: Path, *needles: str) -> list[str]:
    forms = [
        needle.encode(encoding)
        for needle in needles
        for encoding in ("utf-8", "utf-16-le", "gb18030")
    ]
    forms += [needle.encode("unicode_escape") for needle in needles]
    return [
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(form in file.read_bytes() for form in forms)
    ]


def test_no_byte_of_any_file_repeats_what_citizens_typed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor of database, log, exported file or log lines, before and after an upload and a damage."""
    caplog.set_level(logging.DEBUG)
    secrets = CentralSecrets()
    keys = CentralKeys(secrets.provision(tmp_path / "keyset.json"))
    folder = tmp_path / "kiosk"
    outbox, own = SqliteOutbox(folder / "kiosk.sqlite"), KioskKey(folder)
    seal = Seal("test-kiosk", own, keys)
    told = [submission(f"{CANARY}-{n:04}") for n in range(1000)]
    words = [CANARY, *(one.number for one in told[::50])]
    for one in told:
        outbox.put(seal.seal(one))
        assert outbox.is_waiting(one.number)
    leased = outbox.lease(NOON, 100, 1 << 20, timedelta(minutes=1))
    outbox.settle([Acknowledged(one.sealed.id, NOON, KEY_ID, bytes(64)) for one in leased[:10]])
    outbox.settle([RetryLater(one.sealed.id, NOON, "unreachable") for one in leased[10:]])
    _, count = export(outbox, own, "test-kiosk", tmp_path / "stick", NOON)
    assert count == 990
    assert (folder / "kiosk.sqlite-wal").stat().st_size > 0
    (tmp_path / "log").write_text(caplog.text, encoding="utf-8")
    assert find(tmp_path, *words) == []
    outbox.close()
    assert find(tmp_path, *words) == []
    aside = set_aside(folder / "kiosk.sqlite", NOON)
    assert find(aside, *words) == []


def test_the_search_itself_finds_a_canary(tmp_path: Path) -> None:
    (tmp_path / "leak").write_text(f"...{CANARY}...", encoding="utf-16-le")
    assert find(tmp_path, CANARY) == ["leak"]


def test_neither_kiosk_nor_server_nor_what_is_carried_between_them_can_be_read(
    tmp_path: Path,
) -> None:
    assert on_disk(planted(7, 200), 7, tmp_path) == {}


def test_the_finder_finds_what_is_there(tmp_path: Path) -> None:
    strings = planted(7, 20)
    encoded = base64.b64encode(b"x" + strings[3].encode() + b"...")
    (tmp_path / "a").write_bytes(strings[1].encode("utf-16-le") + bytes(3) + encoded)
    (tmp_path / "b").write_bytes(strings[2].encode()[:-1])
    assert Finder(strings).in_files(tmp_path) == {"a": 2}


def test_a_core_dump_after_the_turn_tells_nothing(tmp_path: Path) -> None:
    found = in_memory(7, 100, tmp_path)
    assert found["during"]["queue"] == 100
    assert found["during"]["screen"] > 0
    assert found["after"] == {"queue": 0, "screen": 0}
