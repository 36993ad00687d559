"""Opens the kiosk's SQLite database: durable settings on every connection, schema up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError, IntegrityError

from kiosk.errors import StorageDamaged, StorageError, StorageFull

REVISION = "0003"
MIGRATIONS = Path(__file__).parent / "migrations"
TIDY_BYTES = 4 << 20
LOG_PAGES = 4096
"""How long the log may grow: to the first, until `tidy` comes by; to the second (16 MiB), until
whoever writes next has to take it into the database themselves."""
_PRIMARY = 0xFF
"""The primary part of SQLite's result codes."""
_KINDS = {
    sqlite3.SQLITE_CORRUPT: StorageDamaged,
    sqlite3.SQLITE_NOTADB: StorageDamaged,
    sqlite3.SQLITE_FULL: StorageFull,
}
_ENDS = (
    "PRAGMA freelist_count",
    "SELECT * FROM counters",
    "SELECT * FROM last",
    "SELECT * FROM central",
    "SELECT * FROM outbox ORDER BY rowid LIMIT 1",
    "SELECT * FROM outbox ORDER BY rowid DESC LIMIT 1",
    "SELECT next_at FROM outbox WHERE priority = 1 AND next_at IS NOT NULL"
    " ORDER BY next_at LIMIT 1",
    "SELECT created_at FROM outbox WHERE envelope IS NOT NULL ORDER BY created_at LIMIT 1",
    "SELECT receipt_hash FROM outbox WHERE envelope IS NOT NULL ORDER BY receipt_hash LIMIT 1",
    "SELECT receipt_hash FROM case_state ORDER BY receipt_hash LIMIT 1",
)
"""Both ends of the queue's table, the beginning of every index: what can be looked at in no time,
however many rows there are. Damage in between is met when it is read."""


def open_database(file: Path, *, busy_ms: int) -> Engine:
    """The database in `file`, created or migrated as needed.

    A writer waits at most `busy_ms` milliseconds for another process. Raises `StorageError` with
    one line naming the file: unwritable folder, not a database, full disk, locked, or made by a
    newer program; `StorageDamaged` if what can be seen at a glance is not as it was written.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{file.parent}: cannot be created: {error.strerror}") from error
    engine = create_engine(
        URL.create("sqlite", database=str(file)), hide_parameters=True, pool_size=4
    )
    pragmas: dict[str, str | int] = {
        "busy_timeout": busy_ms,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "wal_autocheckpoint": LOG_PAGES,
    }

    @event.listens_for(engine, "connect")
    def assert_pragmas(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")
            (actual,) = connection.execute(f"PRAGMA {name}").fetchone()
            if actual != value:
                raise StorageError(f"{file}: SQLite refuses {name} = {value} (it is {actual})")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that turns into a writer can fail at once, whatever busy_timeout.
        read = connection.get_execution_options().get("read", False)
        connection.exec_driver_sql("BEGIN" if read else "BEGIN IMMEDIATE")

    try:
        with transaction(engine, file) as connection:
            if _revision(connection) != REVISION:
                _migrate(connection, file)
            for ends in _ENDS:
                connection.exec_driver_sql(ends).all()
    except StorageError:
        engine.dispose()
        raise
    return engine


@contextmanager
def transaction(engine: Engine, file: Path, *, read: bool = False) -> Iterator[Connection]:
    """One transaction, committed durably at the end; a reader's sees one state of the database.

    Raises `StorageError` for what the world did (full disk, lock, damage; the first and the last
    have types of their own); then nothing was written.
    """
    try:
        with engine.connect().execution_options(read=read) as connection, connection.begin():
            yield connection
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise _known(file, error.orig) from error
    except sqlite3.Error as error:
        raise _known(file, error) from error


def tidy(engine: Engine, file: Path) -> None:
    """Take a log that has grown into the database. For the uplink's thread: whoever hands something
    in does not wait for it. Raises `StorageError`."""
    log = file.with_name(f"{file.name}-wal")
    try:
        if log.stat().st_size > TIDY_BYTES:
            with closing(engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except FileNotFoundError:
        return
    except sqlite3.Error as error:
        raise _known(file, error) from error


def _known(file: Path, error: BaseException | None) -> StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    return _KINDS.get(code, StorageError)(f"{file}: {error}")


def _revision(connection: Connection) -> str | None:
    tables = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    )
    if tables.first() is None:
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _migrate(connection: Connection, file: Path) -> None:
    from alembic import command  # only a new or old database pays for this import
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StorageError(f"{file}: made by another version of the program: {error}") from error
    except IntegrityError as error:  # of a version that already holds what the next one brings
        raise StorageDamaged(f"{file}: {error.orig}") from error
