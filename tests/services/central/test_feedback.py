from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.central.feedback import ZONE, FeedbackRule

MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=ZONE)
)


@pytest.fixture(scope="session")
def rule(workdays):
    return FeedbackRule(workdays, time(17))


@pytest.mark.parametrize(
    ("closed", "due", "provisional"),
    [
        ("2026-09-30T10:00", "2026-10-08", False),
        ("2026-12-31T10:00", "2027-01-04", True),
        ("2026-02-13T16:59", "2026-02-14", False),
        ("2026-02-14T10:00", "2026-02-24", False),
        ("2026-09-18T00:30", "2026-09-20", False),
        ("2026-09-30T17:00", "2026-10-09", False),
        ("2026-10-03T10:00", "2026-10-09", False),
        ("2026-11-21T10:00", "2026-11-24", False),
        ("2026-12-30T18:00", "2027-01-04", True),
        ("2026-12-30T12:00", "2026-12-31", False),
    ],
)
def test_feedback_is_due_one_working_day_after_the_result(rule, closed, due, provisional):
    found = rule.due(datetime.fromisoformat(closed).replace(tzinfo=ZONE))
    assert (found.day.isoformat(), found.provisional) == (due, provisional)


def test_the_day_of_the_result_is_the_local_one(rule):
    assert rule.due(datetime(2026, 11, 22, 22, 0, tzinfo=UTC)) == rule.due(
        datetime(2026, 11, 23, 6, 0, tzinfo=ZONE)
    )


@given(MOMENTS)
def test_the_due_day_is_a_later_working_day_with_office_hours_before_it(rule, closed):
    due = rule.due(closed).day
    assert rule.workdays.is_workday(due)
    assert due > closed.date()
    between = rule.workdays.between(closed.date() - timedelta(1), due)
    assert between in (2, 3)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(30)))
def test_a_later_result_is_never_due_earlier(rule, closed, later):
    assert rule.due(closed).day <= rule.due(closed + later).day


@given(MOMENTS)
def test_feedback_is_overdue_from_the_midnight_after_the_due_day(rule, closed):
    midnight = datetime.combine(rule.due(closed).day + timedelta(1), time(), ZONE)
    assert rule.is_overdue(closed, midnight)
    assert not rule.is_overdue(closed, midnight - timedelta(microseconds=1))
