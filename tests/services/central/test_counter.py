"""Records, times and bills, over the server's own interface."""

import threading
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from kiosk import wiring
from kiosk.domain.catalogue.places import directory
from kiosk.domain.counter.booking import BookingState, Slot
from services import wire
from services.central import bookings
from services.central.database import Database, sqlite_url
from services.central.publish import open_editions
from services.central.tables import BookingRow
from tests.services.catalogue.made_up import edition as small
from tests.services.catalogue.made_up import item
from tests.services.central.conftest import NOON, Hall

RECORD, BOOK, PAY = "DEMO-SB-001", "DEMO-GA-034", "DEMO-GY-011"
DIVISION = "340103"


@pytest.fixture(scope="session")
def real():
    return wiring.edition()


@pytest.fixture
def counter(hall: Hall, real) -> Hall:
    """A central server that has published the real catalogue."""
    open_editions(hall.folder).publish(real, date(2026, 9, 1))
    return hall


def query(counter: Hall, path: str, item_id: str, **answers: str):
    return counter.ask(path, item_id=item_id, division=DIVISION, answers=answers)


def slots(counter: Hall) -> dict[str, int]:
    found = counter.ask(wire.SLOTS_PATH, item_id=BOOK, division=DIVISION).json()["slots"]
    return {f"{slot['day']}T{slot['start']}": slot["left"] for slot in found}


def hold(counter: Hall, slot: str, submission: UUID, division: str = DIVISION):
    body = {"item_id": BOOK, "division": division, "slot": slot, "submission": str(submission)}
    return counter.ask(wire.HOLDS_PATH, **body)


def book(counter: Hall, slot: str, id: UUID) -> dict[str, object]:
    return counter.hand_in(
        id=str(id),
        kind="booking",
        item_id=BOOK,
        facts={"slot": slot, "division": DIVISION},
        verdict={},
    )


def test_a_record_is_obviously_made_up_and_can_be_checked(counter: Hall) -> None:
    record = query(
        counter, wire.RECORDS_PATH, RECORD, name="演示人", document="999999190001010015"
    ).json()
    assert record["watermark"] == "演示 · 无效"
    assert "演示" in record["issuer"]
    assert "999999190001010015" not in str(record)
    page = counter.client.get(record["check_path"])
    assert record["title"] in page.text
    assert "演示人" not in page.text


def test_a_paper_that_was_never_issued_is_told(counter: Hall) -> None:
    for code in ("CHK-2222-2222-2", "nonsense"):
        page = counter.client.get(f"/check/{code}")
        assert page.status_code == 404
        assert "没有出具过" in page.text


def test_guessing_check_codes_ends_soon(counter: Hall) -> None:
    answers = [counter.client.get("/check/nonsense").status_code for _ in range(202)]
    assert answers[0] == 404
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("path", "item_id"),
    [
        (wire.RECORDS_PATH, PAY),
        (wire.RECORDS_PATH, "DEMO-XX-999"),
        (wire.BILLS_PATH, RECORD),
        (wire.BILLS_PATH, ""),
    ],
)
def test_what_is_not_offered_is_refused(counter: Hall, path: str, item_id: str) -> None:
    answer = query(counter, path, item_id)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == wire.PROBLEM


def test_without_a_catalogue_nothing_is_offered(hall: Hall) -> None:
    assert query(hall, wire.RECORDS_PATH, RECORD).status_code == 404


def test_a_bill_is_paid_on_a_phone(counter: Hall) -> None:
    bill = query(counter, wire.BILLS_PATH, PAY, name="演示人", account_no="3").json()
    assert bill["amount"] > 0
    assert bill["for_whom"] == "演**"
    assert counter.ask(wire.PAYMENTS_PATH, id=bill["id"]).json() == {"state": "unpaid"}
    page = counter.client.get(bill["path"])
    assert "不会真的扣" in page.text
    assert counter.client.post(bill["path"]).status_code == 200
    assert counter.ask(wire.PAYMENTS_PATH, id=bill["id"]).json() == {"state": "paid"}
    assert "已经付好了" in counter.client.get(bill["path"]).text


