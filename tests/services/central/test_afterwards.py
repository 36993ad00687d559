"""What comes of additions, withdrawals, reopenings, ratings and upgrades."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.orm import Session

from kiosk.domain.submission.afterwards import AFTERWARDS, REOPEN_WITHIN, Wish
from kiosk.domain.submission.case import CaseState, Note, Rating
from kiosk.domain.submission.model import Kind
from services.central import afterwards, cases, eventlog
from services.central.cases import Told, WrongOrderError
from services.central.database import Database, sqlite_url
from services.central.feedback import ZONE
from services.central.publish import open_editions
from services.central.tables import CaseRow, KioskRow, SubmissionRow
from services.central.vault import KEY_BYTES, Vault, about
from tests.services.catalogue.made_up import edition
from tests.services.central.conftest import NOON, Hall

CLOSED = datetime(2026, 9, 30, 10, 0, tzinfo=ZONE)


ENQUIRY: dict[str, Any] = {"primary": "", "classes": [], "subclasses": [], "level": "省级"}


def shown(hall: Hall, case: dict[str, Any]) -> list[str]:
    return [event["action"] for event in hall.case(case)["events"]]


def test_the_citizen_is_offered_what_is_possible_and_nothing_else(hall: Hall) -> None:
    case = hall.hand_in()
    assert hall.status(case).json()["possible"] == ["addition", "withdrawal"]
    hall.close(case, CLOSED)
    assert hall.status(case).json()["possible"] == ["addition", "rating", "reopening"]
    hall.clock.moment = CLOSED + REOPEN_WITHIN + timedelta(seconds=1)
    assert hall.status(case).json()["possible"] == ["addition", "rating"]
    hall.say(case, "rating", rating=4)
    status = hall.status(case).json()
    assert (status["possible"], status["rating"]) == (["addition"], 4)
    assert [note["note"] for note in status["notes"]] == ["rated"]


def test_a_reopened_case_is_dispatched_and_answered_once_more(hall: Hall) -> None:
    case = hall.hand_in()
    hall.close(case, CLOSED)
    hall.act(case, "tell-window")
    hall.status(case)
    hall.say(case, "reopening", "演示：还没拿到")
    reopened = hall.status(case).json()
    assert (reopened["state"], reopened["result"]) == ("reopened", "")
    assert reopened["feedback_due"] is None
    detail = hall.case(case)
    assert (detail["citizen_told"], detail["window_told"], detail["overdue"]) == (False,) * 3
    assert hall.act(case, "register").status_code == 409
    assert hall.act(case, "dispatch", department="演示二科").status_code == 200
    assert hall.act(case, "close", result="演示：已经寄出").status_code == 200
    hall.status(case)
    assert hall.act(case, "tell-window").json()["state"] == "answered"
    states = [event["state"] for event in hall.status(case).json()["events"]]
    again = ["dispatched", "closed", "answered"]
    assert states == ["received", "registered", *again, "reopened", *again]


def test_a_second_answer_brings_no_second_rating_but_a_first_one(hall: Hall) -> None:
    rated, unrated = hall.hand_in(), hall.hand_in()
    hall.close(rated, CLOSED)
    hall.say(rated, "rating", rating=5)
    hall.close(unrated, CLOSED)
    for case in (rated, unrated):
        hall.say(case, "reopening")
        hall.act(case, "dispatch", department="演示部门")
        hall.act(case, "close", result="演示结果")
        hall.say(case, "rating", rating=3)
    assert (hall.case(rated)["rating"], hall.case(unrated)["rating"]) == (5, 3)
    assert shown(hall, rated)[-1] == "late_rating"


@pytest.mark.parametrize("rating", Rating)
def test_the_two_lowest_levels_are_to_be_followed_up(hall: Hall, rating: Rating) -> None:
    case = hall.hand_in()
    hall.close(case, CLOSED)
    hall.say(case, "rating", rating=int(rating))
    assert (hall.case(case)["follow_up_since"] is not None) == (rating <= 2)
    assert hall.clerk("/cases", method="GET").json()["to_follow_up"] == int(rating <= 2)


def test_what_is_to_be_followed_up_is_listed_until_a_clerk_says_how_it_was(hall: Hall) -> None:
    quiet, loud = hall.hand_in(), hall.hand_in()
    hall.close(loud, CLOSED)
    hall.say(loud, "reopening")
    listed = hall.clerk("/cases?follow_up=true", method="GET").json()
    assert [case["number"] for case in listed["cases"]] == [loud["number"]]
    assert (listed["total"], listed["to_follow_up"]) == (1, 1)
    assert hall.act(loud, "follow-up", note=" ").status_code == 422
    assert hall.act(loud, "follow-up", note="演示：打过电话").json()["follow_up_since"] is None
    assert hall.act(loud, "follow-up", note="演示").status_code == 409
    assert hall.act(quiet, "follow-up", note="演示").status_code == 409
    (done,) = [e for e in hall.case(loud)["events"] if e["action"] == "followed_up"]
    assert (done["actor"], done["detail"]) == ("clerk", "演示：打过电话")
    assert "电话" not in hall.status(loud).text


def test_an_enquiry_is_made_a_complaint_where_it_stands_while_it_is_in_work(hall: Hall) -> None:
    case = hall.hand_in(verdict=ENQUIRY)
    assert hall.case(case)["enquiry"]
    assert hall.status(case).json()["possible"] == ["addition", "upgrade", "withdrawal"]
    hall.act(case, "register")
    hall.say(case, "upgrade")
    seen, status = hall.case(case), hall.status(case).json()
    assert (seen["state"], seen["enquiry"], seen["department"]) == ("registered", False, "")
    assert seen["follow_up_since"] == "2026-09-29T04:00:00Z"
    assert seen["upgraded_at"] == "2026-09-29T03:58:00Z"
    assert shown(hall, case) == ["received", "registered", "upgraded"]
    assert status["possible"] == ["addition", "withdrawal"]
    assert [note["note"] for note in status["notes"]] == ["upgraded"]


def test_an_answered_enquiry_is_taken_up_again_as_a_complaint_however_late(hall: Hall) -> None:
    case = hall.hand_in(verdict=ENQUIRY)
    hall.close(case, CLOSED)
    hall.act(case, "tell-window")
    hall.status(case)
    hall.clock.moment = CLOSED + timedelta(days=400)
    assert hall.status(case).json()["possible"] == ["addition", "rating", "upgrade"]
    hall.say(case, "upgrade", "演示：还没办成", created_at=hall.clock.moment.isoformat())
    seen = hall.case(case)
    assert (seen["state"], seen["result"], seen["feedback_due"]) == ("reopened", "", None)
    assert (seen["citizen_told"], seen["window_told"]) == (False, False)
    assert seen["follow_up_since"] is not None
    said = [(event["action"], event["detail"]) for event in seen["events"][-2:]]
    assert said == [("upgraded", "演示：还没办成"), ("reopened", "")]
    assert hall.act(case, "dispatch", department="演示二科").status_code == 200


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("complaint", {"primary": "2", "classes": ["2"], "subclasses": ["2"]}),
        ("complaint", {"route": "R05", "level": "待核实"}),
        ("complaint", {}),
        ("application", {"primary": ""}),
    ],
)
def test_only_a_complaint_without_class_and_route_is_registered_as_an_enquiry(
    hall: Hall, kind: str, verdict: dict[str, Any]
) -> None:
    case = hall.hand_in(kind=kind, verdict=verdict)
    assert not hall.case(case)["enquiry"]
    assert "upgrade" not in hall.status(case).json()["possible"]
    hall.say(case, "upgrade")
    assert shown(hall, case) == ["received", "late_upgrade"]
    assert hall.case(case)["follow_up_since"] is None


def test_a_second_upgrade_comes_too_late_and_so_does_one_after_withdrawal(hall: Hall) -> None:
    twice, gone = hall.hand_in(verdict=ENQUIRY), hall.hand_in(verdict=ENQUIRY)
    hall.say(twice, "upgrade")
    hall.say(twice, "upgrade")
    hall.say(gone, "withdrawal")
    hall.say(gone, "upgrade")
    assert shown(hall, twice) == ["received", "upgraded", "late_upgrade"]
    assert shown(hall, gone) == ["received", "withdrawn", "late_upgrade"]
    assert (hall.case(gone)["state"], hall.case(gone)["upgraded_at"]) == ("withdrawn", None)


@pytest.mark.parametrize(
    ("said_at", "overdue"),
    [
        ("2026-10-08T23:59:00+08:00", None),
        ("2026-10-09T00:01:00+08:00", "1"),
        ("2026-10-12T09:00:00+08:00", "3"),
        ("2099-01-01T00:00:00+08:00", "3"),
    ],
)
def test_the_clerk_reads_the_verdict_as_of_the_day_the_upgrade_was_said(
    hall: Hall, said_at: str, overdue: str | None
) -> None:
    due = ENQUIRY | {"due": "2026-10-08", "overdue": "0", "limit": "1C"}
    case = hall.hand_in(verdict=due)
    assert hall.case(case)["verdict"] == due
    hall.clock.moment = datetime(2026, 10, 12, 12, 0, tzinfo=ZONE)
    assert hall.case(case)["verdict"] == due
    hall.say(case, "upgrade", created_at=said_at)
    passed = {"primary": "1", "classes": ["1"], "subclasses": ["1C"], "level": "省级"}
    expected = passed | {"due": "2026-10-08", "overdue": overdue} if overdue else due
    assert hall.case(case)["verdict"] == expected


def test_the_same_words_again_add_nothing(hall: Hall) -> None:
    case = hall.hand_in()
    for text in ("演示一", "演示一", "演示二", "演示一"):
        hall.say(case, "addition", text)
    details = [e["detail"] for e in hall.case(case)["events"] if e["action"] == "added"]
    assert details == ["演示一", "演示二", "演示一"]


def test_a_withdrawn_appointment_is_free_for_others(hall: Hall) -> None:
    open_editions(hall.folder).publish(edition(), date(2026, 11, 1))
    hall.clock.moment = datetime(2026, 11, 24, 12, 0, tzinfo=ZONE)
    facts = {"slot": "2026-11-25T09:00", "division": "340000"}
    asked = {"kind": "booking", "item_id": "DEMO-XX-002", "facts": facts, "verdict": {}}
    first, *_ = [hall.hand_in(**asked) for _ in range(3)]
    assert hall.status(hall.hand_in(**asked)).json()["booking"] == "full"
    hall.say(first, "withdrawal")
    assert hall.status(first).json()["booking"] == ""
    assert hall.status(hall.hand_in(**asked)).json()["booking"] == "booked"


KINDS, LEVELS = sorted(AFTERWARDS), st.sampled_from(Rating)
STEPS: list[tuple[str, Callable[..., None]]] = [
    ("register", cases.register),
    ("dispatch", lambda s, v, c, at: cases.dispatch(s, v, c, at, "演示部门")),
    ("close", lambda s, v, c, at: cases.close(s, v, c, at, "演示结果")),
    ("window", lambda s, v, c, at: cases.tell(s, v, c, at, Told.WINDOW, cases.CLERK)),
    ("citizen", lambda s, v, c, at: cases.tell(s, v, c, at, Told.CITIZEN, cases.CITIZEN)),
    ("follow up", lambda s, v, c, at: cases.follow_up(s, v, c, at, "演示回访")),
]


class LifeOfACase(RuleBasedStateMachine):
    """Whatever clerk and citizen do in whatever order: the case is where it should be, is rated
    once, upgraded once and only from an enquiry, stays withdrawn, and nothing that had no effect
    has changed it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.database = Database(sqlite_url(self.folder / "central.db"))
        self.vault = Vault(bytes(KEY_BYTES))
        self.now = NOON
        self.state, self.told = CaseState.RECEIVED, set[str]()
        self.told_at: datetime | None = None
        self.rating: Rating | None = None
        self.to_follow_up = self.enquiry = self.upgraded = False
        with self.database.write() as session:
            session.add(KioskRow(id="demo-kiosk-1", verify_key=b"", enrolled_at=NOON))
            session.flush()
            session.add(
                SubmissionRow(
                    id="case",
                    kiosk_id="demo-kiosk-1",
                    sha256=b"",
                    registered_at=NOON,
                    key_id="",
                    receipt_signature=b"",
                )
            )
            session.flush()
            empty = {
                column: self.vault.seal("", about("case", column))
                for column in ("item_name", "payload", "department", "result")
            }
            session.add(
                CaseRow(
                    id="case",
                    number="BBC-7K4M-92QX-5",
                    code_hash="",
                    kind="complaint",
                    received_at=NOON,
                    state=CaseState.RECEIVED,
                    **empty,
                )
            )

    def teardown(self) -> None:
        with self.database.read() as session:
            assert eventlog.verify(session).broken_at == 0
        self.database.close()
        shutil.rmtree(self.folder)

    def try_it(self, step: Callable[[Session, CaseRow], None]) -> bool:
        try:
            with self.database.write() as session:
                step(session, session.get_one(CaseRow, "case"))
        except WrongOrderError:
            return False
        return True

    @initialize(enquiry=st.booleans())
    def it_was_registered(self, enquiry: bool) -> None:
        self.enquiry = enquiry
        with self.database.write() as session:
            session.get_one(CaseRow, "case").enquiry = enquiry

    @rule(hours=st.integers(1, 24 * 20))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(step=st.sampled_from(STEPS))
    def a_clerk_or_the_reading_citizen_acts(self, step: tuple[str, Callable[..., None]]) -> None:
        name, act = step
        done = self.try_it(lambda session, case: act(session, self.vault, case, self.now))
        assert done == self.may_step(name)
        if done:
            self.step(name)

    @rule(kind=st.sampled_from(KINDS), level=LEVELS, queued=st.booleans())
    def the_citizen_wants_something(self, kind: Kind, level: Rating, queued: bool) -> None:
        wish = Wish(kind, self.now, f"演示 {self.now}", level if kind is Kind.RATING else None)
        do = afterwards.arrive if queued else afterwards.fulfil
        done = self.try_it(lambda s, case: do(s, self.vault, case, wish, self.now, "citizen"))
        allowed = self.may_want(kind)
        assert done == (allowed or queued)
        if allowed:
            self.grant(kind, level)
        elif queued:
            assert self.actions()[-1] == f"late_{kind}"

    def may_step(self, name: str) -> bool:
        match name:
            case "register":
                return self.state == "received"
            case "dispatch":
                return self.state in ("registered", "reopened")
            case "close":
                return self.state == "dispatched"
            case "follow up":
                return self.to_follow_up
        return self.state == "closed" and name not in self.told

    def step(self, name: str) -> None:
        match name:
            case "register":
                self.state = CaseState.REGISTERED
            case "dispatch":
                self.state = CaseState.DISPATCHED
            case "close":
                self.state, self.told, self.told_at = CaseState.CLOSED, set(), None
            case "follow up":
                self.to_follow_up = False
            case side:
                self.told.add(side)
                if side == "citizen":
                    self.told_at = self.now
                if len(self.told) == 2:
                    self.state = CaseState.ANSWERED

    def may_want(self, kind: Kind) -> bool:
        answered = self.state in ("closed", "answered")
        match kind:
            case Kind.WITHDRAWAL:
                return not answered and self.state != "withdrawn"
            case Kind.REOPENING:
                return answered and (
                    self.told_at is None or self.now - self.told_at <= timedelta(days=30)
                )
            case Kind.RATING:
                return answered and self.rating is None
            case Kind.UPGRADE:
                return self.enquiry and self.state != "withdrawn"
        return self.state != "withdrawn"

    def grant(self, kind: Kind, level: Rating) -> None:
        if kind is Kind.WITHDRAWAL:
            self.state = CaseState.WITHDRAWN
        elif kind is Kind.REOPENING:
            self.state, self.to_follow_up = CaseState.REOPENED, True
        elif kind is Kind.UPGRADE:
            self.enquiry, self.upgraded, self.to_follow_up = False, True, True
            if self.state in ("closed", "answered"):
                self.state = CaseState.REOPENED
        elif kind is Kind.RATING:
            self.rating = level
            self.to_follow_up = self.to_follow_up or level <= 2

    def actions(self) -> list[str]:
        with self.database.read() as session:
            events = cases.events(session, session.get_one(CaseRow, "case"))
            return [event.action for event in events]

    @invariant()
    def the_case_is_where_it_should_be(self) -> None:
        with self.database.read() as session:
            case = session.get_one(CaseRow, "case")
            assert (case.state, case.rating) == (self.state, self.rating)
            assert (case.follow_up_since is not None) == self.to_follow_up
            assert (case.enquiry, case.upgraded_at is not None) == (self.enquiry, self.upgraded)
            answered = case.state in ("closed", "answered")
            assert (case.closed_at is not None) == answered
            assert (cases.words(self.vault, case).result != "") == answered

    @invariant()
    def it_is_rated_and_upgraded_once_and_stays_withdrawn(self) -> None:
        actions = self.actions()
        assert actions.count(Note.UPGRADED) == int(self.upgraded)
        assert actions.count(Note.RATED) == int(self.rating is not None)
        if CaseState.WITHDRAWN in actions:
            after = actions[actions.index(CaseState.WITHDRAWN) + 1 :]
            assert set(after) <= {cases.FOLLOWED_UP, *(note for note in Note if "late" in note)}


TestLifeOfACase = LifeOfACase.TestCase
TestLifeOfACase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, derandomize=True
)
