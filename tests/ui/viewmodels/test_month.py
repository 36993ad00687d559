from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.questions.answers import problem
from kiosk.domain.questions.model import Days, Kind, Question
from kiosk.domain.words import Language
from ui.viewmodels.month import grid, month_of, months_on

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(days, days, st.sampled_from(Days))
def test_a_grid_is_whole_weeks_from_monday_with_every_day_of_the_month(
    day: date, today: date, wanted: Days
) -> None:
    month = month_of(day)
    cells = grid(month, today, wanted, frozenset(), Language.ZH)
    first = date.fromisoformat(str(cells[0]["iso"]))
    assert first.weekday() == 0
    assert len(cells) % 7 == 0
    assert [cell["iso"] for cell in cells] == [
        (first + timedelta(days=n)).isoformat() for n in range(len(cells))
    ]
    shown = [cell["day"] for cell in cells if cell["day"]]
    assert shown == [str(n) for n in range(1, len(shown) + 1)]
    assert (months_on(month, 1) - month).days == len(shown)


@given(days, days, st.sampled_from(Days))
def test_only_days_on_the_wanted_side_of_today_can_be_touched(
    day: date, today: date, wanted: Days
) -> None:
    for cell in grid(month_of(day), today, wanted, frozenset(), Language.ZH):
        shown = date.fromisoformat(str(cell["iso"]))
        if cell["open"]:
            assert cell["day"]
            assert wanted is not Days.PAST or shown <= today
            assert wanted is not Days.COMING or shown >= today


@given(days, st.sampled_from(Days))
def test_what_the_calendar_offers_is_taken_as_an_answer(today: date, wanted: Days) -> None:
    question = Question("when", Kind.DATE, days=wanted)
    for cell in grid(month_of(today), today, wanted, frozenset(), Language.ZH):
        if cell["day"]:
            refused = problem(question, date.fromisoformat(str(cell["iso"])), today)
            assert bool(cell["open"]) == (not refused)


def test_the_chosen_days_and_today_are_marked() -> None:
    today, chosen = date(2026, 11, 22), date(2026, 11, 20)
    cells = grid(month_of(today), today, Days.PAST, {chosen}, Language.ZH)
    assert [cell["iso"] for cell in cells if cell["chosen"]] == ["2026-11-20"]
    assert [cell["iso"] for cell in cells if cell["today"]] == ["2026-11-22"]
    assert [cell["said"] for cell in cells if cell["today"]] == ["11月22日（周日）"]


@given(days, st.integers(-600, 600))
def test_months_on_and_back_is_the_same_month(day: date, count: int) -> None:
    assert months_on(months_on(month_of(day), count), -count) == month_of(day)