def test_a_bill_runs_out_unpaid(counter: Hall) -> None:
    bill = query(counter, wire.BILLS_PATH, PAY).json()
    counter.clock.moment += timedelta(minutes=15)
    counter.client.post(bill["path"])
    assert counter.ask(wire.PAYMENTS_PATH, id=bill["id"]).json() == {"state": "expired"}
    assert "过期" in counter.client.get(bill["path"]).text


def test_an_unknown_bill_is_told(counter: Hall) -> None:
    assert counter.ask(wire.PAYMENTS_PATH, id="x").status_code == 404
    assert counter.client.get("/pay/x").status_code == 404
    assert counter.client.post("/pay/x").status_code == 404


def test_some_owe_nothing(counter: Hall) -> None:
    amounts = [
        query(counter, wire.BILLS_PATH, PAY, account_no=str(n)).json()["amount"] for n in range(60)
    ]
    assert 0 in amounts


def test_times_are_those_of_coming_working_days(counter: Hall, workdays) -> None:
    found = slots(counter)
    days = {date.fromisoformat(slot[:10]) for slot in found}
    assert all(workdays.is_workday(day) and day > NOON.date() for day in days)
    assert set(found.values()) == {bookings.CAPACITY}


def test_a_held_time_is_gone_for_others_until_the_hold_ends(counter: Hall) -> None:
    slot = next(iter(slots(counter)))
    people = [uuid4() for _ in range(bookings.CAPACITY)]
    for person in people:
        assert hold(counter, slot, person).status_code == 200
    assert hold(counter, slot, people[0]).status_code == 200
    assert slots(counter)[slot] == 0
    assert hold(counter, slot, uuid4()).status_code == 409
    counter.clock.moment += bookings.HELD_FOR
    assert slots(counter)[slot] == bookings.CAPACITY


def test_another_time_gives_the_first_one_back(counter: Hall) -> None:
    first, second = list(slots(counter))[:2]
    person = uuid4()
    hold(counter, first, person)
    hold(counter, second, person)
    found = slots(counter)
    assert (found[first], found[second]) == (bookings.CAPACITY, bookings.CAPACITY - 1)


def test_a_time_that_does_not_exist_cannot_be_held(counter: Hall) -> None:
    for slot in ("2026-01-01T09:00", "2026-10-09T12:00", "x"):
        assert hold(counter, slot, uuid4()).status_code == 404
    assert hold(counter, next(iter(slots(counter))), uuid4(), "999999").status_code == 404


def test_a_form_books_the_time_it_holds(counter: Hall) -> None:
    slot, person = next(iter(slots(counter))), uuid4()
    hold(counter, slot, person)
    payload = book(counter, slot, person)
    assert counter.status(payload).json()["booking"] == "booked"
    assert slots(counter)[slot] == bookings.CAPACITY - 1
    detail = counter.clerk(f"/cases/{payload['number']}", method="GET").json()
    assert detail["appointment"]["slot"] == slot
    assert detail["appointment"]["state"] == "booked"


def test_forms_filled_in_offline_are_booked_while_anything_is_left(counter: Hall) -> None:
    slot = next(iter(slots(counter)))
    states = [
        counter.status(book(counter, slot, uuid4())).json()["booking"]
        for _ in range(bookings.CAPACITY + 1)
    ]
    assert states == ["booked"] * bookings.CAPACITY + ["full"]


def test_a_form_for_a_time_that_has_gone_is_registered_and_told(counter: Hall) -> None:
    payload = book(counter, "2026-01-05T09:00", uuid4())
    assert counter.status(payload).json()["booking"] == "full"


