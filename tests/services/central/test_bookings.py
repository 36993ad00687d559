"""However many processes give places away from one database, none is given twice."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
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
HALL, ITEM = edition().directory.halls["340000"][0], item(5, "演示预约")
SLOTS = [f"{NOON + timedelta(days=day):%Y-%m-%dT%H:%M}" for day in range(1, 31)]
PROCESSES = 2
PROGRAM = """
import sys
from pathlib import Path
from uuid import uuid4
from kiosk.domain.counter.booking import BookingState
from services.central import bookings
from services.central.database import Database, sqlite_url
from tests.services.central.test_bookings import HALL, ITEM, NOON

file, how = sys.argv[1:]
database = Database(sqlite_url(Path(file)))
print("ready", flush=True)
for line in sys.stdin:
    slot, given = line.strip(), 0
    for number in range(bookings.CAPACITY):
        form = str(uuid4())
        with database.write() as session:
            if how == "hold" or (how == "both" and number % 2):
                given += bookings.hold(session, form, HALL, ITEM, slot, NOON) is not None
            else:
                state = bookings.confirm(session, form, HALL, ITEM, slot, NOON, is_open=True)
                given += state is BookingState.BOOKED
    print(given, flush=True)
database.close()
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path / "central.db"))
    yield opened
    opened.close()


class Contender:
    """A process that, told a slot, asks for a place again and again."""

    def __init__(self, stack: ExitStack, file: Path, how: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(file), how],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        stack.enter_context(process)
        assert process.stdin is not None
        assert process.stdout is not None
        self._to, self._from = process.stdin, process.stdout

    def listen(self) -> str:
        return self._from.readline().strip()

    def tell(self, slot: str) -> None:
        self._to.write(f"{slot}\n")
        self._to.flush()


@pytest.mark.parametrize("taken", [0, bookings.CAPACITY - 1])
@pytest.mark.parametrize("how", ["hold", "book", "both"])
def test_the_last_places_of_a_time_go_to_as_many_as_can_come(
    database: Database, tmp_path: Path, how: str, taken: int
) -> None:
    with ExitStack() as stack:
        file = tmp_path / "central.db"
        contenders = [Contender(stack, file, how) for _ in range(PROCESSES)]
        assert [each.listen() for each in contenders] == ["ready"] * PROCESSES
        for slot in SLOTS:
            with database.write() as session:
                for early in range(taken):
                    form = f"early {early} {slot}"
                    bookings.confirm(session, form, HALL, ITEM, slot, NOON, is_open=True)
            for each in contenders:
                each.tell(slot)
            given = [int(each.listen()) for each in contenders]
            assert sum(given) == bookings.CAPACITY - taken
    with database.read() as session:
        rows = session.scalars(select(BookingRow)).all()
    placed = [row.slot for row in rows if row.state in (bookings.HELD, BookingState.BOOKED)]
    assert sorted(placed) == sorted(SLOTS * bookings.CAPACITY)
