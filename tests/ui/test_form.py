"""Questions, review and receipt, as a citizen goes through them."""

import pytest
from PySide6.QtTest import QTest

from kiosk.domain.submission.case import CaseEvent, CaseState, CaseStatus
from kiosk.domain.words import Language
from services.storage.outbox import SqliteOutbox
from tests.services.uplink.central import CentralSecrets
from tests.ui.conftest import Open
from tests.ui.stage import ITEM, Stage


@pytest.fixture
def at_name(stage: Stage) -> Stage:
    stage.shell.go("question", form=stage.form("application", "name"))
    stage.visitor.expect("叫什么名字")
    return stage


@pytest.fixture
def at_review(stage: Stage) -> Stage:
    stage.shell.go("review", form=stage.form("application"))
    stage.visitor.expect("请您看一遍")
    return stage


def answers(stage: Stage) -> dict[str, str]:
    """By question, every answer the review shows, on all its pages."""
    return {question: answer for question, _, answer in stage.present._form.lines()}


def test_the_other_language_keeps_what_was_typed(at_name: Stage) -> None:
    at_name.visitor.type("yan")
    at_name.visitor.tap("English")
    at_name.visitor.expect("What is the name")
    assert at_name.present.text == "yan"
    assert "yan" in at_name.visitor.texts()


def test_the_other_language_keeps_the_answers(at_review: Stage) -> None:
    before = answers(at_review)
    at_review.visitor.tap("English")
    at_review.visitor.expect("Please check")
    at_review.visitor.tap("中文")
    at_review.visitor.expect("请您看一遍")
    assert answers(at_review) == before


def test_going_back_keeps_the_answers(at_name: Stage) -> None:
    at_name.visitor.tap("返回")
    at_name.visitor.expect("您替谁办")
    assert [each["id"] for each in at_name.present.options if each["chosen"]] == ["self"]
    at_name.visitor.tap("下一步")
    at_name.visitor.expect("叫什么名字")


def test_an_answer_is_needed_to_go_on(at_name: Stage) -> None:
    at_name.visitor.wait(lambda: at_name.visitor.settled, "the screen to settle")
    onward = [each for each in at_name.visitor.look() if each.label == "下一步"]
    assert [each.enabled for each in onward] == [False]


def test_a_wrong_answer_is_told_and_kept(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("application", "phone"))
    stage.visitor.expect("打哪个电话")
    stage.visitor.type("12345")
    stage.visitor.tap("下一步")
    stage.visitor.wait(lambda: stage.present.problem != "", "the problem")
    assert stage.present.text == "12345"
    assert stage.present.problem in stage.visitor.texts()


def test_changing_one_answer_returns_to_the_review(at_review: Stage) -> None:
    kept = answers(at_review)
    at_review.present.change("whom_person")
    at_review.visitor.answer("您替谁办", "替家里人")
    at_review.visitor.expect("请您看一遍")
    now = answers(at_review)
    assert now.pop("whom_person") != kept.pop("whom_person")
    assert now == kept


def test_a_kiosk_without_keys_says_so_and_keeps_the_answers(at_review: Stage) -> None:
    before = answers(at_review)
    at_review.visitor.tap("没问题，提交")
    at_review.visitor.wait(lambda: at_review.present.problem != "", "the problem")
    assert at_review.shell.screen == "review"
    assert answers(at_review) == before


def test_without_network_the_receipt_says_stored_here_until_it_is_wiped(
    open_kiosk: Open, secrets: CentralSecrets
) -> None:
    stage = open_kiosk(secrets=secrets)
    stage.shell.go("review", form=stage.form("application"))
    stage.visitor.tap("没问题，提交")
    stage.visitor.expect("已安全存在本机")
    assert not stage.visitor.sees("中心已收到")
    outbox = SqliteOutbox(stage.settings.kiosk_folder / "outbox.sqlite")
    assert outbox.is_waiting(stage.visitor.read("number"))
    outbox.close()
    for _ in range(stage.settings.idle.receipt):
        stage.present.tick()
    stage.visitor.expect("轻轻一按")


