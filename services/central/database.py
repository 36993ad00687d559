"""Opening the database, bringing its schema up to date, and its two kinds of transaction."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from kiosk.errors import StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 30

STORAGE_FAILURES = (DatabaseError, PoolTimeoutError)
"""What a transaction raises while the disk is full, or the database is damaged, locked or away."""


def sqlite_url(file: Path) -> str:
    """The database URL of an SQLite file."""
    return f"sqlite:///{file}"


class Database:
    """The central server's database. Safe to use from any thread."""

    def __init__(self, url: str) -> None:
        """Open and migrate. Raises `StorageError` if that is not possible."""
        self._engine = _engine(url)
        self._turn = Lock() if self._engine.dialect.name == "sqlite" else nullcontext()
        try:
            with self._engine.connect().execution_options(writing=True) as connection:
                migrate(connection)
                connection.commit()
        except (SQLAlchemyError, CommandError) as error:
            self._engine.dispose()
            place = make_url(url).render_as_string(hide_password=True)
            reason = type(error).__name__
            raise StorageError(f"{place}: the central database does not open: {reason}") from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database and changes nothing."""
        with Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose work is stored whole at the end, or not at all if anything is raised.

        On SQLite it is the only writer from its first moment (`BEGIN IMMEDIATE`); the threads of a
        process take turns, as SQLite itself would have them look again after ever longer sleeps.
        """
        with (
            self._turn,
            self._engine.connect().execution_options(writing=True) as connection,
            Session(connection) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()


def migrate(connection: Connection) -> None:
    """Bring the schema to the newest version; the caller commits."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, isolation_level="READ COMMITTED")
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _BUSY_SECONDS})

    def prepare(connection: SqliteConnection, entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # transactions are begun by `begin` below, not by sqlite3
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine
