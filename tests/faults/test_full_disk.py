"""A disk that takes no more: the citizen is told, and nothing already kept is harmed."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.domain.submission.model import State
from kiosk.errors import StorageError
from services.storage.outbox import SqliteOutbox
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from tests.services.uplink.central import CentralSecrets, submission


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Real writes fail (EFBIG) once a file has this many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_when_the_disk_is_full_nothing_is_half_stored_and_nothing_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.sqlite"
    keys = CentralKeys(CentralSecrets().provision(tmp_path / "keyset.json"))
    seal = Seal("test-kiosk", KioskKey(tmp_path), keys)
    outbox = SqliteOutbox(file)
    kept = []
    refused, line = None, ""
    with no_file_beyond(200_000):
        for _ in range(100):
            one = submission("演示数据" * 500)
            try:
                outbox.put(seal.seal(one))
            except StorageError as error:
                refused, line = one, str(error)
                break
            kept.append(one)
    assert kept
    assert refused is not None
    assert line.startswith(f"{file}: ")
    assert not outbox.is_waiting(refused.number)
    assert all(outbox.is_waiting(one.number) for one in kept)
    outbox.put(seal.seal(refused))
    assert outbox.status().counts[State.SEALED] == len(kept) + 1
    outbox.close()
    database = sqlite3.connect(file)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_a_database_cannot_be_made_on_a_full_disk(tmp_path: Path) -> None:
    with no_file_beyond(100), pytest.raises(StorageError, match=r"kiosk\.sqlite: "):
        SqliteOutbox(tmp_path / "kiosk.sqlite")
    SqliteOutbox(tmp_path / "kiosk.sqlite").close()
