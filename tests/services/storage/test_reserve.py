import errno
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from kiosk.domain.submission.delivery import Acknowledged
from kiosk.errors import StorageFull
from services.storage.outbox import SqliteOutbox
from services.storage.reserve import RESERVE_BYTES, Reserve
from tests.services.storage.test_damage import sealed

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[SqliteOutbox]:
    outbox = SqliteOutbox(tmp_path / "q.sqlite")
    yield outbox
    outbox.close()


def fill_disk(outbox: SqliteOutbox, until_released: Path) -> None:
    """From now on every commit fails for want of room, unless the reserve has been given up."""

    @event.listens_for(outbox.store._engine, "commit")
    def refuse(_: object) -> None:
        if until_released.exists():
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error


def test_the_room_is_really_taken(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "reserve")
    assert reserve.hold()
    assert reserve.hold()
    assert (tmp_path / "reserve").stat().st_blocks * 512 >= RESERVE_BYTES
    assert reserve.release()
    assert not (tmp_path / "reserve").exists()
    assert reserve.spent
    assert not reserve.release()
    assert reserve.hold()
    assert not reserve.spent


def test_no_room_is_kept_on_a_disk_at_its_brim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.statvfs(tmp_path)
    tight = os.statvfs_result((*real[:4], (RESERVE_BYTES + 4096) // real.f_frsize, *real[5:]))
    monkeypatch.setattr(os, "statvfs", lambda _: tight)
    assert not Reserve(tmp_path / "reserve").hold()


def test_a_disk_that_refuses_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    reserve = Reserve(tmp_path / "reserve")
    assert not reserve.hold()
    assert reserve.spent


def test_on_a_full_disk_what_is_queued_still_goes_out_and_nothing_more_comes_in(
    outbox: SqliteOutbox, tmp_path: Path
) -> None:
    one = sealed(1)
    outbox.put(one)
    assert outbox.accepts()
    fill_disk(outbox, tmp_path / "reserve")
    with pytest.raises(StorageFull):
        outbox.put(sealed(2))
    assert [each.sealed for each in outbox.lease(NOW, 9, 1 << 20, MINUTE)] == [one]
    with pytest.raises(StorageFull):
        outbox.put(sealed(3))
    outbox.settle([Acknowledged(one.id, NOW, "k1", bytes(64))])
    assert outbox.status().waiting == 0


def test_once_there_is_room_again_submissions_are_taken(
    outbox: SqliteOutbox, tmp_path: Path
) -> None:
    assert outbox.accepts()
    outbox.store.reserve.release()
    with pytest.raises(StorageFull):
        outbox.put(sealed(1))
    assert outbox.accepts()
    outbox.put(sealed(1))
    assert outbox.status().waiting == 1