@pytest.mark.parametrize(
    ("item_id", "facts"),
    [
        (BOOK, {"slot": "soon", "division": DIVISION}),
        (BOOK, {"slot": "2026-10-09 09:00", "division": DIVISION}),
        (BOOK, {"slot": "2026-10-09T09:00", "division": "000000"}),
        ("DEMO-XX-999", {"slot": "2026-10-09T09:00", "division": DIVISION}),
        (None, {}),
    ],
)
def test_a_form_without_a_sensible_time_or_place_is_registered_all_the_same(
    counter: Hall, item_id: str | None, facts: dict[str, str]
) -> None:
    payload = counter.hand_in(kind="booking", item_id=item_id, facts=facts, verdict={})
    assert counter.status(payload).json()["booking"] == "full"
    assert counter.act(payload, "register").status_code == 200


def test_a_form_that_arrives_before_any_catalogue_is_registered(hall: Hall) -> None:
    payload = book(hall, "2026-10-09T09:00", uuid4())
    assert hall.status(payload).json()["booking"] == "full"


def test_a_form_without_a_sensible_time_gives_back_the_one_it_held(counter: Hall) -> None:
    slot, person = next(iter(slots(counter))), uuid4()
    hold(counter, slot, person)
    book(counter, "soon", person)
    assert slots(counter)[slot] == bookings.CAPACITY


def test_a_hold_that_has_ended_does_not_book_a_time_that_has_gone(counter: Hall) -> None:
    slot, person = next(iter(slots(counter))), uuid4()
    hold(counter, slot, person)
    counter.clock.moment += timedelta(days=30)
    assert counter.status(book(counter, slot, person)).json()["booking"] == "full"


def test_a_held_time_is_booked_after_midnight_too(counter: Hall) -> None:
    slot, person = next(iter(slots(counter))), uuid4()
    counter.clock.moment = counter.clock.moment.replace(hour=23, minute=50)
    hold(counter, slot, person)
    counter.clock.moment += timedelta(minutes=12)
    assert slot not in slots(counter)
    assert counter.status(book(counter, slot, person)).json()["booking"] == "booked"


def test_the_hall_is_the_one_of_the_day_of_the_appointment(counter: Hall, real) -> None:
    slot = list(slots(counter))[-1]
    old = real.directory.halls[DIVISION][0]
    moves = date.fromisoformat(slot[:10])
    new = replace(old, id="H-NEW", name="演示新大厅", opens="10:00", since=moves, until=None)
    before = slots(counter)
    halls = [replace(old, until=moves - timedelta(days=1)), new]
    places = directory(halls, (), real.directory.contacts)
    open_editions(counter.folder).publish(replace(real, directory=places), NOON.date())
    closed = {f"{moves}T09:00", f"{moves}T09:30"}
    assert slots(counter).keys() == before.keys() - closed
    assert hold(counter, min(closed), uuid4()).status_code == 404
    payload = book(counter, slot, uuid4())
    detail = counter.clerk(f"/cases/{payload['number']}", method="GET").json()
    assert detail["appointment"] == {"slot": slot, "hall": "演示新大厅", "state": "booked"}


