from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wiring
from kiosk.domain.calendar.workdays import Due
from kiosk.domain.complaint.triage import Classification
from kiosk.domain.submission.model import Kind
from kiosk.domain.submission.next_steps import (
    promised_day,
    registration_day,
    say_promised,
    say_registration,
    say_steps,
    table_of,
)
from kiosk.domain.words import Language, Words
from services.content.calendar import load_workdays
from services.content.words import load_words

WORKDAYS = load_workdays(wiring.RESOURCES / "calendar")
ZH, EN = (load_words(wiring.RESOURCES / "text", language) for language in Language)
HALL = timezone(timedelta(hours=8))
CLOSES = "17:00"
WEDNESDAY = Due(date(2026, 11, 25), provisional=False)


def registered(day: date, at: time) -> Due:
    return registration_day(datetime.combine(day, at, HALL), CLOSES, WORKDAYS)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(HALL))


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (date(2026, 11, 25), time(0, 5), date(2026, 11, 25)),
        (date(2026, 11, 25), time(16, 59), date(2026, 11, 25)),
        (date(2026, 11, 25), time(17, 0), date(2026, 11, 26)),
        (date(2026, 11, 27), time(20, 0), date(2026, 11, 30)),
        (date(2026, 11, 28), time(10, 0), date(2026, 11, 30)),
        (date(2026, 9, 30), time(18, 0), date(2026, 10, 8)),
    ],
)
def test_what_is_there_before_the_windows_close_is_registered_on_that_working_day(
    day: date, at: time, expected: date
) -> None:
    assert registered(day, at).day == expected


@given(moments)
def test_the_day_is_a_working_day_and_none_that_can_be_had_lies_before_it(at: datetime) -> None:
    due = registration_day(at, CLOSES, WORKDAYS)
    first = at.date() + timedelta(days=at.time() >= time(17))
    assert WORKDAYS.is_workday(due.day)
    assert due.day >= first
    between = (first + timedelta(days=n) for n in range((due.day - first).days))
    assert not any(map(WORKDAYS.is_workday, between))


@given(moments, st.integers(1, 60))
def test_what_is_promised_ends_so_many_working_days_after_the_papers_are_taken(
    at: datetime, days: int
) -> None:
    taken = registration_day(at, CLOSES, WORKDAYS)
    due = promised_day(taken, days, WORKDAYS)
    assert due is not None
    assert WORKDAYS.between(taken.day, due.day) == days
    assert due.provisional or not taken.provisional


@pytest.mark.parametrize("days", [0, None])
def test_what_is_done_on_the_spot_or_by_rule_has_no_day(days: int | None) -> None:
    assert promised_day(WEDNESDAY, days, WORKDAYS) is None


def test_until_the_centre_has_it_the_day_is_provisional_and_then_it_is_settled() -> None:
    waiting = say_registration(WEDNESDAY, ZH, received=False)
    assert waiting == "暂定最早 11月25日（周三） 登记；要等中心收到才算准"
    settled = say_registration(WEDNESDAY, ZH, received=True)
    assert settled == "最晚 11月25日（周三），工作人员核对登记"
    assert "Provisionally Wed 25 November" in say_registration(WEDNESDAY, EN, received=False)
    assert "rovisional" not in say_registration(WEDNESDAY, EN, received=True)


@pytest.mark.parametrize(("words", "doubt"), [(ZH, "暂定"), (EN, "provisional")])
def test_a_day_no_notice_covers_is_provisional_even_when_received(words: Words, doubt: str) -> None:
    unsure = Due(date(2028, 2, 1), provisional=True)
    assert doubt in say_registration(unsure, words, received=True)
    assert doubt in say_promised(WEDNESDAY, unsure, words)
    assert doubt not in say_promised(WEDNESDAY, WEDNESDAY, words)


def test_a_promise_says_from_which_day_to_which() -> None:
    due = Due(date(2026, 12, 2), provisional=False)
    told = say_promised(WEDNESDAY, due, ZH)
    assert told == "11月25日（周三） 收齐材料，最晚 12月2日（周三） 办好。"


def test_steps_have_titles_and_begin_with_the_registration() -> None:
    steps = say_steps("complaint", "演示", ZH)
    assert [title for title, _ in steps] == ["登记", "督办", "回复"]
    assert steps[0][1] == "演示"


def test_only_a_complaint_without_class_and_route_is_told_as_an_enquiry() -> None:
    nothing = Classification("", (), (), "省级")
    assert table_of(Kind.COMPLAINT, nothing) == "enquiry"
    assert table_of(Kind.COMPLAINT, Classification("2", ("2",), ("2",), "省级")) == "complaint"
    assert table_of(Kind.COMPLAINT, Classification("", (), (), "省级", "R05")) == "complaint"
    assert table_of(Kind.INQUIRY, None) == "inquiry"


@pytest.mark.parametrize("words", [ZH, EN])
def test_an_enquiry_says_that_it_can_become_a_complaint(words: Words) -> None:
    told = say_steps("enquiry", "", words)[2][1]
    assert ("一按就转为反映" if words is ZH else "one press makes it a report") in told
