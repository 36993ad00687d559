import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from kiosk.errors import StorageError
from services.central.database import Database, sqlite_url
from services.central.tables import AuditRow, Base, CaseRow


@pytest.fixture
def file(tmp_path):
    return tmp_path / "central.db"


def test_the_migrated_schema_is_the_models_schema(file):
    Database(sqlite_url(file)).close()
    engine = create_engine(sqlite_url(file))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_every_connection_is_durable_and_keeps_foreign_keys(file):
    database = Database(sqlite_url(file))
    for opened in (database.read, database.write):
        with opened() as session:
            pragmas = [
                session.scalar(text(f"PRAGMA {name}"))
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert pragmas == ["wal", 2, 1]
    database.close()


def test_opening_again_changes_nothing(file):
    Database(sqlite_url(file)).close()
    Database(sqlite_url(file)).close()


def test_a_transaction_that_fails_leaves_nothing(file):
    database = Database(sqlite_url(file))

    def half() -> None:
        with database.write() as session:
            session.execute(
                text("INSERT INTO kiosk VALUES ('demo-kiosk-1', x'00', '2026-01-01 00:00:00')")
            )
            session.add(CaseRow(id="no such submission"))

    with pytest.raises(IntegrityError):
        half()
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM kiosk")) == 0
    database.close()


def test_the_logs_refuse_to_be_changed(file):
    database = Database(sqlite_url(file))
    with database.write() as session:
        session.execute(
            text("INSERT INTO audit VALUES (1, '2026-01-01 00:00:00', 'clerk', 'viewed', 'x')")
        )
    for change in ("UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"):
        with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
            session.execute(text(change))
    with database.read() as session:
        assert session.get(AuditRow, 1).actor == "clerk"
    database.close()


def test_a_file_that_is_no_database_is_a_known_error(file):
    file.write_bytes(b"no database" * 200)
    with pytest.raises(StorageError, match=r"central\.db"):
        Database(sqlite_url(file))


def test_a_database_of_a_newer_version_is_a_known_error(file):
    Database(sqlite_url(file)).close()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError):
        Database(sqlite_url(file))


def test_a_folder_that_does_not_exist_is_a_known_error(tmp_path):
    with pytest.raises(StorageError):
        Database(sqlite_url(tmp_path / "nowhere" / "central.db"))
