import sqlite3
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from kiosk.errors import StorageError
from services.central.database import MIGRATIONS, Database, sqlite_url
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


FIRST_ROWS = (
    "INSERT INTO kiosk VALUES ('demo-kiosk-1', x'00', '2026-01-01 00:00:00')",
    "INSERT INTO submission VALUES "
    "('s', 'demo-kiosk-1', x'01', '2026-01-01 00:00:00', 'key', x'02')",
    "INSERT INTO \"case\" VALUES ('s', 'BBC-7K4M-92QX-5', 'hash', 'complaint', x'03', x'04', "
    "'2026-01-01 00:00:00', 'received', x'05', x'06', NULL, NULL, NULL)",
    "INSERT INTO event VALUES "
    "(1, 's', 'received', '2026-01-01 00:00:00', 'kiosk:demo-kiosk-1', x'07', x'08', x'09')",
    "INSERT INTO audit VALUES (1, '2026-01-01 00:00:00', 'clerk', 'viewed', 's')",
)
FIRST_TABLES = ("kiosk", "submission", "case", "event", "chain_head", "audit")
COUNTER_TABLES = {"booking", "bill", "paper", "attachment"}


def move(file, step, version):
    """Bring the schema up or down (`step`: Alembic's command) to a version."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    engine = create_engine(sqlite_url(file))
    with engine.begin() as config.attributes["connection"]:
        step(config, version)
    engine.dispose()


LATER_COLUMNS = {
    "rating",
    "follow_up_since",
    "enquiry",
    "upgraded_at",
    "revoked_at",
    "captured_at",
}


def first_rows(file):
    """The rows of the first version's tables, in the columns it had."""
    found = []
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        for table in FIRST_TABLES:
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            found.append([{k: row[k] for k in set(row.keys()) - LATER_COLUMNS} for row in rows])
    return found


@pytest.fixture
def first(file):
    """A database of version 0001 with a row in every table."""
    move(file, command.upgrade, "0001")
    with closing(sqlite3.connect(file)) as connection:
        for row in FIRST_ROWS:
            connection.execute(row)
        connection.commit()
    return file


def test_a_database_of_the_first_version_keeps_its_rows(first):
    before = first_rows(first)
    assert all(before)
    database = Database(sqlite_url(first))
    assert first_rows(first) == before
    with database.read() as session:
        assert session.scalar(text('SELECT number FROM "case"')) == "BBC-7K4M-92QX-5"
        assert set(inspect(session.connection()).get_table_names()) >= COUNTER_TABLES
    with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
        session.execute(text("DELETE FROM event"))
    database.close()


