"""What was handed in counts from when that was, whatever the kiosk's clock said."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services import wire
from services.central.clocks import LONGEST_CUT_OFF, NOTICED, captured_at
from services.uplink.signing import RequestSigner
from tests.services.central.conftest import NOON, Hall

SECOND = timedelta(seconds=1)
YEAR = timedelta(days=365)


@pytest.mark.parametrize("ahead", [-YEAR, -SECOND, SECOND, YEAR], ids=str)
def test_what_waited_for_days_counts_from_when_it_was_handed_in(ahead: timedelta) -> None:
    handed_in = NOON - timedelta(days=9)
    assert captured_at(handed_in + ahead, ahead, NOON) == handed_in


def test_where_the_kiosk_s_clock_is_not_known_nothing_else_is() -> None:
    assert captured_at(NOON, None, NOON) is None


@pytest.mark.parametrize(
    "said",
    [
        NOON + SECOND,
        NOON - LONGEST_CUT_OFF - SECOND,
        datetime.min.replace(tzinfo=NOON.tzinfo),
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ],
    ids=str,
)
def test_nothing_was_handed_in_later_than_received_nor_absurdly_early(said: datetime) -> None:
    assert captured_at(said, timedelta(), NOON) == NOON
    assert captured_at(said, SECOND if said < NOON else -SECOND, NOON) == NOON


def test_the_earliest_that_is_believed_is() -> None:
    assert captured_at(NOON - LONGEST_CUT_OFF, timedelta(), NOON) == NOON - LONGEST_CUT_OFF


def handed_in(hall: Hall, ahead: timedelta | None, at: datetime) -> dict[str, Any]:
    """By a kiosk with such a clock, at a moment by the right one."""
    said = (at + (ahead or timedelta())).isoformat()
    payload = hall.kiosk.payload(created_at=said)
    (answer,) = hall.send(hall.kiosk.item(payload), ahead=ahead)
    assert answer["outcome"] == "accepted"
    return payload


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("ahead", [-YEAR, timedelta(), YEAR], ids=str)
def test_a_case_keeps_both_moments(hall: Hall, ahead: timedelta) -> None:
    hall.hand_in()  # what is first from a kiosk is stored apart
    at = NOON - timedelta(days=3)
    case = hall.case(handed_in(hall, ahead, at))
    assert abs(moment(case["captured_at"]) - at) <= 2 * SECOND
    assert moment(case["received_at"]) == NOON
    assert moment(case["created_at"]) == at + ahead


def test_a_kiosk_that_does_not_know_the_time_yet_has_it_about_right(hall: Hall) -> None:
    at = NOON - timedelta(days=3)
    case = hall.case(handed_in(hall, None, at))
    assert moment(case["captured_at"]) == at


def test_of_a_kiosk_that_says_nothing_of_its_clock_nothing_is_known(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RequestSigner, "_clock_ahead", lambda _: {})
    case = hall.case(hall.hand_in())
    assert case["captured_at"] is None


def clock_rows(hall: Hall) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(hall.database)) as connection:
        query = "SELECT actor, subject FROM audit WHERE action = 'clock_ahead'"
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("ahead", [-10 * NOTICED, 10 * NOTICED], ids=str)
def test_a_clock_that_is_off_is_noted_once_a_batch(hall: Hall, ahead: timedelta) -> None:
    items = [hall.kiosk.item(hall.kiosk.payload()) for _ in range(3)]
    for _ in range(2):  # what is known already is no news
        hall.send(*items, ahead=ahead)
    ((actor, seconds),) = clock_rows(hall)
    assert actor == "kiosk:demo-kiosk-1"
    assert abs(int(seconds) - ahead.total_seconds()) <= 1


@pytest.mark.parametrize("ahead", [None, timedelta(), NOTICED / 2, -NOTICED / 2], ids=str)
def test_a_clock_that_is_right_is_not(hall: Hall, ahead: timedelta | None) -> None:
    hall.send(hall.kiosk.item(hall.kiosk.payload()), ahead=ahead)
    assert clock_rows(hall) == []


@pytest.mark.parametrize("first", ["case", "wish"])
def test_what_was_done_with_a_case_counts_from_then_too(hall: Hall, first: str) -> None:
    said = (NOON - timedelta(days=1) - YEAR).isoformat()
    enquiry = {"primary": "", "classes": [], "subclasses": [], "level": "省级"}
    form = hall.kiosk.payload(verdict=enquiry, created_at=said)
    parts = [form, hall.wish(form, "upgrade", created_at=said)]
    if first == "wish":
        parts.reverse()
    answers = hall.send(*map(hall.kiosk.item, parts), ahead=-YEAR)
    assert [answer["outcome"] for answer in answers] == ["accepted"] * 2
    upgraded_at = moment(hall.case(form)["upgraded_at"])
    assert abs(upgraded_at - NOON + timedelta(days=1)) <= 2 * SECOND


@pytest.mark.parametrize(("ahead", "shown"), [(YEAR, True), (timedelta(minutes=50), False)])
def test_the_console_shows_what_a_wrong_clock_said(
    hall: Hall, ahead: timedelta, *, shown: bool
) -> None:
    payload = handed_in(hall, ahead, NOON - timedelta(days=3, minutes=5))
    hall.client.post("/console/login", data={"token": hall.token})
    page = hall.client.get(f"/console/cases/{payload['number']}").text
    assert "2026-09-26" in page
    assert ("自助机的钟不准" in page) is ("2027-09-26" in page) is shown


@pytest.mark.parametrize("seconds", [wire.MOST_AHEAD + 1, -wire.MOST_AHEAD - 1, "soon", ""])
def test_what_no_clock_can_be_ahead_by_is_refused(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, seconds: int | str
) -> None:
    header = {wire.CLOCK_AHEAD: str(seconds)}
    monkeypatch.setattr(RequestSigner, "_clock_ahead", lambda _: dict(header))
    content = json.dumps(hall.kiosk.batch(hall.kiosk.item(hall.kiosk.payload()))).encode()
    assert hall.post(content).status_code == 422
