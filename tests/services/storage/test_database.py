import re
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from kiosk.domain.submission.model import State
from kiosk.errors import StorageDamaged, StorageError
from services.storage.database import MIGRATIONS, REVISION, open_database, transaction
from services.storage.outbox import SqliteOutbox
from services.storage.tables import metadata

QUERY = """SELECT type, name, sql FROM sqlite_master
WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite_autoindex_alembic%' ORDER BY name"""
CHECKS = re.compile(r"CONSTRAINT (\w+) CHECK \((.+)\)")


def schema(file: Path) -> dict[tuple[str, str], object]:
    """Tables by their columns, keys and checks (a column added later stands elsewhere in the text
    than one declared); indexes and triggers by their text."""
    connection = sqlite3.connect(file)
    found: dict[tuple[str, str], object] = {}
    for kind, name, sql in connection.execute(QUERY).fetchall():
        if kind == "table":
            columns = connection.execute(f"PRAGMA table_xinfo({name})").fetchall()
            keys = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            by_name = sorted(column[1:] for column in columns)
            found[kind, name] = by_name, keys, sorted(CHECKS.findall(sql)), sql.count("CHECK")
        else:
            found[kind, name] = sql
    connection.close()
    return found


def test_the_migrated_schema_is_the_one_the_tables_declare(tmp_path: Path) -> None:
    SqliteOutbox(tmp_path / "migrated").close()
    declared = create_engine(f"sqlite:///{tmp_path / 'declared'}")
    metadata.create_all(declared)
    declared.dispose()
    assert schema(tmp_path / "migrated") == schema(tmp_path / "declared")
    assert len(schema(tmp_path / "migrated")) >= 9


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_a_queue_of_every_earlier_version_goes_on_with_all_that_is_in_it(
    tmp_path: Path, version: str
) -> None:
    file = tmp_path / "q.sqlite"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO outbox (id, kind, state, created_at, kiosk_id, key_id, suite, sha256,"
                " signature, receipt_hash, next_at, envelope) VALUES (:id, :kind, 'sealed', 1, 'k',"
                " 'k1', 's', zeroblob(32), zeroblob(64), zeroblob(32), 0, x'aa')"
            ),
            [
                {"id": f"{n:032x}", "kind": kind}
                for n, kind in enumerate(("attachment", "application", "complaint"))
            ],
        )
        command.upgrade(config, version)
    engine.dispose()
    outbox = SqliteOutbox(file)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    taken = outbox.lease(now, 100, 1 << 20, timedelta(minutes=1))
    assert [one.sealed.kind for one in taken] == ["complaint", "application", "attachment"]
    assert outbox.status().counts[State.LEASED] == 3
    outbox.close()


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
    with pytest.raises(StorageDamaged, match=r"q\.sqlite: file is not a database"):
        open_database(file, busy_ms=10)


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
