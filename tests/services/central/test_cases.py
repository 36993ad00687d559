import sqlite3
from datetime import date, datetime

import pytest

from kiosk.domain.calendar.workdays import Workdays, YearTable
from kiosk.domain.submission.receipt import new_number
from services.central.feedback import ZONE

CLOSED = datetime(2026, 9, 30, 10, 0, tzinfo=ZONE)
DUE = "2026-10-08"
STEPS = {
    "register": {},
    "dispatch": {"department": "演示部门"},
    "close": {"result": "演示结果"},
    "tell-window": {},
    "tell-citizen": {},
}
ALLOWED = {
    (): {"register"},
    ("register",): {"dispatch"},
    ("register", "dispatch"): {"close"},
    ("register", "dispatch", "close"): {"tell-window", "tell-citizen"},
    ("register", "dispatch", "close", "tell-window"): {"tell-citizen"},
    ("register", "dispatch", "close", "tell-citizen"): {"tell-window"},
    ("register", "dispatch", "close", "tell-window", "tell-citizen"): set(),
}


def shown(hall, payload):
    return hall.clerk(f"/cases/{payload['number']}", method="GET").json()


@pytest.mark.parametrize("done", ALLOWED)
def test_a_step_out_of_order_is_refused_and_changes_nothing(hall, done):
    payload = hall.hand_in()
    for step in done:
        assert hall.act(payload, step, **STEPS[step]).status_code == 200
    before = shown(hall, payload)
    for step in STEPS.keys() - ALLOWED[done]:
        answer = hall.act(payload, step, **STEPS[step])
        assert answer.status_code == 409
        assert answer.json()["detail"]
    assert shown(hall, payload) == before


def test_a_case_shows_everything_the_citizen_handed_in(hall):
    payload = hall.hand_in()
    case = shown(hall, payload)
    for name in ("number", "item_name", "answers", "facts", "verdict", "flow"):
        assert case[name] == payload[name]
    assert case["suggested_department"] == "演示部门"
    assert "code" not in case


@pytest.mark.parametrize("order", [("window", "citizen"), ("citizen", "window")])
def test_a_case_is_answered_only_when_both_sides_are_told(hall, order):
    payload = hall.hand_in()
    hall.close(payload, CLOSED)
    tell = {
        "window": lambda: hall.act(payload, "tell-window"),
        "citizen": lambda: hall.status(payload),
    }
    tell[order[0]]()
    assert shown(hall, payload)["state"] == "closed"
    tell[order[1]]()
    assert shown(hall, payload)["state"] == "answered"


def test_telling_the_citizen_by_phone_counts_as_reading_does(hall):
    payload = hall.hand_in()
    hall.close(payload, CLOSED)
    hall.act(payload, "tell-citizen")
    hall.status(payload)
    assert [e["action"] for e in shown(hall, payload)["events"]].count("citizen_told") == 1
    assert hall.act(payload, "tell-window").json()["state"] == "answered"


def test_reading_before_the_result_tells_nobody(hall):
    payload = hall.hand_in()
    hall.status(payload)
    assert not shown(hall, payload)["citizen_told"]


def test_feedback_is_overdue_from_the_day_after_it_was_due(hall):
    payload = hall.hand_in()
    hall.close(payload, CLOSED)
    hall.act(payload, "tell-window")
    hall.clock.moment = datetime(2026, 10, 8, 23, 59, tzinfo=ZONE)
    assert not shown(hall, payload)["overdue"]
    hall.clock.moment = datetime(2026, 10, 9, 0, 0, tzinfo=ZONE)
    (listed,) = hall.clerk("/cases", method="GET").json()["cases"]
    assert (listed["overdue"], listed["feedback_due"]) == (True, DUE)
    hall.act(payload, "tell-citizen")
    assert not shown(hall, payload)["overdue"]


def test_a_due_day_beyond_the_holiday_notice_is_provisional(hall):
    payload = hall.hand_in()
    hall.close(payload, datetime(2026, 12, 31, 10, 0, tzinfo=ZONE))
    assert shown(hall, payload)["provisional"]
    assert hall.status(payload).json()["provisional"]


def test_a_provisional_day_is_computed_anew_once_the_years_notice_is_there(start, workdays):
    hall = start()
    payload = hall.hand_in()
    hall.close(payload, datetime(2026, 12, 31, 10, 0, tzinfo=ZONE))
    guessed = hall.status(payload).json()
    assert (guessed["feedback_due"], guessed["provisional"]) == ("2027-01-04", True)
    off = frozenset(date(2027, 1, day) for day in range(1, 5))
    table = YearTable(2027, off, frozenset(), "演示通知", date(2026, 11, 10))
    kiosk, hall = hall.kiosk, start(Workdays({**workdays.years, 2027: table}))
    hall.kiosk = kiosk
    hall.clock.moment = datetime(2027, 1, 5, 23, 59, tzinfo=ZONE)
    for case in (hall.status(payload).json(), shown(hall, payload)):
        assert (case["feedback_due"], case["provisional"]) == ("2027-01-05", False)
    assert not shown(hall, payload)["overdue"]


def test_the_list_is_filtered_by_state_and_paged_newest_first(hall):
    payloads = []
    for minute in range(5):
        hall.clock.moment = CLOSED.replace(minute=minute)
        payloads.append(hall.hand_in(kind="application", verdict={}))
    for payload in payloads[:3]:
        hall.act(payload, "register")
    page = hall.clerk("/cases?state=registered&size=2&page=2", method="GET").json()
    assert [case["number"] for case in page["cases"]] == [payloads[0]["number"]]
    assert (page["total"], page["pages"]) == (3, 2)
    assert page["counts"]["received"] == 2
    first = hall.clerk("/cases?size=1", method="GET").json()["cases"][0]
    assert first["number"] == payloads[4]["number"]


@pytest.mark.parametrize("query", ["state=lost", "page=0", "page=x", "size=1000", "page=1" * 30])
def test_a_list_that_makes_no_sense_is_refused(hall, query):
    assert hall.clerk(f"/cases?{query}", method="GET").status_code == 422


@pytest.mark.parametrize("department", ["", "  ", "x" * 101, "a\0b", "a\x1bb"])
def test_a_department_must_be_readable(hall, department):
    payload = hall.hand_in()
    hall.act(payload, "register")
    path = f"/cases/{payload['number']}/dispatch"
    assert hall.clerk(path, {"department": department}).status_code == 422
    assert shown(hall, payload)["state"] == "registered"


def test_no_case_has_an_unknown_or_malformed_number(hall):
    for number in (new_number("BBC"), "x", "%00", "BBC-7K4M-92QX-2", "ſ" * 12):
        assert hall.clerk(f"/cases/{number}", method="GET").status_code == 404
        assert hall.clerk(f"/cases/{number}/register").status_code == 404


@pytest.mark.parametrize(
    "header", [None, "Bearer wrong", "Bearer ", "Basic eDp4", "Bearer \u00e9", "x"]
)
def test_without_the_token_the_clerk_routes_are_closed(hall, header):
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    for method, path in (("GET", "/cases"), ("GET", "/log"), ("POST", "/cases/x/register")):
        answer = hall.client.request(method, f"/v1/clerk{path}", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_every_look_at_a_case_is_recorded(hall):
    payload = hall.hand_in()
    shown(hall, payload)
    connection = sqlite3.connect(hall.database)
    last = connection.execute("SELECT actor, action, subject FROM audit ORDER BY seq DESC")
    assert last.fetchone() == ("clerk", "viewed", payload["id"])
    connection.close()
