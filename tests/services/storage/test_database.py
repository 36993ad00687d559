import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from kiosk.errors import StorageError
from services.storage.database import MIGRATIONS, REVISION, open_database, transaction
from services.storage.outbox import SqliteOutbox
from services.storage.tables import metadata

QUERY = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' ORDER BY name"


def schema(file: Path) -> list[tuple[str, str, str | None]]:
    connection = sqlite3.connect(file)
    rows = [
        row
        for row in connection.execute(QUERY).fetchall()
        if not row[1].startswith("sqlite_autoindex_alembic")
    ]
    connection.close()
    return rows


def test_the_migrated_schema_is_the_one_the_tables_declare(tmp_path: Path) -> None:
    SqliteOutbox(tmp_path / "migrated").close()
    declared = create_engine(f"sqlite:///{tmp_path / 'declared'}")
    metadata.create_all(declared)
    declared.dispose()
    assert schema(tmp_path / "migrated") == schema(tmp_path / "declared")
    assert len(schema(tmp_path / "migrated")) >= 8


def test_the_program_expects_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_migrations_import_nothing_of_the_project() -> None:
    for file in MIGRATIONS.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        assert "import services" not in source
        assert "from services" not in source
        assert "kiosk" not in source.replace("kiosk_id", "")


def test_every_connection_has_the_durable_settings(tmp_path: Path) -> None:
    file = tmp_path / "q.sqlite"
    engine = open_database(file, busy_ms=1234)
    with (
        transaction(engine, file, read=True) as first,
        transaction(engine, file, read=True) as second,
    ):
        for connection in (first, second):
            pragmas = {
                name: connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in (
                    "journal_mode",
                    "synchronous",
                    "foreign_keys",
                    "secure_delete",
                    "busy_timeout",
                )
            }
            assert list(pragmas.values()) == ["wal", 2, 1, 1, 1234]
    engine.dispose()


def test_a_setting_sqlite_refuses_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="refuses journal_mode = wal"):
        open_database(Path(":memory:"), busy_ms=10)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "q.sqlite"
    file.write_bytes(b"not a database at all\n" * 100)
    with pytest.raises(StorageError, match=r"q\.sqlite: file is not a database"):
        SqliteOutbox(file)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match="var/kiosk: cannot be created: Not a directory"):
        SqliteOutbox(tmp_path / "var" / "kiosk" / "q.sqlite")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "q.sqlite").mkdir()
    with pytest.raises(StorageError, match=r"q\.sqlite: unable to open database file"):
        SqliteOutbox(tmp_path / "q.sqlite")


def test_a_database_somebody_else_keeps_locked_is_named(tmp_path: Path) -> None:
    file = tmp_path / "q.sqlite"
    SqliteOutbox(file).close()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match=r"q\.sqlite: database is locked"):
        SqliteOutbox(file, busy_ms=20)
    other.close()
    SqliteOutbox(file, busy_ms=20).close()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "q.sqlite"
    SqliteOutbox(file).close()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = shutil.copy(file, tmp_path / "before")
    with pytest.raises(StorageError, match="made by another version of the program"):
        SqliteOutbox(file)
    assert file.read_bytes() == Path(before).read_bytes()


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "q.sqlite"
    engine = open_database(file, busy_ms=50)

    def fail_half_way() -> None:
        with transaction(engine, file) as connection:
            connection.execute(text("UPDATE counters SET n = 5"))
            connection.execute(text("SELECT * FROM missing"))

    with pytest.raises(StorageError, match="no such table"):
        fail_half_way()
    with transaction(engine, file, read=True) as connection:
        assert connection.execute(text("SELECT sum(n) FROM counters")).scalar() == 0
    engine.dispose()
