"""The kiosk's database with what can be done about a damaged file and a full disk."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar

from sqlalchemy import Connection, Engine

from kiosk.errors import StorageDamaged, StorageFull
from services.storage.damage import set_aside
from services.storage.database import open_database, tidy, transaction
from services.storage.reserve import Reserve

T = TypeVar("T")
log = logging.getLogger(__name__)


class Store:
    """Transactions on one file. Safe from any thread.

    A database found damaged is set aside whole (`services.storage.damage`), and service goes on
    with a fresh one. On a full disk a reserve is given up to what empties the queue.
    """

    def __init__(self, file: Path, *, busy_ms: int = 5000) -> None:
        """Open, create or migrate `file`. Raises `StorageError` with one line naming the file."""
        self.file = file
        self.reserve = Reserve(file.with_name("reserve"))
        self._busy_ms = busy_ms
        self._renewing = Lock()
        try:
            self._engine = open_database(file, busy_ms=busy_ms)
        except StorageDamaged as error:
            self._set_aside(error)
            self._engine = open_database(file, busy_ms=busy_ms)

    def close(self) -> None:
        """Give back the file. Using the store afterwards opens it again."""
        self._engine.dispose()

    def write(self, work: Callable[[Connection], T], *, emptying: bool = False) -> T:
        """One transaction, durable when this returns. Raises `StorageError`; then nothing was
        written."""
        engine = self._engine
        try:
            with transaction(engine, self.file) as connection:
                return work(connection)
        except StorageDamaged as error:
            self._renew(engine, error)
        except StorageFull:
            if not (emptying and self.reserve.release()):
                raise
        with transaction(self._engine, self.file) as connection:
            return work(connection)

    def read(self, work: Callable[[Connection], T]) -> T:
        """One state of the database. Raises `StorageError`."""
        engine = self._engine
        try:
            with transaction(engine, self.file, read=True) as connection:
                return work(connection)
        except StorageDamaged as error:
            self._renew(engine, error)
        with transaction(self._engine, self.file, read=True) as connection:
            return work(connection)

    def tidy(self) -> None:
        """See `services.storage.database.tidy`."""
        tidy(self._engine, self.file)

    def _renew(self, engine: Engine, error: StorageDamaged) -> None:
        with self._renewing:
            if self._engine is engine:
                engine.dispose()
                self._set_aside(error)
                self._engine = open_database(self.file, busy_ms=self._busy_ms)

    def _set_aside(self, error: StorageDamaged) -> None:
        aside = set_aside(self.file, datetime.now(UTC))
        log.error("%s; set aside in %s, see `kiosk queue salvage`", error, aside)
