from datetime import date, time, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.places import Hall, directory
from kiosk.domain.counter.booking import DAYS_AHEAD, SLOT, bookable_days, open_slots, slots_of
from kiosk.domain.questions.answers import problem
from kiosk.domain.questions.model import Kind, Question
from services.content.calendar import load_workdays

WORKDAYS = load_workdays(Path(__file__).parents[4] / "resources" / "calendar")
DAY = date(2026, 11, 26)


def test_a_day_is_cut_into_half_hours_without_the_hour_of_noon() -> None:
    slots = slots_of(DAY, time(9), time(17))
    assert [f"{slot.start:%H:%M}" for slot in slots][:2] == ["09:00", "09:30"]
    assert not any(slot.start.hour == 12 for slot in slots)
    assert slots[-1].start == time(16, 30)
    assert slots[0].id == "2026-11-26T09:00"


@given(st.times(), st.times())
def test_every_slot_lies_within_the_hours(opens: time, closes: time) -> None:
    opens, closes = opens.replace(tzinfo=None), closes.replace(tzinfo=None)
    for slot in slots_of(DAY, opens, closes):
        assert opens <= slot.start
        assert slot.start.hour >= 13 or slot.start <= time(11, 30)
        assert (slot.start.hour * 60 + slot.start.minute) + SLOT / timedelta(minutes=1) <= (
            closes.hour * 60 + closes.minute + 1
        )


@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)))
def test_only_coming_working_days_can_be_booked(today: date) -> None:
    days = bookable_days(WORKDAYS, today)
    assert len(days) == DAYS_AHEAD
    assert list(days) == sorted(set(days))
    assert all(day > today and WORKDAYS.is_workday(day) for day in days)


@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)))
def test_every_slot_of_a_day_to_come_can_be_answered_with(today: date) -> None:
    asked = Question("slot", Kind.SLOT)
    days = bookable_days(WORKDAYS, today, 2)
    slots = [slot for day in days for slot in slots_of(day, time(9), time(17))]
    assert len({slot.id for slot in slots}) == len(slots)
    assert [slot.id for slot in slots] == sorted(slot.id for slot in slots)
    assert all(problem(asked, slot.id, today) == "" for slot in slots)


def test_a_hall_that_is_open_for_less_than_half_an_hour_has_no_slot() -> None:
    assert slots_of(DAY, time(9), time(9, 29)) == ()
    assert len(slots_of(DAY, time(9), time(9, 30))) == 1
    assert slots_of(DAY, time(17), time(9)) == ()


def test_holidays_are_passed_over() -> None:
    before_national_day = date(2026, 9, 30)
    assert bookable_days(WORKDAYS, before_national_day, 1)[0] > date(2026, 10, 6)


def hall(name: str, opens: str, since: date, until: date | None = None) -> Hall:
    return Hall(name, name, "340103", "演示路", opens, "17:00", since, until)


def test_each_day_has_the_hours_of_the_hall_that_the_division_has_then() -> None:
    moves, tomorrow = DAY + timedelta(days=1), DAY + timedelta(days=2)
    halls = (hall("old", "09:00", date(2026, 1, 1), DAY), hall("new", "10:15", moves))
    slots = open_slots(directory(halls, (), {}), "340103", [DAY, moves, tomorrow])
    first = {day: next(slot for slot in slots if slot.day == day) for day in (DAY, moves, tomorrow)}
    assert [slot.start for slot in first.values()] == [time(9), time(10, 15), time(10, 15)]
    assert [slots[slot].name for slot in first.values()] == ["old", "new", "new"]
    assert time(11, 45) not in {slot.start for slot in slots}


def test_a_day_without_a_hall_cannot_be_booked() -> None:
    halls = (hall("old", "09:00", date(2026, 1, 1), DAY),)
    slots = open_slots(directory(halls, (), {}), "340103", [DAY, DAY + timedelta(days=1)])
    assert {slot.day for slot in slots} == {DAY}
    assert open_slots(directory(halls, (), {}), "340104", [DAY]) == {}
