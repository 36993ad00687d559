"""What happens with what a citizen holds under the scanner, wherever they stand."""

import logging
from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from kiosk.domain.session.parking_code import new_parking_code
from kiosk.domain.submission.receipt import new_code, new_number
from tests.ui.stage import ITEM, Stage
from ui.viewmodels.printing import tracking_page

NUMBER, CODE = new_number("BBC"), new_code()
IGNORED, UNKNOWN = "扫到的码先不用", "没有受理编号"


def scan_slip(stage: Stage, number: str = NUMBER) -> None:
    stage.visitor.scan(tracking_page(stage.shell.desk, number))


@pytest.mark.parametrize(
    "show",
    [
        lambda shell: shell.finish(),
        lambda shell: None,
        lambda shell: shell.go("category"),
        lambda shell: shell.go("search"),
        lambda shell: shell.go("guide", item_id=ITEM),
        lambda shell: shell.go("follow"),
    ],
    ids=["attract", "home", "category", "search", "guide", "follow"],
)
def test_a_slip_opens_its_case_with_the_number_filled_in(
    stage: Stage, show: Callable[[object], None]
) -> None:
    show(stage.shell)
    scan_slip(stage)
    assert stage.shell.screen == "follow"
    assert (stage.present.number, stage.present.code) == (NUMBER, "")
    stage.visitor.expect("查办理进度")
    stage.visitor.wait(lambda: stage.visitor.settled, "the screen to settle")
    stage.visitor.type(CODE[:1])
    assert stage.present.code == CODE[:1]
    assert stage.shell.presence.countdown == 0


def test_a_query_code_is_filled_in_where_the_code_holds_it(stage: Stage) -> None:
    stage.visitor.scan(f"{NUMBER} {CODE}")
    assert (stage.present.number, stage.present.code) == (NUMBER, CODE)
    stage.visitor.tap("返回")
    stage.visitor.expect("您好")


def test_a_parked_form_s_code_is_filled_in_and_needs_no_other(stage: Stage) -> None:
    code = new_parking_code()
    stage.visitor.scan(code)
    assert stage.present.number == code
    stage.visitor.expect("接着填")


def test_another_slip_takes_the_place_of_the_first_one(stage: Stage) -> None:
    other = new_number("BBC")
    stage.visitor.scan(f"{NUMBER} {CODE}")
    scan_slip(stage, other)
    assert (stage.present.number, stage.present.code) == (other, "")
    stage.visitor.tap("返回")
    stage.visitor.expect("您好")


def test_a_text_field_never_gets_what_was_scanned(stage: Stage) -> None:
    stage.shell.go("search")
    stage.visitor.expect("想到什么写什么")
    search = stage.present
    stage.visitor.scan("6901234567892")
    stage.visitor.expect(UNKNOWN)
    QTest.qWait(200)
    assert search.text == ""
    stage.visitor.tap("知道了")
    assert stage.present is search


@pytest.mark.parametrize("screen", ["question", "review", "receipt"])
def test_what_has_been_begun_is_not_got_in_the_way_of(stage: Stage, screen: str) -> None:
    form = stage.form("application", "name" if screen == "question" else "")
    stage.shell.go(screen, form=form)
    stage.visitor.wait(lambda: stage.visitor.settled, "the screen to settle")
    if screen == "question":
        stage.present.type("yan shi")
    before, answers = stage.present, form.walk.answers
    scan_slip(stage)
    stage.visitor.expect(IGNORED)
    stage.visitor.tap("知道了")
    assert stage.present is before
    assert form.walk.answers == answers
    if screen == "question":
        assert before.text == "yan shi"


def test_the_question_for_the_number_takes_it(stage: Stage) -> None:
    form = stage.form("complaint")
    form.walk, form.changing = form.walk.change("project_no"), True
    stage.shell.go("question", form=form)
    stage.visitor.expect("放到扫码口")
    scan_slip(stage)
    assert stage.present.text == NUMBER
    stage.visitor.scan("340000-2026-0001234")
    assert stage.present.text == "340000-2026-0001234"
    stage.visitor.scan("https://example.com/somewhere")
    stage.visitor.expect(UNKNOWN)
    stage.visitor.tap("知道了")
    assert stage.present.text == "340000-2026-0001234"


@pytest.mark.parametrize("question", ["trouble", "item"])
def test_a_complaint_that_has_barely_begun_looks_the_case_up_and_waits_behind(
    stage: Stage, question: str
) -> None:
    stage.shell.go("question", form=stage.form("complaint", question))
    asked = stage.present
    stage.visitor.wait(lambda: stage.visitor.settled, "the screen to settle")
    scan_slip(stage)
    assert (stage.shell.screen, stage.present.number) == ("follow", NUMBER)
    other = new_number("BBC")
    scan_slip(stage, other)
    assert (stage.shell.screen, stage.present.number) == ("follow", other)
    stage.visitor.tap("返回")
    stage.visitor.expect(asked.ask)
    assert stage.present is asked


def test_a_complaint_further_on_is_not_left(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("complaint", "visits"))
    scan_slip(stage)
    stage.visitor.expect(IGNORED)


def test_what_lies_over_the_screen_is_answered_first(stage: Stage) -> None:
    stage.shell.setHelp(True)
    scan_slip(stage)
    assert stage.shell.screen == "home"
    stage.shell.setHelp(False)
    for _ in range(stage.settings.idle.warn_after):
        stage.shell.presence.tick()
    scan_slip(stage)
    assert stage.shell.screen == "home"
    assert stage.shell.countdown > 0


def test_what_was_scanned_is_not_logged(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        scan_slip(stage)
        stage.visitor.scan("340000-2026-0001234")
    assert NUMBER not in caplog.text
    assert "0001234" not in caplog.text


def test_who_scans_is_there(stage: Stage) -> None:
    for _ in range(stage.settings.idle.warn_after - 1):
        stage.shell.presence.tick()
    scan_slip(stage)
    stage.shell.presence.tick()
    assert stage.shell.countdown == 0
