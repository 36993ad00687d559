import re
from datetime import datetime

import pytest

from kiosk.domain.submission.receipt import new_code, new_number
from services import wire
from services.central.feedback import ZONE

CLOSED = datetime(2026, 9, 30, 10, 0, tzinfo=ZONE)


FIRST_VERSION = {
    *("number", "kind", "item_name", "state", "events", "department", "result"),
    *("feedback_due", "provisional", "booking", "possible", "rating", "notes"),
}


def ask(hall, number, code):
    return hall.ask(wire.CASE_PATH, number=number, code=code)


def other_code(code: str) -> str:
    return next(c for c in iter(new_code, "") if c != code)


def test_number_and_code_show_how_the_case_stands(hall):
    payload = hall.hand_in()
    status = wire.WireCaseStatus.model_validate(hall.status(payload).json())
    assert (status.number, status.state, status.kind) == (
        payload["number"],
        "received",
        "complaint",
    )
    assert [event.state for event in status.events] == ["received"]
    assert status.feedback_due is None


def test_a_case_is_followed_to_its_end(hall):
    payload = hall.hand_in()
    hall.close(payload, CLOSED)
    hall.act(payload, "tell-window")
    status = hall.status(payload).json()
    states = [event["state"] for event in status["events"]]
    assert states == ["received", "registered", "dispatched", "closed", "answered"]
    assert (status["department"], status["result"]) == ("演示部门", "演示结果")
    assert (status["feedback_due"], status["provisional"]) == ("2026-10-08", False)


@pytest.mark.parametrize("item_id", ["DEMO-SK-007", None])
def test_the_status_tells_which_matter_of_the_catalogue_it_is(hall, item_id):
    assert hall.status(hall.hand_in(item_id=item_id)).json()["item_id"] == item_id


def test_a_kiosk_that_does_not_say_what_it_reads_is_told_what_every_kiosk_knows(hall):
    """Kiosks of the first version read no answer with a field, kind or note they do not know."""
    enquiry = {"primary": "", "classes": [], "subclasses": []}
    case = hall.hand_in(item_id="DEMO-SK-007", verdict=enquiry)
    first, second = ask(hall, case["number"], case["code"]).json(), hall.status(case).json()
    assert (first["possible"], second["possible"]) == (
        ["addition", "withdrawal"],
        ["addition", "upgrade", "withdrawal"],
    )
    for _ in range(2):
        hall.say(case, "upgrade")
    hall.say(case, "addition", "演示补充")
    first, second = ask(hall, case["number"], case["code"]).json(), hall.status(case).json()
    notes = [[note["note"] for note in each["notes"]] for each in (first, second)]
    assert notes == [["added"], ["upgraded", "late_upgrade", "added"]]
    assert second.keys() - first.keys() == {"item_id"}
    assert first.keys() == FIRST_VERSION


def test_number_and_code_may_be_typed_as_people_type(hall):
    payload = hall.hand_in()
    number = payload["number"].lower().replace("-", " ")
    code = f"{payload['code'][:3]} {payload['code'][3:]} "
    assert ask(hall, number, code).status_code == 200


def test_wrong_numbers_wrong_codes_and_nonsense_are_answered_alike(hall):
    payload = hall.hand_in()
    answers = [
        ask(hall, payload["number"], other_code(payload["code"])),
        ask(hall, new_number("BBC"), payload["code"]),
        ask(hall, "nonsense", payload["code"]),
        ask(hall, payload["number"], "12"),
        ask(hall, "x" * 5000, "１２３４５６"),
        ask(hall, "", ""),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("exists", [True, False])
def test_after_five_failures_a_number_has_to_wait(hall, exists):
    payload = hall.hand_in()
    number = payload["number"] if exists else new_number("BBC")
    wrong = other_code(payload["code"])
    assert [ask(hall, number, wrong).status_code for _ in range(5)] == [404] * 5
    refused = ask(hall, number, payload["code"])
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 15 * 60
    assert hall.status(hall.hand_in()).status_code == 200


def test_good_answers_use_up_no_tries(hall):
    payload = hall.hand_in()
    assert {hall.status(payload).status_code for _ in range(8)} == {200}


def test_the_tracking_page_asks_for_number_and_code(hall):
    page = hall.client.get("/track", params={"number": 'BBC-7K4M"><script>'})
    assert page.status_code == 200
    assert 'value="BBC-7K4M&#34;&gt;&lt;script&gt;"' in page.text
    assert "<script" not in page.text
    assert "演示系统" in page.text
    assert "Track your case" in page.text


def test_the_tracking_page_shows_the_status_and_counts_as_telling(hall):
    payload = hall.hand_in()
    hall.close(payload, CLOSED)
    form = {"number": payload["number"], "code": payload["code"]}
    page = hall.client.post("/track", data=form)
    assert page.status_code == 200
    assert "演示结果" in page.text
    assert "2026-10-08" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    case = hall.clerk(f"/cases/{payload['number']}", method="GET").json()
    assert case["citizen_told"]


def test_the_tracking_page_shows_what_has_happened_and_what_is_still_to_come(hall):
    payload = hall.hand_in()
    hall.act(payload, "register")
    form = {"number": payload["number"], "code": payload["code"]}
    page = hall.client.post("/track", data=form).text
    assert re.findall(r'<li class="ahead">(\w+)', page) == [
        "已交给部门去办",
        "部门已有答复",
        "已经告诉您和窗口",
    ]
    assert page.count('aria-current="step"') == 1
    assert "接着会交给办这件事的部门。" in page
    assert "It goes to the department in charge next." in page


def test_opening_the_tracking_page_tells_nothing(hall):
    payload = hall.hand_in()
    hall.close(payload, CLOSED)
    page = hall.client.get("/track", params={"number": payload["number"]})
    assert "演示结果" not in page.text
    case = hall.clerk(f"/cases/{payload['number']}", method="GET").json()
    assert not case["citizen_told"]


def test_the_tracking_page_shares_the_limits(hall):
    payload = hall.hand_in()
    form = {"number": payload["number"], "code": other_code(payload["code"])}
    answers = [hall.client.post("/track", data=form).status_code for _ in range(5)]
    assert answers == [404] * 5
    assert hall.status(payload).status_code == 429
    refused = hall.client.post("/track", data=form)
    assert refused.status_code == 429
    assert "分钟后再试" in refused.text
    assert "Retry-After" in refused.headers


def test_pages_need_nothing_from_elsewhere(hall):
    page = hall.client.get("/track")
    assert set(re.findall(r'(?:href|src|action)="([^"]*)"', page.text)) == {
        "/static/site.css",
        "/track",
    }
    css = hall.client.get("/static/site.css")
    assert css.status_code == 200
    assert "url(" not in css.text
    assert "@import" not in css.text