def test_going_back_while_it_is_being_stored_does_not_lose_the_receipt(
    open_kiosk: Open, secrets: CentralSecrets
) -> None:
    stage = open_kiosk(secrets=secrets)
    stage.shell.go("review", form=stage.form("application"))
    review = stage.present
    review.submit()
    review.back()
    review.change("name")
    assert stage.shell.screen == "review"
    stage.visitor.expect("已安全存在本机")


def test_the_guide_leads_into_the_form_and_back(stage: Stage) -> None:
    stage.shell.go("guide", item_id=ITEM)
    stage.visitor.tap("开始填表")
    stage.visitor.expect("填表之前")
    stage.visitor.tap("返回")
    stage.visitor.expect("要带什么")


def test_a_wrong_check_digit_is_told_without_asking_the_centre(stage: Stage) -> None:
    stage.shell.go("follow")
    stage.visitor.expect("查办理进度")
    stage.present.typeNumber("BBC-2222-2222-3")
    stage.present.typeCode("123456")
    stage.present.ask()
    assert not stage.present.asking
    stage.visitor.expect("编号或者查询码写得不对")


def test_a_centre_out_of_reach_is_told_when_following(stage: Stage) -> None:
    number = stage.form("application").draft.number
    stage.shell.go("follow")
    stage.visitor.expect("查办理进度")
    stage.present.typeNumber(number)
    stage.present.typeCode("123456")
    stage.present.ask()
    stage.visitor.wait(lambda: stage.present.problem != "", "the problem")
    assert stage.present.problem in stage.visitor.texts()


@pytest.mark.parametrize(
    ("state", "to_come"),
    [(CaseState.REOPENED, ["dispatched", "closed", "answered"]), (CaseState.WITHDRAWN, [])],
)
def test_the_life_of_a_case_shows_what_happened_and_what_can_still_come(
    stage: Stage, state: CaseState, to_come: list[str]
) -> None:
    stage.shell.go("follow")
    stage.visitor.expect("查办理进度")
    happened = (CaseState.RECEIVED, CaseState.CLOSED, state)
    now = stage.kiosk.first.clock.now()
    stage.present.show(
        CaseStatus(
            number="BBC-2222-2222-2",
            kind="complaint",
            item_name="演示事项",
            state=state,
            events=tuple(CaseEvent(each, now) for each in happened),
            department="",
            result="",
            feedback_due=None,
            provisional=False,
        )
    )
    say = stage.kiosk.first.words(Language.ZH).say
    life = [(each["title"], each["done"]) for each in stage.present.events]
    assert life == [
        *((say(f"states.{each}.title"), True) for each in happened),
        *((say(f"states.{each}.title"), False) for each in to_come),
    ]


def test_danger_leads_to_the_emergency_numbers_and_nothing_is_kept(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("complaint", "trouble"))
    stage.visitor.expect("先打 110、119、120")
    stage.visitor.answer("遇到了什么事", "别的事")
    stage.visitor.answer("哪一种事", "有人有危险")
    stage.visitor.expect("110")
    stage.visitor.tap("回到首页")
    stage.visitor.expect("您好")
    assert stage.kiosk.backstage.result().outbox.status().waiting == 0


def test_misconduct_leads_to_its_channels_and_nothing_is_kept(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("complaint", "other", trouble="other"))
    stage.visitor.answer("哪一种事", "工作人员要好处")
    stage.visitor.expect("纪检监察")
    stage.visitor.expect("12388")
    assert stage.kiosk.backstage.result().outbox.status().waiting == 0


