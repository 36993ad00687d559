import logging
import os
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.domain.submission.delivery import Acknowledged
from kiosk.domain.submission.model import Kind, SealedSubmission
from kiosk.errors import StorageDamaged, StorageError
from services.storage import damage
from services.storage.damage import salvaged, set_aside, set_aside_before
from services.storage.outbox import SqliteOutbox

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PAGE = 4096


def sealed(number: int, size: int = 3000) -> SealedSubmission:
    envelope = number.to_bytes(4, "big") * (size // 4)
    return SealedSubmission(
        id=UUID(int=number),
        kind=Kind.COMPLAINT,
        created_at=NOW + timedelta(microseconds=number),
        kiosk_id="test-kiosk",
        key_id="k1",
        suite="suite",
        envelope=envelope,
        sha256=sha256(envelope).digest(),
        signature=bytes(64),
        receipt_hash=bytes(32),
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "q.sqlite"


def filled(file: Path, count: int) -> list[SealedSubmission]:
    outbox = SqliteOutbox(file)
    items = [sealed(n) for n in range(1, count + 1)]
    outbox.put_all(items)
    outbox.close()
    return items


def overwrite(file: Path, page: int, with_: bytes = b"\xff" * PAGE) -> None:
    with file.open("r+b") as stream:
        stream.seek(page * PAGE)
        stream.write(with_)


def test_a_file_that_is_no_database_is_set_aside_and_service_goes_on(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_bytes(b"not a database at all\n" * 100)
    with caplog.at_level(logging.ERROR):
        outbox = SqliteOutbox(file)
    outbox.put(sealed(1))
    assert outbox.status().waiting == 1
    outbox.close()
    (aside,) = set_aside_before(file)
    assert (aside / file.name).read_bytes() == b"not a database at all\n" * 100
    assert str(aside) in caplog.text


@pytest.mark.parametrize("page", [1, 2, 3, 4, 5])
def test_damage_that_can_be_seen_at_a_glance_is_seen_at_start(file: Path, page: int) -> None:
    filled(file, 3)
    overwrite(file, page)
    outbox = SqliteOutbox(file)
    outbox.put(sealed(9))
    assert [one.id for one in outbox.waiting()] in (
        [UUID(int=9)],
        [UUID(int=n) for n in (1, 2, 3, 9)],
    )
    outbox.close()


def test_damage_in_the_middle_is_met_when_it_is_read_and_the_next_one_is_stored(
    file: Path,
) -> None:
    filled(file, 400)
    size = file.stat().st_size // PAGE
    for page in range(size // 4, size // 2):
        overwrite(file, page)
    outbox = SqliteOutbox(file)
    for _ in range(40):
        if not outbox.lease(NOW, 20, 1 << 20, MINUTE):
            break
    assert set_aside_before(file)
    outbox.put(sealed(9999))
    assert [one.sealed.id for one in outbox.lease(NOW, 9, 1 << 20, MINUTE)] == [UUID(int=9999)]
    outbox.close()


def test_a_submission_handed_in_while_the_damage_is_met_is_stored_in_the_fresh_queue(
    file: Path,
) -> None:
    outbox = SqliteOutbox(file)
    outbox.put(sealed(1))
    outbox.close()
    for page in range(1, file.stat().st_size // PAGE):
        overwrite(file, page)
    outbox.put(sealed(2))
    assert [one.id for one in outbox.waiting()] == [UUID(int=2)]
    outbox.close()


def test_a_database_that_a_cut_has_left_between_two_versions_is_set_aside(file: Path) -> None:
    """On a disk that keeps writes in another order than it was told."""
    before = filled(file, 1)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    database.close()
    outbox = SqliteOutbox(file)
    assert outbox.status().waiting == 0
    outbox.close()
    (aside,) = set_aside_before(file)
    assert list(salvaged(aside, file.name)) == before


def test_the_side_files_go_along(file: Path) -> None:
    outbox = SqliteOutbox(file)
    outbox.put(sealed(1))
    there = {each.name for each in file.parent.iterdir()} - {"reserve"}
    assert len(there) == 3
    aside = set_aside(file, NOW)
    assert {each.name for each in aside.iterdir()} == there
    assert list(file.parent.glob("q.sqlite*")) == [aside]
    outbox.close()


@pytest.mark.parametrize("dies_at", [1, 2, 3])
def test_killed_while_setting_aside_everything_is_still_somewhere(
    file: Path, dies_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = SqliteOutbox(file)
    items = [sealed(n) for n in range(1, 30)]
    outbox.put_all(items)
    calls = 0
    unlink = Path.unlink

    def dying(self: Path, missing_ok: bool = False) -> None:
        nonlocal calls
        calls += 1
        if calls == dies_at:
            raise KeyboardInterrupt
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", dying)
    with pytest.raises(KeyboardInterrupt):
        set_aside(file, NOW)
    monkeypatch.undo()
    (aside,) = set_aside_before(file)
    assert list(salvaged(aside, file.name)) == items
    again = SqliteOutbox(file)
    again.put(sealed(99))
    again.close()
    outbox.close()


def test_what_is_whole_is_taken_back(file: Path) -> None:
    items = filled(file, 200)
    outbox = SqliteOutbox(file)
    outbox.lease(NOW, 2, 1 << 20, MINUTE)
    outbox.settle([Acknowledged(items[0].id, NOW, "k1", bytes(64))])
    outbox.close()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE outbox SET envelope = x'00' WHERE rowid = 2")
    connection.commit()
    connection.close()
    size = file.stat().st_size // PAGE
    for page in range(size // 2, size // 2 + 20):
        overwrite(file, page)
    back = list(salvaged(set_aside(file, NOW), file.name))
    assert 150 < len(back) < 198
    assert all(each in items for each in back)
    assert not {items[0].id, items[1].id} & {each.id for each in back}


def test_with_the_schema_gone_nothing_can_be_taken_back(file: Path) -> None:
    filled(file, 3)
    overwrite(file, 0)
    with pytest.raises(StorageError, match="not a database"):
        list(salvaged(set_aside(file, NOW), file.name))


def test_a_folder_that_cannot_be_written_is_named(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(file, 1)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(StorageError, match="cannot be set aside: Read-only file system"):
        set_aside(file, NOW)


def test_rows_with_impossible_values_are_passed_over(file: Path) -> None:
    items = filled(file, 4)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE outbox SET kind = 'nonsense' WHERE rowid = 2")
    connection.execute("UPDATE outbox SET created_at = 9223372036854775807 WHERE rowid = 3")
    connection.commit()
    connection.close()
    assert list(salvaged(set_aside(file, NOW), file.name)) == [items[0], items[3]]


def test_the_search_for_rows_ends(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damage, "_GIVE_UP", 10)
    items = filled(file, 3)
    assert list(salvaged(set_aside(file, NOW), file.name)) == items


def test_a_locked_database_is_not_taken_for_a_damaged_one(file: Path) -> None:
    filled(file, 1)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked") as caught:
        SqliteOutbox(file, busy_ms=10)
    assert not isinstance(caught.value, StorageDamaged)
    other.close()
    assert not set_aside_before(file)


def test_everything_put_back_is_one_submission(file: Path) -> None:
    items = filled(file, 5)
    aside = set_aside(file, NOW)
    outbox = SqliteOutbox(file)
    outbox.put(replace(items[2], envelope=items[2].envelope))
    for _ in range(2):
        outbox.put_all(salvaged(aside, file.name))
    assert outbox.status().waiting == 5
    outbox.close()
