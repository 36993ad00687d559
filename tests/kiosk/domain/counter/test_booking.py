from datetime import date, time, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.counter.booking import DAYS_AHEAD, SLOT, bookable_days, slots_of
from kiosk.domain.counter.payment import yuan
from services.content.calendar import load_workdays

WORKDAYS = load_workdays(Path(__file__).parents[4] / "resources" / "calendar")
DAY = date(2026, 11, 26)


def test_a_day_is_cut_into_half_hours_without_the_hour_of_noon() -> None:
    slots = slots_of([DAY], time(9), time(17))
    assert [f"{slot.start:%H:%M}" for slot in slots][:2] == ["09:00", "09:30"]
    assert not any(slot.start.hour == 12 for slot in slots)
    assert slots[-1].start == time(16, 30)
    assert slots[0].id == "2026-11-26T09:00"


@given(st.times(), st.times())
def test_every_slot_lies_within_the_hours(opens: time, closes: time) -> None:
    opens, closes = opens.replace(tzinfo=None), closes.replace(tzinfo=None)
    for slot in slots_of([DAY], opens, closes):
        assert opens <= slot.start
        assert (slot.start.hour * 60 + slot.start.minute) + SLOT / timedelta(minutes=1) <= (
            closes.hour * 60 + closes.minute + 1
        )


@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)))
def test_only_coming_working_days_can_be_booked(today: date) -> None:
    days = bookable_days(WORKDAYS, today)
    assert len(days) == DAYS_AHEAD
    assert list(days) == sorted(set(days))
    assert all(day > today and WORKDAYS.is_workday(day) for day in days)


def test_a_sum_is_written_with_two_decimals() -> None:
    assert [yuan(fen) for fen in (0, 5, 100, 123456789)] == ["0.00", "0.05", "1.00", "1,234,567.89"]