def test_a_full_time_is_never_given_twice_to_people_who_ask_at_once(counter: Hall) -> None:
    slot = next(iter(slots(counter)))
    book(counter, "soon", uuid4())  # the kiosk is enrolled before the race
    together, given = threading.Barrier(8), []

    def at_the_kiosk() -> None:
        together.wait()
        given.append(hold(counter, slot, uuid4()).status_code == 200)

    def from_offline() -> None:
        payload = counter.kiosk.payload(
            kind="booking",
            item_id=BOOK,
            facts={"slot": slot, "division": DIVISION},
            verdict={},
        )
        item = counter.kiosk.item(payload)
        together.wait()
        assert counter.send(item)[0]["outcome"] == "accepted"
        given.append(counter.status(payload).json()["booking"] == "booked")

    threads = [threading.Thread(target=ask) for ask in (at_the_kiosk, from_offline) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [False] * 5 + [True] * bookings.CAPACITY


def test_refusals_say_why_in_a_word(counter: Hall) -> None:
    slot = next(iter(slots(counter)))
    for _ in range(bookings.CAPACITY):
        hold(counter, slot, uuid4())
    assert hold(counter, slot, uuid4()).json()["detail"] == "full"
    assert counter.ask(wire.PAYMENTS_PATH, id="x").json()["detail"] == "no such bill"


def test_nothing_that_was_asked_is_kept(counter: Hall) -> None:
    said = {"name": "金丝雀", "document": "999999190001010015", "account_no": "77777777777"}
    query(counter, wire.RECORDS_PATH, RECORD, **said)
    query(counter, wire.BILLS_PATH, PAY, **said)
    kept = b"".join(file.read_bytes() for file in counter.folder.glob("central.db*"))
    assert not [word for word in said.values() if word.encode() in kept]


class Appointments(RuleBasedStateMachine):
    """Whatever people do, a time is never given to more than can come, and who holds one has it."""

    HALL = small().directory.halls["340000"][0]
    ITEM = item(5, "演示预约")
    SLOTS = (Slot(date(2026, 11, 26), time(9)), Slot(date(2026, 11, 26), time(9, 30)))
    PEOPLE = st.integers(1, 6).map(str)
    TIMES = st.sampled_from(SLOTS).map(lambda slot: slot.id)

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.database = Database(sqlite_url(Path(self.folder.name) / "central.db"))
        self.now = NOON
        self.held: dict[str, tuple[str, datetime]] = {}
        self.booked: dict[str, str] = {}
        self.refused: set[str] = set()

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def holding(self) -> dict[str, str]:
        return {who: slot for who, (slot, until) in self.held.items() if until > self.now}

    def left(self, slot: str) -> int:
        return bookings.CAPACITY - [*self.holding().values(), *self.booked.values()].count(slot)

    @rule(person=PEOPLE, slot=TIMES)
    def holds(self, person: str, slot: str) -> None:
        is_done = person in self.booked or person in self.refused
        free = self.left(slot) > 0 or self.holding().get(person) == slot
        with self.database.write() as session:
            until = bookings.hold(session, person, self.HALL, self.ITEM, slot, self.now)
        assert (until is not None) == (free and not is_done)
        if until is not None:
            self.held[person] = slot, until

    @rule(person=PEOPLE, slot=TIMES, is_open=st.booleans())
    def hands_in(self, person: str, slot: str, is_open: bool) -> None:
        if person in self.booked or person in self.refused:
            return  # the same form again is answered with its first receipt
        held = self.holding().get(person) == slot
        expected = held or (is_open and self.left(slot) > 0)
        with self.database.write() as session:
            state = bookings.confirm(
                session, person, self.HALL, self.ITEM, slot, self.now, is_open=is_open
            )
        assert (state is BookingState.BOOKED) == expected
        self.held.pop(person, None)
        if expected:
            self.booked[person] = slot
        else:
            self.refused.add(person)

    @rule(person=PEOPLE, slot=st.just("") | TIMES)
    def hands_in_nonsense(self, person: str, slot: str) -> None:
        if person in self.booked or person in self.refused:
            return
        with self.database.write() as session:
            bookings.refuse(session, person, slot)
        self.held.pop(person, None)
        self.refused.add(person)

    @rule(minutes=st.integers(1, 20))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def nobody_comes_in_vain(self) -> None:
        with self.database.read() as session:
            rows = session.scalars(select(BookingRow)).all()
            halls = dict.fromkeys(self.SLOTS, self.HALL)
            left = bookings.left(session, halls, self.ITEM, self.now)
        live = [r.slot for r in rows if r.held_until is not None and r.held_until > self.now]
        taken = [r.slot for r in rows if r.state == BookingState.BOOKED] + live
        assert all(taken.count(slot.id) <= bookings.CAPACITY for slot in self.SLOTS)
        assert left == {slot: self.left(slot.id) for slot in self.SLOTS}


Appointments.TestCase.settings = settings(max_examples=30, stateful_step_count=25)
TestAppointments = Appointments.TestCase
