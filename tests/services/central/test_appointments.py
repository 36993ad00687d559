"""An appointment on the tracking page: how it stands, when, and where."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk import wiring
from kiosk.domain.catalogue.places import directory
from kiosk.domain.counter.booking import BookingState
from services.central import bookings
from services.central.database import Database, sqlite_url
from services.central.publish import open_editions
from services.central.tables import BookingRow
from tests.services.central.conftest import Hall

BOOK, DIVISION, SLOT = "DEMO-GA-034", "340103", "2026-10-09T09:00"
BOOKED, FULL = "时间约好了，请按时来。", "这个时间约满了，请另约一个时间"


@pytest.fixture
def centre(hall: Hall) -> Hall:
    """A central server that has published the real catalogue."""
    open_editions(hall.folder).publish(wiring.edition(), date(2026, 9, 1))
    return hall


def book(centre: Hall, slot: str = SLOT) -> dict[str, Any]:
    return centre.hand_in(
        kind="booking", item_id=BOOK, facts={"slot": slot, "division": DIVISION}, verdict={}
    )


def page(centre: Hall, payload: dict[str, Any]) -> str:
    form = {"number": payload["number"], "code": payload["code"]}
    answer = centre.client.post("/track", data=form)
    assert answer.status_code == 200
    return answer.text


def test_a_booked_appointment_says_when_and_where(centre: Hall) -> None:
    text = page(centre, book(centre))
    hall = wiring.edition().directory.hall(DIVISION, date(2026, 10, 9))
    assert hall is not None
    for said in (BOOKED, "约好的时间", "2026-10-09 09:00", hall.name, hall.address):
        assert said in text
    assert FULL not in text


def test_a_full_time_asks_for_another_one(centre: Hall) -> None:
    for _ in range(bookings.CAPACITY):
        book(centre)
    text = page(centre, book(centre))
    for said in (FULL, "Please book another", "想约的时间", "2026-10-09 09:00"):
        assert said in text
    assert BOOKED not in text


def test_a_time_that_is_none_asks_for_another_one_and_names_none(centre: Hall) -> None:
    text = page(centre, book(centre, "soon"))
    assert FULL in text
    for unsaid in ("想约的时间", "大厅", "地址", "soon"):
        assert unsaid not in text


def test_a_form_for_an_appointment_without_a_booking_shows_nothing_wrong(centre: Hall) -> None:
    payload = book(centre)
    database = Database(sqlite_url(centre.database))
    with database.write() as session:
        session.delete(session.get_one(BookingRow, payload["id"]))
    database.close()
    text = page(centre, payload)
    for unsaid in (BOOKED, FULL, "的时间", "大厅"):
        assert unsaid not in text


def test_other_cases_say_nothing_of_appointments(centre: Hall) -> None:
    text = page(centre, centre.hand_in())
    for unsaid in (BOOKED, FULL, "的时间", "大厅"):
        assert unsaid not in text


def test_the_hall_is_described_as_it_is_on_that_day(centre: Hall) -> None:
    payload, real = book(centre), wiring.edition()
    (old,) = real.directory.halls[DIVISION]
    moved = (
        replace(old, address="演示旧址", until=date(2026, 10, 8)),
        replace(old, address="演示新址", since=date(2026, 10, 9)),
        replace(old, address="演示后来的地址", since=date(2026, 10, 10)),
    )
    places = directory(moved, (), real.directory.contacts)
    open_editions(centre.folder).publish(replace(real, directory=places), date(2026, 9, 2))
    text = page(centre, payload)
    assert "演示新址" in text
    assert "演示旧址" not in text
    assert "演示后来的地址" not in text


def test_a_hall_the_catalogue_has_lost_leaves_the_time(centre: Hall) -> None:
    payload, real = book(centre), wiring.edition()
    places = directory((), (), real.directory.contacts)
    open_editions(centre.folder).publish(replace(real, directory=places), date(2026, 9, 2))
    text = page(centre, payload)
    assert "2026-10-09 09:00" in text
    assert "大厅" not in text
    detail = centre.clerk(f"/cases/{payload['number']}", method="GET").json()
    assert detail["appointment"]["hall"] == real.directory.halls[DIVISION][0].id


def test_whoever_does_not_know_the_query_code_learns_of_no_appointment(centre: Hall) -> None:
    payload = book(centre)
    answer = centre.client.post("/track", data={"number": payload["number"], "code": "000000"})
    assert answer.status_code == 404
    assert SLOT[:10] not in answer.text


@pytest.mark.parametrize("state", BookingState)
def test_every_state_can_be_shown(centre: Hall, state: BookingState) -> None:
    payload = book(centre)
    database = Database(sqlite_url(centre.database))
    with database.write() as session:
        session.get_one(BookingRow, payload["id"]).state = state
    database.close()
    assert "2026-10-09 09:00" in page(centre, payload)
