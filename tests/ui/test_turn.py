"""One citizen after another: warned, wiped, and never shown to the next."""

import gc
import logging
import weakref

import pytest
import shiboken6

from kiosk.errors import StorageError
from tests.ui.stage import Stage
from ui.viewmodels.screen import ScreenViewModel

SECRET = "yan shi"


def wait_out(stage: Stage, seconds: int) -> None:
    """So many seconds after the last touch, none of them real."""
    stage.shell.presence.stay()
    for _ in range(seconds):
        stage.shell.presence.tick()


def test_after_two_minutes_without_touch_comes_a_warning_that_counts_down(stage: Stage) -> None:
    wait_out(stage, 119)
    assert stage.shell.countdown == 0
    wait_out(stage, 120)
    assert stage.shell.countdown == 30
    stage.visitor.expect("您还在吗")
    wait_out(stage, 130)
    assert stage.shell.countdown == 20
    stage.visitor.expect("秒后会清除")


def test_the_larger_version_gives_more_time(stage: Stage) -> None:
    stage.shell.toggleLarger()
    wait_out(stage, 179)
    assert stage.shell.countdown == 0
    wait_out(stage, 180)
    assert stage.shell.countdown == 45


def test_a_touch_starts_the_two_minutes_anew(stage: Stage) -> None:
    wait_out(stage, 119)
    stage.visitor.tap("社会保障")
    stage.visitor.expect("能在本机办")
    stage.shell.presence.tick()
    stage.shell.presence.tick()
    assert stage.shell.countdown == 0


def test_who_says_so_under_the_warning_stays_where_they_were(stage: Stage) -> None:
    stage.shell.go("search")
    stage.present.type("sbk")
    wait_out(stage, 130)
    stage.visitor.tap("我还在，继续办")
    stage.visitor.wait(lambda: stage.shell.countdown == 0, "the warning to go")
    assert stage.shell.screen == "search"
    assert stage.present.text == "sbk"


def test_nothing_of_a_turn_remains_when_nobody_came_back(stage: Stage) -> None:
    shell = stage.shell
    stage.visitor.tap("English")
    stage.visitor.expect("Hello")
    shell.toggleLarger()
    shell.go("question", form=stage.form("application", "name"))
    stage.present.type(SECRET)
    left: list[ScreenViewModel] = [stage.present]
    form = weakref.ref(stage.present._form)
    wait_out(stage, 180 + 45)
    stage.visitor.expect("轻轻一按")
    stage.visitor.wait(lambda: not shiboken6.isValid(left[0]), "the view model to be deleted")
    assert (shell.screen, shell.language, shell.larger) == ("attract", "zh", False)
    assert not any(SECRET in seen.text + seen.label for seen in stage.visitor.look())
    left.clear()
    gc.collect()
    assert form() is None


def test_leaving_wipes_at_once(stage: Stage) -> None:
    stage.shell.go("search")
    stage.present.type(SECRET)
    left = stage.present
    stage.visitor.tap("结束离开")
    stage.visitor.expect("轻轻一按")
    stage.visitor.wait(lambda: not shiboken6.isValid(left), "the view model to be deleted")
    stage.visitor.tap("轻轻一按")
    stage.visitor.tap("用您自己的话写")
    stage.visitor.expect("想到什么写什么")


def test_who_leaves_within_a_press_of_opening_a_form_leaves_it(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("application", "name"))
    stage.shell.finish()
    stage.visitor.expect("轻轻一按")
    stage.visitor.wait(lambda: stage.visitor.settled, "the screen to settle")


def test_an_answer_for_who_has_left_is_dropped(stage: Stage) -> None:
    stage.shell.go("search")
    stage.present.type("shebaoka")
    stage.shell.finish()
    stage.shell.home()
    stage.shell.go("search")
    stage.present.type("fangchanzheng")
    stage.visitor.wait(lambda: stage.present.rows != [], "the next citizen's results")
    stage.visitor.expect("不动产")
    assert stage.shell.troubleText == ""


def test_nobody_is_waited_for_while_nobody_is_there(stage: Stage) -> None:
    stage.shell.finish()
    wait_out(stage, 119)
    assert stage.shell.screen == "attract"


def test_a_bug_leads_home_and_is_logged_without_its_message(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.shell.go("search")
    with caplog.at_level(logging.ERROR):
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            stage.shell.trouble(error)
    assert stage.shell.screen == "home"
    stage.visitor.expect("机器出了点小问题，已经退回首页")
    assert "ValueError at " in caplog.text
    assert "test_turn.py" in caplog.text
    assert SECRET not in caplog.text


def test_a_fault_of_the_world_is_said_and_the_answers_stay(stage: Stage) -> None:
    stage.shell.go("search")
    stage.present.type("sbk")
    stage.shell.trouble(StorageError("the disk is full"))
    stage.visitor.expect("现在存不下来，您填的还在，先别走开")
    stage.visitor.tap("知道了")
    assert stage.shell.screen == "search"
    assert stage.present.text == "sbk"
