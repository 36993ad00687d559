import sqlite3
from datetime import datetime

import pytest

from services.central.database import Database, sqlite_url
from services.central.eventlog import Check, verify
from services.central.feedback import ZONE

NOON = datetime(2026, 9, 30, 12, 0, tzinfo=ZONE)


def check(hall) -> Check:
    database = Database(sqlite_url(hall.database))
    with database.read() as session:
        found = verify(session)
    database.close()
    return found


def tamper(hall, sql: str) -> None:
    """What somebody with the file in hand can do: remove the guards, then change the log."""
    connection = sqlite3.connect(hall.database)
    connection.execute("DROP TRIGGER event_no_update")
    connection.execute("DROP TRIGGER event_no_delete")
    connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.fixture
def full(hall):
    hall.close(hall.hand_in(), NOON)
    hall.hand_in()
    return hall


def test_an_untouched_log_verifies(full):
    assert check(full) == Check(events=5, broken_at=0)


def test_an_empty_log_verifies(hall):
    assert check(hall) == Check(events=0, broken_at=0)


@pytest.mark.parametrize(
    ("sql", "broken_at"),
    [
        ("UPDATE event SET detail = x'00' WHERE seq = 4", 4),
        ("UPDATE event SET at = '2026-09-28 04:00:00.000000' WHERE seq = 1", 1),
        ("UPDATE event SET actor = 'nobody' WHERE seq = 3", 3),
        ("UPDATE event SET hash = zeroblob(32) WHERE seq = 2", 2),
        ("DELETE FROM event WHERE seq = 3", 4),
        ("DELETE FROM event WHERE seq = 5", 5),
        ("DELETE FROM event", 1),
        ("DELETE FROM chain_head", 6),
    ],
)
def test_a_changed_log_does_not_verify(full, sql, broken_at):
    tamper(full, sql)
    assert check(full).broken_at == broken_at


def test_the_clerk_can_have_the_log_verified(full):
    assert full.clerk("/log", method="GET").json() == {"events": 5, "broken_at": 0}
