"""What citizens did with their cases at a kiosk arrives: in any order, once, and without helping
anybody guess a query code."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kiosk.domain.submission.afterwards import Wish, submission_of
from kiosk.domain.submission.case import Rating
from kiosk.domain.submission.model import Kind
from kiosk.domain.submission.receipt import new_code
from services import wire
from services.central.feedback import ZONE
from services.central.wishes import wish_of
from services.uplink.seal import payload as as_sent
from tests.services.central.conftest import FakeKiosk, Hall

CLOSED = datetime(2026, 9, 30, 10, 0, tzinfo=ZONE)


@pytest.fixture
def form(hall: Hall) -> dict[str, Any]:
    return hall.kiosk.payload()


def rows(hall: Hall, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(hall.database)) as connection:
        return connection.execute(sql).fetchall()


def actions(hall: Hall, form: dict[str, Any]) -> list[str]:
    return [event["action"] for event in hall.case(form)["events"]]


def guesses(form: dict[str, Any]) -> Iterator[str]:
    return (code for code in iter(new_code, "") if code != form["code"])


@pytest.mark.parametrize(
    "wish",
    [
        Wish(Kind.ADDITION, CLOSED.astimezone(UTC), "演示补充\n第二行"),
        Wish(Kind.WITHDRAWAL, CLOSED.astimezone(UTC)),
        Wish(Kind.REOPENING, CLOSED.astimezone(UTC), "没解决"),
        Wish(Kind.RATING, CLOSED.astimezone(UTC), rating=Rating.VERY_BAD),
        Wish(Kind.UPGRADE, CLOSED.astimezone(UTC)),
    ],
    ids=lambda wish: wish.kind,
)
def test_what_a_kiosk_hands_in_is_what_is_read_here(wish: Wish) -> None:
    sent = as_sent(submission_of(wish, UUID(int=1), "BBC-7K4M-92QX-5", "583177"))
    assert wish_of(wire.Payload.model_validate_json(sent.model_dump_json())) == wish


@pytest.mark.parametrize("first", ["case", "wish"])
def test_a_wish_may_arrive_before_or_after_its_case(
    hall: Hall, form: dict[str, Any], first: str
) -> None:
    parts = [form, hall.wish(form, "addition", "演示补充")]
    answers = hall.send(*map(hall.kiosk.item, parts if first == "case" else reversed(parts)))
    assert [each["outcome"] for each in answers] == ["accepted"] * 2
    for answer in answers:
        hall.check_receipt(answer["receipt"])
    (added,) = [event for event in hall.case(form)["events"] if event["action"] == "added"]
    assert (added["detail"], added["actor"]) == ("演示补充", "kiosk:demo-kiosk-1")
    assert hall.clerk("/cases", method="GET").json()["total"] == 1
    assert rows(hall, "SELECT count(*) FROM wish") == [(0,)]


def test_what_waits_for_a_case_is_done_in_the_order_it_was_said(
    hall: Hall, form: dict[str, Any]
) -> None:
    withdrawal = hall.wish(form, "withdrawal", created_at="2026-09-29T11:59:02+08:00")
    addition = hall.wish(form, "addition", "演示", created_at="2026-09-29T11:59:01+08:00")
    hall.send(*map(hall.kiosk.item, (withdrawal, addition, form)))
    assert actions(hall, form) == ["received", "added", "withdrawn"]


@pytest.mark.parametrize("first", ["case", "wish"])
def test_a_wish_with_another_query_code_has_no_effect_and_the_operator_is_told(
    hall: Hall, form: dict[str, Any], first: str
) -> None:
    strange = hall.wish(form | {"code": next(guesses(form))}, "withdrawal")
    other = FakeKiosk(hall.keyset, id="demo-kiosk-2")
    if first == "case":
        hall.send(hall.kiosk.item(form))
    (answer,) = hall.send(other.item(strange), kiosk=other)
    hall.check_receipt(answer["receipt"])
    if first == "wish":
        hall.send(hall.kiosk.item(form))
    assert actions(hall, form) == ["received"]
    noted = rows(hall, "SELECT actor, subject FROM audit WHERE action = 'code_differs'")
    assert noted == [("kiosk:demo-kiosk-2", strange["id"])]
    assert rows(hall, "SELECT count(*) FROM wish") == [(0,)]


def test_the_answer_does_not_tell_whether_a_query_code_is_right(
    hall: Hall, form: dict[str, Any]
) -> None:
    hall.send(hall.kiosk.item(form))
    wrong = hall.wish(form | {"code": next(guesses(form))}, "addition", "演示")
    right = hall.wish(form, "addition", "演示")
    first, second = hall.send(*map(hall.kiosk.item, (wrong, right)))
    assert (first["outcome"], first["reason"]) == (second["outcome"], second["reason"])


@pytest.mark.parametrize("exists", [True, False])
def test_guessing_by_wishes_is_as_slow_as_guessing_by_asking(
    hall: Hall, form: dict[str, Any], exists: bool
) -> None:
    if exists:
        hall.send(hall.kiosk.item(form))
    codes = guesses(form)
    tried = [
        hall.kiosk.item(hall.wish(form | {"code": next(codes)}, "withdrawal")) for _ in range(5)
    ]
    last = hall.kiosk.item(hall.wish(form, "withdrawal"))
    answers = hall.send(*tried, last, hall.kiosk.item(hall.kiosk.payload()))
    outcomes = [(each["outcome"], each["reason"]) for each in answers]
    assert outcomes == [("accepted", "")] * 5 + [("retry", "too_many_attempts"), ("accepted", "")]
    assert hall.status(form).status_code == 429
    assert hall.send(tried[0])[0]["outcome"] == "duplicate"


def test_who_knows_the_code_may_say_much_at_once(hall: Hall, form: dict[str, Any]) -> None:
    hall.send(hall.kiosk.item(form))
    said = [hall.kiosk.item(hall.wish(form, "addition", f"演示{n}")) for n in range(9)]
    assert {each["outcome"] for each in hall.send(*said)} == {"accepted"}
    assert actions(hall, form).count("added") == 9


@pytest.mark.parametrize("first", ["case", "wish"])
def test_an_upgrade_may_arrive_before_or_after_its_enquiry(hall: Hall, first: str) -> None:
    enquiry = hall.kiosk.payload(verdict={"primary": "", "classes": [], "subclasses": []})
    parts = [enquiry, hall.wish(enquiry, "upgrade"), hall.wish(enquiry, "upgrade", "演示再说")]
    hall.send(*map(hall.kiosk.item, parts if first == "case" else [*parts[1:], parts[0]]))
    seen = hall.case(enquiry)
    assert (seen["state"], seen["enquiry"]) == ("received", False)
    assert actions(hall, enquiry) == ["received", "upgraded", "late_upgrade"]


@pytest.mark.parametrize("first", ["case", "wish"])
def test_a_wish_sent_twice_is_one(hall: Hall, form: dict[str, Any], first: str) -> None:
    item = hall.kiosk.item(hall.wish(form, "addition", "演示补充"))
    if first == "case":
        hall.send(hall.kiosk.item(form))
    assert [hall.send(item)[0]["outcome"] for _ in range(2)] == ["accepted", "duplicate"]
    if first == "wish":
        hall.send(hall.kiosk.item(form))
    assert hall.send(item)[0]["outcome"] == "duplicate"
    assert actions(hall, form).count("added") == 1


def test_a_rating_counts_though_a_reopening_said_later_has_overtaken_it(
    hall: Hall, form: dict[str, Any]
) -> None:
    hall.send(hall.kiosk.item(form))
    hall.close(form, CLOSED)
    said = [CLOSED + timedelta(minutes=1), CLOSED + timedelta(minutes=2)]
    rating = hall.wish(form, "rating", rating=2, created_at=said[0].isoformat())
    reopening = hall.wish(form, "reopening", "没解决", created_at=said[1].isoformat())
    hall.clock.moment = CLOSED + timedelta(hours=1)
    for wish in (reopening, rating):
        hall.send(hall.kiosk.item(wish))
    case = hall.case(form)
    assert (case["state"], case["rating"]) == ("reopened", 2)
    assert actions(hall, form)[-2:] == ["reopened", "rated"]


def test_an_addition_counts_though_a_withdrawal_said_later_has_overtaken_it(
    hall: Hall, form: dict[str, Any]
) -> None:
    addition = hall.wish(form, "addition", "演示", created_at="2026-09-29T11:59:01+08:00")
    withdrawal = hall.wish(form, "withdrawal", created_at="2026-09-29T11:59:02+08:00")
    for each in (form, withdrawal, addition):
        hall.send(hall.kiosk.item(each))
    assert actions(hall, form)[-2:] == ["withdrawn", "added"]


def test_a_rating_said_before_there_was_an_answer_or_after_the_reopening_was_here_does_not_count(
    hall: Hall, form: dict[str, Any]
) -> None:
    hall.send(hall.kiosk.item(form))
    early = hall.wish(form, "rating", rating=5, created_at=hall.clock.moment.isoformat())
    hall.close(form, CLOSED)
    hall.say(form, "reopening")
    after = (hall.clock.moment + timedelta(days=1)).isoformat()
    hall.clock.moment += timedelta(days=2)
    for wish in (early, hall.wish(form, "rating", rating=5, created_at=after)):
        hall.send(hall.kiosk.item(wish))
    assert hall.case(form)["rating"] is None
    assert actions(hall, form)[-2:] == ["late_rating"] * 2


def test_what_comes_too_late_is_written_down_for_clerk_and_citizen(
    hall: Hall, form: dict[str, Any]
) -> None:
    hall.send(hall.kiosk.item(form))
    hall.close(form, CLOSED)
    late = hall.wish(form, "withdrawal", "不办了")
    twice = [hall.wish(form, "rating", rating=level) for level in (5, 1)]
    answers = hall.send(*map(hall.kiosk.item, (late, *twice)))
    assert {each["outcome"] for each in answers} == {"accepted"}
    case = hall.case(form)
    assert (case["state"], case["rating"], case["follow_up_since"]) == ("closed", 5, None)
    late_ones = [(e["action"], e["detail"]) for e in case["events"] if "late" in e["action"]]
    assert late_ones == [("late_withdrawal", "不办了"), ("late_rating", "1")]
    status = hall.status(form).json()
    assert [n["note"] for n in status["notes"]] == ["late_withdrawal", "rated", "late_rating"]
    page = hall.client.post("/track", data={"number": form["number"], "code": form["code"]}).text
    assert "没有再撤回" in page
    assert "您评价了，但没有算上" in page


def test_a_reopening_said_in_time_counts_however_late_the_network_brings_it(
    hall: Hall, form: dict[str, Any]
) -> None:
    hall.send(hall.kiosk.item(form))
    hall.close(form, CLOSED)
    hall.status(form)
    hall.clock.moment = CLOSED + timedelta(days=60)
    hall.say(form, "reopening", created_at=(CLOSED + timedelta(days=30, seconds=1)).isoformat())
    assert actions(hall, form)[-1] == "late_reopening"
    hall.say(form, "reopening", created_at=(CLOSED + timedelta(days=30)).isoformat())
    assert hall.case(form)["state"] == "reopened"


def test_a_kiosk_whose_clock_runs_ahead_costs_nobody_a_date(
    hall: Hall, form: dict[str, Any]
) -> None:
    hall.send(hall.kiosk.item(form))
    hall.close(form, CLOSED)
    hall.status(form)
    hall.say(form, "reopening", created_at="2099-01-01T00:00:00+08:00")
    assert hall.case(form)["state"] == "reopened"


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("addition", {}),
        ("addition", {"text": "  "}),
        ("addition", {"text": "演示", "rating": 5}),
        ("rating", {}),
        *(("rating", {"rating": level}) for level in (0, 6, -1, 10**30, "5", True)),
        ("withdrawal", {"content": "/9j/"}),
        ("withdrawal", {"created_at": "0001-01-01T00:00:00+14:00"}),
    ],
)
def test_what_makes_no_sense_is_refused_without_harm_to_its_batch(
    hall: Hall, form: dict[str, Any], kind: str, changes: dict[str, Any]
) -> None:
    odd = hall.wish(form, kind, **changes)
    first, bad, last = hall.send(
        hall.kiosk.item(form), hall.kiosk.item(odd), hall.kiosk.item(hall.kiosk.payload())
    )
    assert (first["outcome"], last["outcome"]) == ("accepted", "accepted")
    assert (bad["outcome"], bad["reason"]) == ("rejected", "payload_invalid")


def test_the_database_shows_neither_words_nor_code_of_what_waits(
    hall: Hall, form: dict[str, Any]
) -> None:
    hall.say(form, "addition", "演示补充")
    ((text, hashed),) = rows(hall, "SELECT text, code_hash FROM wish")
    assert "演示".encode() not in text
    assert hashed.startswith("hmac$")
    hall.send(hall.kiosk.item(form))
    everything = b"".join(file.read_bytes() for file in hall.folder.glob("central.db*"))
    assert "演示补充".encode() not in everything
    assert hall.clerk("/log", method="GET").json()["broken_at"] == 0


def test_pictures_may_be_added_afterwards(hall: Hall, form: dict[str, Any]) -> None:
    hall.send(hall.kiosk.item(form))
    hall.close(form, CLOSED)
    picture = hall.wish(form, "attachment", content="/9j/2Q==")
    hall.send(hall.kiosk.item(picture | {"facts": {"paper": "演示照片", "page": 1}}))
    assert [each["paper"] for each in hall.case(form)["attachments"]] == ["演示照片"]
