"""A damaged database is set aside whole, and what can still be read is taken back from it."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kiosk.domain.submission.model import Kind, SealedSubmission
from kiosk.errors import StorageError
from services.files import settle
from services.storage.tables import moment

SIDE_FILES = ("-wal", "-shm")
_ROW = (
    "SELECT id, kind, created_at, envelope, sha256, kiosk_id, key_id, suite, signature,"
    " receipt_hash FROM outbox WHERE rowid = ?"
)
_GIVE_UP = 100_000
"""So many rows in a row that cannot be read are the end of what there is."""


def set_aside(file: Path, now: datetime) -> Path:
    """Move a database with its side files into a folder beside it, which is returned. Killed in the
    middle, it leaves everything in one place at least. Raises `StorageError`.
    """
    aside = file.with_name(f"{file.name}.damaged-{now:%Y%m%dT%H%M%S%f}")
    names = [file, *(file.with_name(file.name + side) for side in SIDE_FILES)]
    try:
        aside.mkdir(mode=0o700)
        there = [each for each in names if each.exists()]
        for each in there:
            os.link(each, aside / each.name)
        settle(aside)
        # The database first: SQLite throws a log away that it finds without one.
        for each in there:
            each.unlink()
        settle(file.parent)
    except OSError as error:
        raise StorageError(f"{file}: cannot be set aside: {error.strerror}") from error
    return aside


def set_aside_before(file: Path) -> list[Path]:
    """What has been set aside so far, the oldest first."""
    return sorted(file.parent.glob(f"{file.name}.damaged-*"))


def salvaged(aside: Path, name: str) -> Iterator[SealedSubmission]:
    """Every submission in a folder of `set_aside` that is whole and was not acknowledged; `name` is
    the database's. Raises `StorageError` where not even its schema can be read."""
    file = aside / name
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            database.execute("SELECT 1 FROM outbox WHERE rowid = 0").fetchone()
            yield from _readable(database)
    except sqlite3.Error as error:
        raise StorageError(f"{file}: {error}") from error


def _readable(database: sqlite3.Connection) -> Iterator[SealedSubmission]:
    """Row by row: rows are numbered from 1 and never deleted, and a damaged page takes only its own
    with it."""
    row, missed = 0, 0
    while missed < _GIVE_UP:
        row, missed = row + 1, missed + 1
        try:
            found = database.execute(_ROW, (row,)).fetchone()
        except sqlite3.DatabaseError:
            continue
        if found is None:
            continue
        missed = 0
        if whole := _whole(*found):
            yield whole


def _whole(
    id: str, kind: str, created_at: int, envelope: bytes | None, sha256: bytes, *rest: Any
) -> SealedSubmission | None:
    if envelope is None or hashlib.sha256(envelope).digest() != sha256:
        return None
    kiosk_id, key_id, suite, signature, receipt_hash = rest
    try:
        return SealedSubmission(
            id=UUID(id),
            kind=Kind(kind),
            created_at=moment(created_at),
            kiosk_id=kiosk_id,
            key_id=key_id,
            suite=suite,
            envelope=envelope,
            sha256=sha256,
            signature=signature,
            receipt_hash=receipt_hash,
        )
    except (ValueError, TypeError, OverflowError):
        return None