def test_a_topic_is_registered_and_passed_on(stage: Stage) -> None:
    form = stage.form("complaint", "topic", trouble="other", other="unsure")
    stage.shell.go("question", form=form)
    stage.visitor.seek("买到假货、消费纠纷、商家不退钱")
    stage.visitor.tap("买到假货、消费纠纷、商家不退钱")
    stage.visitor.tap("下一步")
    stage.visitor.expect("请先看看")
    assert form.found.route == "R11"
    whole = stage.form("complaint", trouble="other", other="unsure", topic="R11")
    assert ("topic", "挑一个最像的", "买到假货、消费纠纷、商家不退钱") in whole.lines()
    assert whole.submissions()[0].verdict == {"route": "R11", "level": "待核实"}


def test_a_topic_is_found_by_a_word_and_no_other_is_left_out(stage: Stage) -> None:
    form = stage.form("complaint", "topic", trouble="other", other="unsure")
    stage.shell.go("question", form=form)
    stage.visitor.expect("挑一个最像的")
    stage.visitor.tap("写一个词就能找")
    stage.visitor.type("gjj")
    stage.visitor.wait(lambda: stage.present.property("likely") == 1, "the topic")
    assert stage.present.property("options")[0]["label"] == "公积金"
    QTest.qWait(100)  # until the help has given its room to the topics
    stage.visitor.tap("公积金")
    stage.visitor.wait(lambda: not stage.visitor.rows("空格"), "the keyboard to go")
    seen = []
    for _ in range(stage.present.property("pages")):
        seen += [each["label"] for each in stage.present.property("options")]
        stage.present.turn(1)
    topics = (route.topic for route in stage.shell.desk.catalogue.routes.values())
    assert sorted(seen) == sorted(topics)
    stage.visitor.tap("下一步")
    stage.visitor.expect("请先看看")
    assert form.found.route == "R10"


def test_a_word_no_topic_has_says_so(stage: Stage) -> None:
    form = stage.form("complaint", "topic", trouble="other", other="unsure")
    stage.shell.go("question", form=form)
    stage.visitor.tap("写一个词就能找")
    stage.visitor.type("v")
    stage.visitor.expect("没有对上的")


def test_days_are_touched_on_a_calendar_and_one_of_the_options_takes_their_place(
    stage: Stage,
) -> None:
    stage.shell.go("question", form=stage.form("complaint", "visits"))
    stage.visitor.expect("去过哪几天")
    stage.visitor.tap("上个月")
    for day in ("15", "20", "15", "28"):
        stage.visitor.tap(day)
    assert [day["day"] for day in stage.present.days if day["chosen"]] == ["20", "28"]
    stage.visitor.tap("两次以上，忘了日子")
    assert not [day for day in stage.present.days if day["chosen"]]
    stage.visitor.tap("20")
    stage.visitor.tap("下一步")
    stage.visitor.expect("还有没有这样的事")


def test_none_of_several_takes_the_place_of_the_others(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("complaint", "more"))
    for option in ("pushed", "delayed"):
        stage.present.choose(option)
    assert [each["id"] for each in stage.present.options if each["chosen"]] == ["pushed", "delayed"]
    stage.present.choose("none")
    assert [each["id"] for each in stage.present.options if each["chosen"]] == ["none"]
    stage.present.choose("pushed")
    assert [each["id"] for each in stage.present.options if each["chosen"]] == ["pushed"]


def test_a_limit_that_has_passed_is_said_in_words(stage: Stage) -> None:
    form = stage.form("complaint")
    licence = form.item_answer(form.desk.catalogue.items["DEMO-YJ-001"])
    form.walk = form.walk.change("item").answered(licence).resume()
    stage.shell.go("review", form=form)
    stage.visitor.expect("应当在")
    assert stage.present.deadline in stage.visitor.texts()
    assert "工作日" in stage.present.deadline


def test_what_may_be_said_later_is_said_from_the_review(stage: Stage) -> None:
    form = stage.form("complaint")
    stage.shell.go("review", form=form)
    stage.present.change("project_no")
    stage.visitor.expect("受理单上的编号")
    stage.visitor.type("yan")
    stage.visitor.tap("下一步")
    stage.visitor.expect("请您看一遍")
    assert form.walk.facts["project_no"] == "yan"
