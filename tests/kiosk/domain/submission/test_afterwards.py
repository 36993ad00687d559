from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.submission.afterwards import (
    AFTERWARDS,
    REOPEN_WITHIN,
    Standing,
    Wish,
    possible,
    submission_of,
)
from kiosk.domain.submission.case import CaseState, Rating
from kiosk.domain.submission.model import Kind

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
ADD, WITHDRAW, REOPEN, RATE = Kind.ADDITION, Kind.WITHDRAWAL, Kind.REOPENING, Kind.RATING
UPGRADE = Kind.UPGRADE
moments = st.datetimes(timezones=st.just(UTC))
standings = st.builds(
    Standing,
    st.sampled_from(CaseState),
    st.none() | moments,
    st.none() | st.sampled_from(Rating),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (CaseState.RECEIVED, {ADD, WITHDRAW}),
        (CaseState.REGISTERED, {ADD, WITHDRAW}),
        (CaseState.DISPATCHED, {ADD, WITHDRAW}),
        (CaseState.CLOSED, {ADD, REOPEN, RATE}),
        (CaseState.ANSWERED, {ADD, REOPEN, RATE}),
        (CaseState.REOPENED, {ADD, WITHDRAW}),
        (CaseState.WITHDRAWN, set()),
    ],
)
def test_what_can_be_done_depends_on_the_state(state: CaseState, kinds: set[Kind]) -> None:
    assert possible(Standing(state), NOON) == kinds


def test_a_case_can_be_reopened_until_thirty_days_after_the_citizen_was_told() -> None:
    assert timedelta(days=30) == REOPEN_WITHIN
    answered = Standing(CaseState.ANSWERED, told_at=NOON)
    assert REOPEN in possible(answered, NOON + REOPEN_WITHIN)
    assert possible(answered, NOON + REOPEN_WITHIN + MOMENT) == {ADD, RATE}


@given(moments)
def test_who_has_not_been_told_yet_misses_no_date(at: datetime) -> None:
    assert REOPEN in possible(Standing(CaseState.CLOSED), at)


@given(standings, moments)
def test_a_case_is_rated_once_and_only_with_an_answer(standing: Standing, at: datetime) -> None:
    has_answer = standing.state in (CaseState.CLOSED, CaseState.ANSWERED)
    rateable = has_answer and standing.rating is None
    assert (RATE in possible(standing, at)) == rateable


@given(standings, moments)
def test_a_case_can_be_withdrawn_or_reopened_never_both(standing: Standing, at: datetime) -> None:
    assert not {WITHDRAW, REOPEN} <= possible(standing, at)


@given(standings, moments)
def test_a_withdrawn_case_is_left_alone_every_other_can_be_added_to(
    standing: Standing, at: datetime
) -> None:
    found = possible(standing, at)
    assert (ADD in found) == (standing.state is not CaseState.WITHDRAWN) == bool(found)


@given(standings, moments)
def test_an_enquiry_can_be_upgraded_at_any_time_until_it_is_withdrawn(
    standing: Standing, at: datetime
) -> None:
    is_open = standing.state is not CaseState.WITHDRAWN
    assert (UPGRADE in possible(standing, at)) == (standing.enquiry and is_open)


@given(standings, moments)
def test_that_it_is_an_enquiry_changes_nothing_else(standing: Standing, at: datetime) -> None:
    other = replace(standing, enquiry=not standing.enquiry)
    assert possible(standing, at) ^ possible(other, at) <= {UPGRADE}


@pytest.mark.parametrize("text", ["", "演示：还没办成"])
def test_an_upgrade_needs_no_words_and_may_have_some(text: str) -> None:
    assert Wish(UPGRADE, NOON, text).text == text


@pytest.mark.parametrize(
    ("kind", "text", "rating"),
    [
        (ADD, " \n", None),
        (ADD, "演示", Rating.GOOD),
        (WITHDRAW, "", Rating.GOOD),
        (UPGRADE, "", Rating.GOOD),
        (RATE, "", None),
        *((kind, "演示", None) for kind in Kind if kind not in AFTERWARDS),
    ],
)
def test_what_says_nothing_or_too_much_is_no_wish(
    kind: Kind, text: str, rating: Rating | None
) -> None:
    with pytest.raises(ValueError, match="afterwards|says something|has its level"):
        Wish(kind, NOON, text, rating)


def test_a_wish_is_handed_in_under_the_number_and_code_of_its_case_with_an_id_of_its_own() -> None:
    id_ = UUID(int=7)
    said = submission_of(Wish(ADD, NOON, "演示补充"), id_, "BBC-7K4M-92QX-5", "583177")
    assert (said.id, said.kind, said.created_at) == (id_, ADD, NOON)
    assert (said.number, said.code) == ("BBC-7K4M-92QX-5", "583177")
    assert [answer.answer for answer in said.answers] == ["演示补充"]
    rated = submission_of(Wish(RATE, NOON, rating=Rating.BAD), id_, "BBC-7K4M-92QX-5", "583177")
    assert (rated.facts, rated.answers) == ({"rating": 2}, ())
