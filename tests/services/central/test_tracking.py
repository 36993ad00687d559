"""On a phone: forms without scripts for what can still be done with a case."""

import re
from datetime import datetime, timedelta

import pytest

from services.central.feedback import ZONE
from tests.services.central.test_status import other_code

CLOSED = datetime(2026, 9, 30, 10, 0, tzinfo=ZONE)


def post(hall, case, act="", **form):
    data = {"number": case["number"], "code": case["code"]} | form
    return hall.client.post(f"/track/{act}" if act else "/track", data=data)


def offered(page) -> list[str]:
    return re.findall(r'action="/track/(\w+)"', page.text)


@pytest.fixture
def answered(hall):
    case = hall.hand_in()
    hall.close(case, CLOSED)
    return case


def test_the_page_offers_what_can_be_done(hall):
    case = hall.hand_in()
    page = post(hall, case)
    assert offered(page) == ["addition", "withdrawal"]
    assert "<script" not in page.text
    hall.close(case, CLOSED)
    page = post(hall, case)
    assert offered(page) == ["addition", "reopening", "rating"]
    assert re.findall(r'type="radio" name="rating" value="(\d)" required> (\w+)', page.text) == [
        ("5", "非常满意"),
        ("4", "满意"),
        ("3", "基本满意"),
        ("2", "不满意"),
        ("1", "非常不满意"),
    ]


def test_every_form_sends_number_and_code_again_and_nothing_is_in_an_address(hall, answered):
    page = post(hall, answered)
    forms = re.findall(r"<form .*?</form>", page.text, re.DOTALL)
    assert len(forms) == 3
    for form in forms:
        assert 'method="post"' in form
        assert f'name="number" value="{answered["number"]}"' in form
        assert f'name="code" value="{answered["code"]}"' in form
    for address in re.findall(r'(?:href|action)="([^"]*)"', page.text):
        assert answered["number"] not in address
        assert answered["code"] not in address
    assert not hall.client.cookies
    assert page.headers["Cache-Control"] == "no-store"


def test_words_are_added(hall):
    case = hall.hand_in()
    page = post(hall, case, "addition", text="演示补充\r\n<b>第二行</b>")
    assert page.status_code == 200
    assert "补充的收到了" in page.text
    assert "您补充了情况" in page.text
    event = hall.case(case)["events"][-1]
    assert (event["action"], event["actor"]) == ("added", "citizen")
    assert event["detail"] == "演示补充\n<b>第二行</b>"


def test_a_page_loaded_again_adds_nothing(hall):
    case = hall.hand_in()
    for _ in range(2):
        assert post(hall, case, "addition", text="演示补充").status_code == 200
    assert len(hall.case(case)["events"]) == 2


@pytest.mark.parametrize("text", ["", "  ", "x" * 1001, "a\0b"])
def test_an_addition_that_cannot_be_kept_is_asked_for_again(hall, text):
    case = hall.hand_in()
    page = post(hall, case, "addition", text=text)
    assert page.status_code == 422
    assert "请写下要说的" in page.text
    assert len(hall.case(case)["events"]) == 1


def test_an_enquiry_is_made_a_complaint_with_one_tap_the_first_thing_offered(hall):
    case = hall.hand_in(verdict={"primary": "", "classes": [], "subclasses": []})
    page = post(hall, case)
    assert offered(page) == ["upgrade", "addition", "withdrawal"]
    (form,) = re.findall(r"<form[^>]*/track/upgrade.*?</form>", page.text, re.DOTALL)
    fields = set(re.findall(r'name="(\w+)"', form))
    assert fields == {"number", "code"}
    assert "不用重填" in form
    page = post(hall, case, "upgrade")
    assert "这件事按反映问题办。" in page.text
    assert "您说还没办成，转为反映" in page.text
    assert offered(page) == ["addition", "withdrawal"]
    event = hall.case(case)["events"][-1]
    assert (event["action"], event["actor"]) == ("upgraded", "citizen")
    again = post(hall, case, "upgrade")
    assert again.status_code == 409
    assert hall.case(case)["events"][-1] == event


def test_a_withdrawal_is_asked_for_twice(hall):
    case = hall.hand_in()
    page = post(hall, case, "withdrawal")
    assert "真的要撤回吗" in page.text
    assert hall.case(case)["state"] == "received"
    assert re.findall(r'action="([^"]*)"', page.text) == ["/track/withdrawal", "/track"]
    (sure,) = re.findall(r'name="sure" value="(\w+)"', page.text)
    page = post(hall, case, "withdrawal", sure=sure)
    assert "已经撤回。" in page.text
    assert offered(page) == []
    assert 'class="ahead"' not in page.text
    assert hall.case(case)["state"] == "withdrawn"


def test_what_is_not_settled_is_taken_up_again(hall, answered):
    page = post(hall, answered, "reopening", text="演示：还没拿到")
    assert "重新办" in page.text
    assert re.findall(r'class="ahead">(\w+)', page.text) == [
        "已交给部门去办",
        "部门已有答复",
        "已经告诉您和窗口",
    ]
    event = hall.case(answered)["events"][-1]
    assert (event["action"], event["detail"]) == ("reopened", "演示：还没拿到")


def test_a_case_is_rated_once(hall, answered):
    page = post(hall, answered, "rating", rating="2")
    assert "评价收到了" in page.text
    assert "您评价了：不满意" in page.text
    assert offered(page) == ["addition", "reopening"]
    again = post(hall, answered, "rating", rating="5")
    assert again.status_code == 409
    assert "现在不能这样做了" in again.text
    assert hall.case(answered)["rating"] == 2


@pytest.mark.parametrize("rating", ["", "0", "6", "best", "²"])
def test_a_rating_has_one_of_the_five_levels(hall, answered, rating):
    assert post(hall, answered, "rating", rating=rating).status_code == 422
    assert hall.case(answered)["rating"] is None


@pytest.mark.parametrize(
    ("act", "form"),
    [("withdrawal", {}), ("withdrawal", {"sure": "yes"}), ("reopening", {})],
)
def test_what_is_too_late_is_said_and_leaves_nothing_in_the_log(hall, answered, act, form):
    hall.status(answered)
    hall.clock.moment = CLOSED + timedelta(days=31)
    before = hall.case(answered)["events"]
    page = post(hall, answered, act, **form)
    assert page.status_code == 409
    assert "现在不能这样做了" in page.text
    assert hall.case(answered)["events"] == before


@pytest.mark.parametrize("act", ["addition", "withdrawal", "reopening", "rating", "upgrade"])
def test_without_the_code_nothing_is_done_and_guessing_is_slow(hall, answered, act):
    wrong = {"code": other_code(answered["code"]), "text": "演示", "rating": "1", "sure": "yes"}
    before = hall.case(answered)["events"]
    answers = [post(hall, answered, act, **wrong) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {404}
    assert post(hall, answered, act, text="演示", rating="1", sure="yes").status_code == 429
    assert hall.case(answered)["events"] == before


def test_nobody_can_fill_a_case_with_words(hall):
    case = hall.hand_in()
    codes = [post(hall, case, "addition", text=f"演示{n}").status_code for n in range(11)]
    assert codes == [200] * 10 + [429]
    assert hall.status(case).status_code == 200


@pytest.mark.parametrize("act", ["complaint", "attachment"])
def test_other_kinds_are_not_done_afterwards(hall, act):
    case = hall.hand_in()
    assert post(hall, case, act, text="演示").status_code == 422


def test_a_tab_opened_again_leads_to_the_page_that_asks(hall):
    assert hall.client.get("/track/rating").url.path == "/track"
