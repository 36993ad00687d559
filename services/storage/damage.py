"""A damaged database is set aside whole, and what can still be read is taken back from it."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import DatabaseError

from kiosk.domain.submission.model import SealedSubmission
from kiosk.errors import StorageError
from services.files import settle
from services.storage.rows import SEALED_COLUMNS, sealed_of

SIDE_FILES = ("-wal", "-shm")
_ROW = select(*SEALED_COLUMNS).where(text("rowid = :row"))
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
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True),
        hide_parameters=True,
    )
    try:
        with engine.connect() as database:
            database.execute(_ROW, {"row": 0}).first()
            yield from _readable(database)
    except DatabaseError as error:
        raise StorageError(f"{file}: {error.orig}") from error
    finally:
        engine.dispose()


def _readable(database: Connection) -> Iterator[SealedSubmission]:
    """Row by row: rows are numbered from 1 and never deleted, and a damaged page takes only its own
    with it."""
    row, missed = 0, 0
    while missed < _GIVE_UP:
        row, missed = row + 1, missed + 1
        try:
            found = database.execute(_ROW, {"row": row}).mappings().first()
            if found is None:
                continue
            missed = 0
            sealed = sealed_of(found)
        except (DatabaseError, ValueError, TypeError, AttributeError, OverflowError):
            continue  # the page is damaged, or what stands there is no submission
        if sealed.envelope and hashlib.sha256(sealed.envelope).digest() == sealed.sha256:
            yield sealed
