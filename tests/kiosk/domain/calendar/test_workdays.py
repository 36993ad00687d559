from datetime import date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.calendar.workdays import Due, Workdays, YearTable
from services.content.calendar import load_workdays

CALENDAR = load_workdays(Path(__file__).parents[4] / "resources" / "calendar")
NEW_MOON, MONTH = datetime(2000, 1, 7, 2), 29.530588  # local time, days
days = st.dates(date(2024, 12, 1), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("start", "next_workday"),
    [
        (date(2026, 2, 13), date(2026, 2, 14)),  # a Saturday worked
        (date(2026, 2, 14), date(2026, 2, 24)),  # over the Spring Festival
        (date(2026, 5, 8), date(2026, 5, 9)),
        (date(2026, 9, 18), date(2026, 9, 20)),  # a Sunday worked
        (date(2026, 9, 30), date(2026, 10, 8)),
        (date(2025, 1, 27), date(2025, 2, 5)),
        (date(2025, 9, 27), date(2025, 9, 28)),
        (date(2025, 12, 31), date(2026, 1, 4)),
        (date(2026, 11, 20), date(2026, 11, 23)),  # an ordinary Friday
    ],
)
def test_the_next_working_day_follows_the_notice(start: date, next_workday: date) -> None:
    assert CALENDAR.add(start, 1) == Due(next_workday, provisional=False)


@pytest.mark.parametrize("year", CALENDAR.years)
def test_every_day_of_every_notice_is_as_another_calendar_has_it(year: int) -> None:
    every_day = [date(year, 1, 1) + timedelta(n) for n in range(365 + (year % 4 == 0))]
    assert every_day[-1] == date(year, 12, 31)
    for day in every_day:
        assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day), day


def test_a_day_counted_in_a_year_without_a_notice_is_provisional() -> None:
    assert CALENDAR.add(date(2026, 12, 31), 1) == Due(date(2027, 1, 4), provisional=True)
    assert CALENDAR.add(date(2026, 12, 30), 1) == Due(date(2026, 12, 31), provisional=False)
    assert CALENDAR.add(date(2026, 12, 30), 2) == Due(date(2027, 1, 4), provisional=True)
    assert CALENDAR.add(date(2024, 12, 30), 1) == Due(date(2024, 12, 31), provisional=True)
    assert CALENDAR.first_from(date(2027, 1, 2)) == Due(date(2027, 1, 4), provisional=True)


def test_days_are_counted_one_working_day_after_another() -> None:
    assert CALENDAR.add(date(2026, 9, 30), 3).day == date(2026, 10, 10)
    assert CALENDAR.add(date(2026, 11, 22), 5).day == date(2026, 11, 27)


def test_a_working_day_is_its_own_first() -> None:
    assert CALENDAR.first_from(date(2026, 2, 14)).day == date(2026, 2, 14)
    assert CALENDAR.first_from(date(2026, 2, 15)).day == date(2026, 2, 24)


@pytest.mark.parametrize("count", [0, -1])
def test_no_fewer_than_one_day_can_be_added(count: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        CALENDAR.add(date(2026, 11, 22), count)


def free(calendar: Workdays, first: date, last: date) -> list[date]:
    """The working days of the week that are free from `first` to `last`."""
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5 and not calendar.is_workday(day)]


def test_without_a_notice_the_statutory_days_are_free_and_no_weekend_is_worked() -> None:
    bare = Workdays({})
    assert free(bare, date(2026, 1, 1), date(2026, 12, 31)) == [
        date(2026, 1, 1),
        date(2026, 5, 1),  # 2 May is a Saturday
        date(2026, 10, 1),
        date(2026, 10, 2),
    ]
    assert not bare.is_workday(date(2026, 2, 14))


def test_in_the_coming_years_the_days_of_the_lunar_calendar_are_free_too() -> None:
    assert free(CALENDAR, date(2027, 1, 1), date(2027, 12, 31)) == [
        date(2027, 1, 1),
        date(2027, 2, 5),  # 除夕
        date(2027, 2, 8),
        date(2027, 4, 5),
        date(2027, 6, 9),
        date(2027, 9, 15),
        date(2027, 10, 1),
    ]
    assert free(CALENDAR, date(2030, 2, 1), date(2030, 2, 28)) == [
        date(2030, 2, 4),
        date(2030, 2, 5),
    ]


@pytest.mark.parametrize("year", range(2027, 2037))
def test_the_days_of_the_lunar_calendar_fall_as_the_moon_and_the_sun_have_it(year: int) -> None:
    eve, *spring, qingming, dragon_boat, mid_autumn = sorted(
        day for day in CALENDAR.lunar if day.year == year
    )
    first = spring[0]
    assert [eve, *spring] == [first + timedelta(n) for n in range(-1, 3)]
    assert date(year, 1, 21) <= first <= date(year, 2, 20)
    (term,) = chinese_calendar.get_solar_terms(date(year, 4, 3), date(year, 4, 6))
    assert term == (qingming, "清明")
    for day_of_month, day in ((1, first), (5, dragon_boat), (15, mid_autumn)):
        noon_since_new_moon = (day - NEW_MOON.date()).days + 0.5 - NEW_MOON.hour / 24
        moons = (noon_since_new_moon - (day_of_month - 1)) / MONTH
        assert abs(moons - round(moons)) * MONTH < 1, day


def test_a_notice_holds_for_the_end_of_the_december_before() -> None:
    worked, off = date(2018, 12, 29), date(2018, 12, 31)
    table = YearTable(2019, frozenset({off}), frozenset({worked}), "通知", date(2018, 12, 6))
    calendar = Workdays({2019: table})
    assert calendar.is_workday(worked)
    assert not calendar.is_workday(off)


@pytest.mark.parametrize(("year", "workdays"), [(2025, 248), (2026, 248)])
def test_each_year_has_its_number_of_working_days(year: int, workdays: int) -> None:
    assert CALENDAR.between(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


@given(days, st.integers(1, 60))
def test_between_takes_back_what_add_has_added(start: date, count: int) -> None:
    due = CALENDAR.add(start, count)
    assert CALENDAR.is_workday(due.day)
    assert CALENDAR.between(start, due.day) == count
    assert CALENDAR.between(start, due.day - timedelta(1)) == count - 1


@given(days, st.integers(1, 30), st.integers(1, 30))
def test_adding_twice_is_adding_the_sum(start: date, one: int, other: int) -> None:
    assert CALENDAR.add(CALENDAR.add(start, one).day, other).day == (
        CALENDAR.add(start, one + other).day
    )


@given(days, days)
def test_nothing_lies_between_a_day_and_an_earlier_one(start: date, end: date) -> None:
    assert (CALENDAR.between(start, end) == 0) >= (end <= start)
    assert CALENDAR.between(start, end) <= max(0, (end - start).days)


@given(days)
def test_the_first_working_day_from_a_day_is_the_next_after_the_day_before(day: date) -> None:
    assert CALENDAR.first_from(day).day == CALENDAR.add(day - timedelta(1), 1).day