def test_the_second_version_can_be_taken_back(first):
    before = first_rows(first)
    Database(sqlite_url(first)).close()
    move(first, command.downgrade, "0001")
    assert first_rows(first) == before
    with closing(sqlite3.connect(first)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert not COUNTER_TABLES & tables


def picture(id, number="n"):
    """A picture as every version knows it."""
    return (
        "INSERT INTO attachment (id, number, page, paper, content) "
        f"VALUES ('{id}', '{number}', 1, x'00', x'01')"
    )


@pytest.mark.parametrize(("number", "case"), [("BBC-7K4M-92QX-5", "s"), ("BBC-2222-2222-2", None)])
def test_pictures_of_the_second_version_stay_with_the_form_that_is_here(first, number, case):
    move(first, command.upgrade, "0002")
    with closing(sqlite3.connect(first)) as connection:
        connection.execute(picture("s", number))
        connection.commit()
    move(first, command.upgrade, "0003")
    with closing(sqlite3.connect(first)) as connection:
        found = connection.execute("SELECT number, case_id, code_hash, content FROM attachment")
        assert found.fetchall() == [(number, case, None, b"\1")]


def test_pictures_are_kept_when_the_third_version_is_taken_back(first):
    Database(sqlite_url(first)).close()
    with closing(sqlite3.connect(first)) as connection:
        connection.execute(picture("s"))
        connection.commit()
    move(first, command.downgrade, "0002")
    with closing(sqlite3.connect(first)) as connection:
        found = connection.execute("SELECT * FROM attachment").fetchall()
    assert found == [("s", "n", 1, b"\0", b"\1")]


def later_rows(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute('SELECT state, rating, follow_up_since FROM "case"').fetchall()


@pytest.mark.parametrize("version", ["0001", "0002", "0003"])
def test_cases_of_earlier_versions_have_no_rating_and_need_no_follow_up(first, version):
    move(first, command.upgrade, version)
    before = first_rows(first)
    move(first, command.upgrade, "0004")
    assert first_rows(first) == before
    assert later_rows(first) == [("received", None, None)]


@pytest.mark.parametrize(
    ("state", "before"),
    [("reopened", "registered"), ("withdrawn", "answered"), ("dispatched", "dispatched")],
)
def test_states_the_third_version_does_not_know_become_ones_it_knows(first, state, before):
    Database(sqlite_url(first)).close()
    with closing(sqlite3.connect(first)) as connection:
        connection.execute(f"UPDATE \"case\" SET state = '{state}', rating = 1")
        connection.execute(
            "INSERT INTO wish VALUES "
            "('s', 'n', 'hash', 'addition', '2026-01-01 00:00:00', NULL, x'00')"
        )
        connection.commit()
    move(first, command.downgrade, "0003")
    (case,) = first_rows(first)[2]
    assert (case["state"], case["number"]) == (before, "BBC-7K4M-92QX-5")
    with closing(sqlite3.connect(first)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert "wish" not in tables
    move(first, command.upgrade, "head")
    assert later_rows(first) == [(before, None, None)]


def test_cases_and_pictures_of_the_fourth_version_are_no_enquiries_and_the_forms(first):
    move(first, command.upgrade, "0004")
    before = first_rows(first)
    with closing(sqlite3.connect(first)) as connection:
        connection.execute(picture("s"))
        connection.commit()
    Database(sqlite_url(first)).close()
    assert first_rows(first) == before
    with closing(sqlite3.connect(first)) as connection:
        found = connection.execute('SELECT enquiry, upgraded_at FROM "case"').fetchall()
        assert found == [(0, None)]
        assert connection.execute("SELECT belongs_to FROM attachment").fetchall() == [(None,)]


def test_upgrades_the_fourth_version_does_not_know_wait_no_longer_when_it_is_back(first):
    Database(sqlite_url(first)).close()
    before = first_rows(first)
    with closing(sqlite3.connect(first)) as connection:
        connection.execute('UPDATE "case" SET enquiry = 1')
        connection.execute(picture("s"))
        connection.execute(
            "INSERT INTO wish VALUES "
            "('s', 'n', 'hash', 'upgrade', '2026-01-01 00:00:00', NULL, x'00')"
        )
        connection.commit()
    move(first, command.downgrade, "0004")
    assert first_rows(first) == before
    with closing(sqlite3.connect(first)) as connection:
        assert connection.execute("SELECT count(*) FROM wish").fetchall() == [(0,)]
        assert connection.execute("SELECT count(*) FROM attachment").fetchall() == [(1,)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("version", ["0001", "0002", "0003", "0004", "0005"])
def test_kiosks_of_earlier_versions_stay_enrolled(first, version):
    move(first, command.upgrade, version)
    before = first_rows(first)
    Database(sqlite_url(first)).close()
    assert first_rows(first) == before
    with closing(sqlite3.connect(first)) as connection:
        found = connection.execute("SELECT id, verify_key, revoked_at FROM kiosk").fetchall()
    assert found == [("demo-kiosk-1", b"\0", None)]


@pytest.mark.parametrize("revoked", [True, False])
def test_a_revoked_kiosk_does_not_come_back_with_the_fifth_version(first, revoked):
    Database(sqlite_url(first)).close()
    with closing(sqlite3.connect(first)) as connection:
        if revoked:
            connection.execute("UPDATE kiosk SET revoked_at = '2026-01-02 00:00:00'")
        connection.execute("INSERT INTO nonce VALUES ('demo-kiosk-1', 'n', '2026-01-01 00:00:00')")
        connection.execute(
            "INSERT INTO enrolment VALUES (x'00', 'demo-kiosk-1', '2026-01-02 00:00:00', NULL)"
        )
        connection.commit()
    move(first, command.downgrade, "0005")
    with closing(sqlite3.connect(first)) as connection:
        ((key, *rest),) = connection.execute("SELECT verify_key, id FROM kiosk").fetchall()
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert (key != b"\0", rest) == (revoked, ["demo-kiosk-1"])


@pytest.mark.parametrize("version", ["0001", "0002", "0003", "0004", "0005", "0006", "0007"])
def test_of_cases_of_earlier_versions_it_is_not_known_how_their_clocks_went(first, version):
    move(first, command.upgrade, version)
    before = first_rows(first)
    move(first, command.upgrade, "0008")
    assert first_rows(first) == before
    with closing(sqlite3.connect(first)) as connection:
        assert connection.execute('SELECT captured_at FROM "case"').fetchall() == [(None,)]


def test_the_eighth_version_can_be_taken_back_with_what_was_handed_in(first):
    Database(sqlite_url(first)).close()
    before = first_rows(first)
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("UPDATE \"case\" SET captured_at = '2026-01-01 00:00:00'")
        connection.commit()
    move(first, command.downgrade, "0007")
    assert first_rows(first) == before
    with closing(sqlite3.connect(first)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def tables(file):
    with closing(sqlite3.connect(file)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


@pytest.mark.parametrize("version", [f"000{number}" for number in range(1, 9)])
def test_no_answers_are_known_of_earlier_versions(first, version):
    move(first, command.upgrade, version)
    before = first_rows(first)
    move(first, command.upgrade, "0009")
    assert first_rows(first) == before
    with closing(sqlite3.connect(first)) as connection:
        assert connection.execute("SELECT count(*) FROM answered").fetchall() == [(0,)]


def test_the_ninth_version_can_be_taken_back_with_answers_in_it(first):
    Database(sqlite_url(first)).close()
    before = first_rows(first)
    with closing(sqlite3.connect(first)) as connection:
        connection.execute(
            "INSERT INTO answered VALUES ('demo-kiosk-1', 'k', x'00', x'01', '2026-01-01 00:00:00')"
        )
        connection.commit()
    move(first, command.downgrade, "0008")
    assert first_rows(first) == before
    assert "answered" not in tables(first)


@pytest.mark.parametrize("version", [f"{number:04}" for number in range(1, 10)])
def test_nothing_was_uploaded_to_earlier_versions(first, version):
    move(first, command.upgrade, version)
    before = first_rows(first)
    move(first, command.upgrade, "0010")
    assert first_rows(first) == before
    with closing(sqlite3.connect(first)) as connection:
        for table in ("upload", "part"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchall() == [(0,)]


def test_the_tenth_version_can_be_taken_back_with_uploads_in_it(first):
    Database(sqlite_url(first)).close()
    before = first_rows(first)
    with closing(sqlite3.connect(first)) as connection:
        connection.execute(
            "INSERT INTO upload VALUES ('demo-kiosk-1', x'00', 2, 1, '2026-01-01 00:00:00', NULL)"
        )
        connection.execute("INSERT INTO part VALUES ('demo-kiosk-1', x'00', 0, x'01')")
        connection.commit()
    move(first, command.downgrade, "0009")
    assert first_rows(first) == before
    assert not {"upload", "part"} & tables(first)


def test_a_picture_belongs_to_a_submission(file):
    database = Database(sqlite_url(file))
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text(picture("none")))
    database.close()


def test_opening_again_changes_nothing(file):
    Database(sqlite_url(file)).close()
    Database(sqlite_url(file)).close()


def test_a_transaction_that_fails_leaves_nothing(file):
    database = Database(sqlite_url(file))

    def half() -> None:
        with database.write() as session:
            session.execute(
                text(
                    "INSERT INTO kiosk (id, verify_key, enrolled_at) "
                    "VALUES ('demo-kiosk-1', x'00', '2026-01-01 00:00:00')"
                )
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
