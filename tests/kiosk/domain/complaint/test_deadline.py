from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wiring
from kiosk.domain.complaint.deadline import ANSWER_DAYS, LICENCE, deadline
from kiosk.domain.questions.model import Fact
from services.content.calendar import load_workdays

WORKDAYS = load_workdays(wiring.RESOURCES / "calendar")
days = st.dates(date(2025, 1, 1), date(2026, 12, 31))


def limit(sub: str, began: date | None, today: date, **facts: Fact) -> tuple[date, int] | None:
    name = "apply_date" if sub == "1B" else "accept_date"
    known = {name: began.isoformat()} if began else {}
    found = deadline({"sub": sub, **known, **facts}, WORKDAYS, today)
    return (found.due, found.overdue) if found else None


@pytest.mark.parametrize(
    ("today", "overdue"),
    [(date(2026, 10, 13), 0), (date(2026, 10, 14), 1), (date(2026, 10, 19), 4)],
)
def test_an_application_for_a_licence_is_answered_within_five_working_days(
    today: date, overdue: int
) -> None:
    before_the_holidays = date(2026, 9, 30)
    due = date(2026, 10, 13)  # 1 to 7 October are off, Saturday the 10th is worked
    found = limit("1B", before_the_holidays, today, item_type=LICENCE, promise_days=20)
    assert found == (due, overdue)


def test_what_is_no_licence_is_answered_within_the_days_promised_for_all_of_it() -> None:
    began = date(2026, 11, 2)
    assert limit("1B", began, began, item_type="公共服务", promise_days=3) == (
        date(2026, 11, 5),
        0,
    )


def test_what_is_done_on_the_spot_is_late_on_the_next_working_day() -> None:
    friday = date(2026, 11, 20)
    assert limit("1C", friday, friday, promise_days=0) == (friday, 0)
    assert limit("1C", friday, friday + timedelta(days=2), promise_days=0) == (friday, 0)
    assert limit("1C", friday, friday + timedelta(days=3), promise_days=0) == (friday, 1)


@given(days, st.integers(1, 60), st.integers(0, 200))
def test_a_limit_passes_when_more_working_days_have_gone_than_were_promised(
    began: date, promised: int, later: int
) -> None:
    today = began + timedelta(days=later)
    found = limit("1C", began, today, promise_days=promised)
    assert found is not None
    gone = WORKDAYS.between(began, today)
    assert found[1] == max(0, gone - promised)
    assert WORKDAYS.is_workday(found[0])


@given(days, st.integers(0, 60))
def test_a_limit_is_never_overdue_before_it_is_due(began: date, later: int) -> None:
    today = began + timedelta(days=later)
    found = limit("1B", began, today, item_type=LICENCE)
    assert found is not None
    assert (found[1] > 0) == (WORKDAYS.between(began, today) > ANSWER_DAYS)


@pytest.mark.parametrize(
    ("sub", "began", "facts"),
    [
        ("1A", date(2026, 9, 1), {"promise_days": 5}),
        ("1C", None, {"promise_days": 5}),
        ("1C", date(2026, 9, 1), {}),
        ("1B", date(2026, 9, 1), {"item_type": "公共服务"}),
    ],
)
def test_without_a_day_and_a_promise_there_is_no_limit(
    sub: str, began: date | None, facts: dict[str, Fact]
) -> None:
    assert limit(sub, began, date(2026, 11, 25), **facts) is None


def test_a_limit_beyond_the_published_holidays_is_provisional() -> None:
    facts: dict[str, Fact] = {"sub": "1C", "accept_date": "2026-12-28", "promise_days": 20}
    found = deadline(facts, WORKDAYS, date(2026, 12, 28))
    assert found is not None
    assert found.provisional
