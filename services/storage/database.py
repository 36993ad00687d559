"""Opens the kiosk's SQLite database: durable settings on every connection, schema up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError, IntegrityError

from kiosk.errors import StorageError

REVISION = "0001"
MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(file: Path, *, busy_ms: int) -> Engine:
    """The database in `file`, created or migrated as needed.

    A writer waits at most `busy_ms` milliseconds for another process. Raises `StorageError` with
    one line naming the file: unwritable folder, not a database, full disk, locked, or made by a
    newer program.
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
    except StorageError:
        engine.dispose()
        raise
    return engine


@contextmanager
def transaction(engine: Engine, file: Path, *, read: bool = False) -> Iterator[Connection]:
    """One transaction, committed durably at the end; a reader's sees one state of the database.

    Raises `StorageError` for what the world did (full disk, lock, damage); then nothing was
    written.
    """
    try:
        with engine.connect().execution_options(read=read) as connection, connection.begin():
            yield connection
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise StorageError(f"{file}: {error.orig}") from error
    except sqlite3.Error as error:
        raise StorageError(f"{file}: {error}") from error


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
