import re
from datetime import UTC, date, datetime, timedelta

import pytest

from services.central.console import COOKIE, Sessions
from services.central.feedback import ZONE
from services.central.publish import open_editions
from tests.services.catalogue.made_up import edition
from tests.services.central import small_edition

CLOSED = datetime(2026, 9, 30, 10, 0, tzinfo=ZONE)


def csrf(page) -> str:
    return re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)


@pytest.fixture
def desk(hall):
    answer = hall.client.post("/console/login", data={"token": hall.token}, follow_redirects=False)
    assert answer.status_code == 303
    return hall


def press(hall, payload, step, **form):
    path = f"/console/cases/{payload['number']}"
    secret = csrf(hall.client.get(path))
    return hall.client.post(f"{path}/{step}", data={"csrf": secret} | form)


def test_without_login_every_page_leads_to_the_login(hall):
    payload = hall.hand_in()
    path = f"/console/cases/{payload['number']}"
    for method, place in (("GET", "/console"), ("GET", path), ("POST", f"{path}/register")):
        answer = hall.client.request(method, place, follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/console/login")


def test_a_wrong_token_opens_nothing(hall):
    answer = hall.client.post("/console/login", data={"token": "wrong"})
    assert answer.status_code == 403
    assert "口令不对" in answer.text
    assert COOKIE not in hall.client.cookies


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(hall):
    answer = hall.client.post("/console/login", data={"token": hall.token}, follow_redirects=False)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert hall.token not in cookie


def test_the_list_shows_states_and_overdue_feedback(desk):
    payload = desk.hand_in()
    other = desk.hand_in(kind="application", verdict={})
    desk.close(payload, CLOSED)
    desk.clock.moment = CLOSED + timedelta(days=10)
    page = desk.client.get("/console").text
    assert payload["number"] in page
    assert other["number"] in page
    assert page.count("反馈超期") == page.count('class="late"') == 1
    case = desk.client.get(f"/console/cases/{payload['number']}").text
    assert "反馈已超期，请马上告知窗口和群众。" in case
    assert "演示系统" in page
    assert other["number"] not in desk.client.get("/console?state=closed").text
    assert desk.client.get("/console?state=lost&page=-1").status_code == 200


def test_the_list_turns_its_pages(desk):
    items = [desk.kiosk.item(desk.kiosk.payload()) for _ in range(31)]
    desk.send(*items)
    assert "第 1 页，共 2 页" in desk.client.get("/console").text
    assert "上一页" in desk.client.get("/console?page=2&state=received").text


def test_a_case_page_shows_all_answers_and_escapes_them(desk):
    payload = desk.hand_in()
    page = desk.client.get(f"/console/cases/{payload['number']}").text
    assert "一直没结果 &lt;b&gt;演示&lt;/b&gt;" in page
    assert "您想反映哪一种事？" in page
    assert "第一类：申请了没办成；第二类：跑了两次以上没办成" in page
    assert "受理不及时" in page
    assert "自助终端 demo-kiosk-1" in page
    assert "<script" not in page


def test_a_case_page_says_that_characters_are_to_be_added(desk):
    whole, lacking = desk.hand_in(), desk.hand_in(facts={"lacks_characters": True})
    pages = [desk.client.get(f"/console/cases/{each['number']}").text for each in (whole, lacking)]
    assert ["补录" in page for page in pages] == [False, True]


def test_a_case_page_shows_the_appointment(desk):
    open_editions(desk.folder).publish(edition(), date(2026, 11, 1))
    desk.clock.moment = datetime(2026, 11, 24, 12, 0, tzinfo=ZONE)
    facts = {"slot": "2026-11-25T09:00", "division": "340000"}
    pages = []
    for _ in range(4):
        payload = desk.hand_in(kind="booking", item_id="DEMO-XX-002", facts=facts, verdict={})
        pages.append(desk.client.get(f"/console/cases/{payload['number']}").text)
    assert "2026-11-25 09:00，演示大厅（约好了）" in pages[0]
    assert "2026-11-25 09:00，演示大厅（约满了，请联系群众另约）" in pages[3]


def test_a_case_page_says_what_an_appointment_leaves_unclear(desk):
    payload = desk.hand_in(kind="booking", facts={"slot": "<b>soon</b>"}, verdict={})
    page = desk.client.get(f"/console/cases/{payload['number']}").text
    assert "时间不明，大厅不明（约满了，请联系群众另约）" in page
    assert "<b>soon" not in page


def test_a_clerk_leads_a_case_to_its_end_with_buttons(desk):
    payload = desk.hand_in()
    assert "已登记" in press(desk, payload, "register").text
    page = desk.client.get(f"/console/cases/{payload['number']}").text
    assert 'value="演示部门"' in page
    press(desk, payload, "dispatch", text="演示部门")
    press(desk, payload, "close", text="演示结果\r\n第二行")
    assert "窗口已知晓</button>" in desk.client.get(f"/console/cases/{payload['number']}").text
    press(desk, payload, "tell-window")
    done = press(desk, payload, "tell-citizen")
    assert "反馈完成" in done.text
    assert desk.status(payload).json()["state"] == "answered"


@pytest.mark.parametrize("secret", [None, "", "wrong", "é"])
def test_a_form_without_its_secret_changes_nothing(desk, secret):
    payload = desk.hand_in()
    data = {} if secret is None else {"csrf": secret}
    answer = desk.client.post(f"/console/cases/{payload['number']}/register", data=data)
    assert answer.status_code == 403
    assert desk.status(payload).json()["state"] == "received"


def test_a_button_pressed_twice_says_that_the_state_has_changed(desk):
    payload = desk.hand_in()
    press(desk, payload, "register")
    again = press(desk, payload, "register")
    assert again.status_code == 409
    assert "状态已经变了" in again.text


def test_an_empty_result_is_asked_for_again(desk):
    payload = desk.hand_in()
    press(desk, payload, "register")
    press(desk, payload, "dispatch", text="演示部门")
    answer = press(desk, payload, "close", text="  ")
    assert answer.status_code == 422
    assert "请填写内容" in answer.text


def test_an_unknown_case_or_step_is_a_page_that_says_so(desk):
    payload = desk.hand_in()
    assert desk.client.get("/console/cases/none").status_code == 404
    assert press(desk, payload, "burn").status_code == 404


def test_logging_out_ends_the_session(desk):
    secret = csrf(desk.client.get("/console"))
    key = desk.client.cookies[COOKIE]
    desk.client.post("/console/logout", data={"csrf": secret})
    desk.client.cookies.set(COOKIE, key)
    assert desk.client.get("/console", follow_redirects=False).status_code == 303


def test_logging_out_needs_the_forms_secret(desk):
    assert desk.client.post("/console/logout").status_code == 403
    assert desk.client.get("/console", follow_redirects=False).status_code == 200


def test_pages_are_never_cached_framed_or_scripted(desk):
    payload = desk.hand_in()
    for path in ("/console", "/console/login", f"/console/cases/{payload['number']}"):
        headers = desk.client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_session_ends_by_itself_after_a_working_day():
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    key = sessions.begin()
    now[0] = 8 * 60 * 60 - 1
    assert sessions.find(key) is not None
    now[0] += 1
    assert sessions.find(key) is None


def test_a_case_page_shows_what_the_citizen_did_afterwards(desk):
    payload = desk.hand_in()
    desk.say(payload, "addition", "演示补充 <i>一</i>")
    desk.close(payload, CLOSED)
    desk.say(payload, "rating", rating=2)
    desk.say(payload, "rating", rating=5)
    page = desk.client.get(f"/console/cases/{payload['number']}").text
    assert "演示补充 &lt;i&gt;一&lt;/i&gt;" in page
    assert "<dt>群众评价</dt><dd>不满意</dd>" in page
    assert "群众评价（未答复或已评价过，未生效）" in page
    assert "待回访" in page
    desk.say(payload, "reopening")
    page = desk.client.get(f"/console/cases/{payload['number']}").text
    assert "没有写什么" in page
    asked = page[page.index("<h2>回访") : page.index("<h2>经过")]
    assert re.findall(r"<li>(\S+)", asked) == ["群众评价：不满意", "群众说没解决，要重新办"]
    assert "演示结果" in page  # the former answer, in the course of the case
    assert "办理结果</dt>" not in page


def test_a_reopened_case_is_dispatched_again_from_its_page(desk):
    payload = desk.hand_in()
    desk.close(payload, CLOSED)
    desk.say(payload, "reopening", "没解决")
    assert "交办</button>" in desk.client.get(f"/console/cases/{payload['number']}").text
    assert "办结</button>" in press(desk, payload, "dispatch", text="演示二科").text


def test_nothing_is_left_to_do_with_a_withdrawn_case(desk):
    payload = desk.hand_in()
    desk.say(payload, "withdrawal")
    page = desk.client.get(f"/console/cases/{payload['number']}").text
    assert "群众已经撤回" in page
    assert page.count("<form") == 1  # logging out


def test_an_enquiry_is_told_apart_and_so_is_one_made_a_complaint(desk):
    payload = desk.hand_in(verdict={"primary": "", "classes": [], "subclasses": []})
    path = f"/console/cases/{payload['number']}"
    assert "反映问题（按咨询登记）" in desk.client.get(path).text
    assert "按咨询登记</small>" in desk.client.get("/console").text
    desk.say(payload, "upgrade")
    page = desk.client.get(path).text
    assert "先按咨询登记，群众 2026-09-29 11:58 转为反映" in page
    assert "群众说没办成，由咨询转为反映" in page
    assert "期限算到群众转为反映的那一天" in page
    assert "待回访" in page
    assert "没有写什么" not in page
    assert "按咨询登记</small>" not in desk.client.get("/console").text


def test_only_what_has_not_been_followed_up_is_asked_to_be(desk):
    payload = desk.hand_in()
    desk.close(payload, CLOSED)
    desk.say(payload, "rating", rating=1)
    press(desk, payload, "follow-up", text="演示回访")
    desk.clock.moment += timedelta(minutes=1)
    desk.say(payload, "reopening")
    page = desk.client.get(f"/console/cases/{payload['number']}").text
    asked = page[page.index("<h2>回访") : page.index("<h2>经过")]
    assert re.findall(r"<li>(\S+)", asked) == ["群众说没解决，要重新办"]


def test_what_was_left_empty_is_told_so(desk):
    empty = {"question": "story", "asked": "演示", "answer": "", "value": ""}
    payload = desk.hand_in(item_name="", answers=[empty])
    assert "没有说是哪一件" in desk.client.get("/console").text
    page = desk.client.get(f"/console/cases/{payload['number']}").text
    assert "<dt>事项</dt><dd>没有说是哪一件</dd>" in page
    assert '<dd class="text none">（没有填）</dd>' in page
    track = desk.client.post("/track", data={k: payload[k] for k in ("number", "code")}).text
    assert "Matter" not in track


def test_a_limit_that_can_still_be_kept_is_shown_in_words(desk):
    due = {"due": "2026-10-08", "overdue": "0", "limit": "1B"}
    payload = desk.hand_in(verdict={"primary": "", "classes": [], "subclasses": [], **due})
    page = desk.client.get(f"/console/cases/{payload['number']}").text
    assert "<dt>期限的种类</dt><dd>答复是否受理，还没有到期</dd>" in page


def test_a_route_is_shown_with_its_topic_and_who_is_responsible(desk):
    routed, unknown = (
        desk.hand_in(verdict={"route": route, "level": "待核实"}) for route in ("R01", "R99")
    )

    def shown(payload):
        page = desk.client.get(f"/console/cases/{payload['number']}").text
        return re.search(r"<dt>转办</dt><dd>(.*)</dd>", page).group(1)

    assert shown(routed) == "R01"  # nothing is published yet
    open_editions(desk.folder).publish(small_edition.edition(), date(2026, 11, 1))
    assert shown(routed) == "演示去处，由演示机构负责"
    assert desk.case(routed)["route"] == {"topic": "演示去处", "responsible": "演示机构"}
    assert shown(unknown) == "R99"
    assert desk.case(unknown)["route"] is None


def test_cases_to_be_followed_up_have_a_list_and_leave_it_with_a_note(desk):
    quiet, loud = desk.hand_in(), desk.hand_in()
    desk.close(loud, CLOSED)
    desk.say(loud, "rating", rating=1)
    page = desk.client.get("/console?follow_up=1").text
    assert loud["number"] in page
    assert quiet["number"] not in page
    assert page.count("badge follow-up") == 1
    empty = press(desk, loud, "follow-up", text=" ")
    assert empty.status_code == 422
    done = press(desk, loud, "follow-up", text="演示：打过电话")
    assert "badge follow-up" not in done.text
    assert "演示：打过电话" in done.text
    assert loud["number"] not in desk.client.get("/console?follow_up=1").text
    assert press(desk, loud, "follow-up", text="演示").status_code == 409


def test_what_was_written_for_one_form_does_not_land_in_another(desk):
    payload = desk.hand_in()
    desk.close(payload, CLOSED)
    desk.say(payload, "reopening")
    page = press(desk, payload, "follow-up", text="x" * 2001)
    assert page.status_code == 422
    assert page.text.count("x" * 2001) == 1
    assert f'id="note" name="text" rows="4" maxlength="2000" required>{"x" * 2001}' in page.text


def test_from_november_on_every_page_says_that_the_next_years_notice_is_missing(desk):
    payload = desk.hand_in()
    pages = ("/console", "/console?follow_up=1", f"/console/cases/{payload['number']}")
    told = "2027年的放假通知还没有载入"
    assert not any(told in desk.client.get(page).text for page in pages)
    desk.clock.moment = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)  # 1 November in the hall
    assert all(told in desk.client.get(page).text for page in pages)
    assert told in press(desk, payload, "dispatch").text
    assert told not in desk.client.get("/track").text
