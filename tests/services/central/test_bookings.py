"""However many processes give places away from one database, none is given twice."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.counter.booking import BookingState
from services.central import bookings
from services.central.database import Database, sqlite_url
from services.central.tables import BookingRow
from tests.services.catalogue.made_up import edition, item
from tests.services.central.conftest import NOON

ROOT = Path(__file__).parents[3]
HALL, ITEM, SLOT = edition().directory.halls["340000"][0], item(5, "演示预约"), "2026-11-26T09:00"
PROCESSES, FORMS = 2, 30
PROGRAM = """
import sys
from pathlib import Path
from kiosk.domain.counter.booking import BookingState
from services.central import bookings
from services.central.database import Database, sqlite_url
from tests.services.central.test_bookings import FORMS, HALL, ITEM, NOON, SLOT

file, name, how = sys.argv[1:]
database = Database(sqlite_url(Path(file)))
print("ready", flush=True)
sys.stdin.readline()
given = 0
for number in range(FORMS):
    form = f"{name}-{number}"
    with database.write() as session:
        if how == "hold" or (how == "both" and number % 2):
            given += bookings.hold(session, form, HALL, ITEM, SLOT, NOON) is not None
        else:
            state = bookings.confirm(session, form, HALL, ITEM, SLOT, NOON, is_open=True)
            given += state is BookingState.BOOKED
database.close()
print(given, flush=True)
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path / "central.db"))
    yield opened
    opened.close()


def contend(file: Path, how: str) -> list[int]:
    """Let processes, all at the same moment, ask for one slot again and again; how many places
    each was given."""
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", PROGRAM, str(file), f"form-{number}", how],
                    cwd=ROOT,
                    env=os.environ | {"PYTHONPATH": str(ROOT)},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for number in range(PROCESSES)
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        return [int(process.communicate(timeout=120)[0]) for process in processes]


@pytest.mark.parametrize("taken", [0, bookings.CAPACITY - 1])
@pytest.mark.parametrize("how", ["hold", "book", "both"])
def test_the_last_places_of_a_time_go_to_as_many_as_can_come(
    database: Database, tmp_path: Path, how: str, taken: int
) -> None:
    for number in range(taken):
        with database.write() as session:
            bookings.confirm(session, f"early-{number}", HALL, ITEM, SLOT, NOON, is_open=True)
    given = contend(tmp_path / "central.db", how)
    assert sum(given) == bookings.CAPACITY - taken
    with database.read() as session:
        states = [row.state for row in session.scalars(select(BookingRow))]
    placed = states.count(bookings.HELD) + states.count(BookingState.BOOKED)
    assert placed == bookings.CAPACITY
