"""A finger may roll, rest or tap twice: it has pressed once."""

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from tests.ui.stage import Stage
from ui.visitor import Seen


def labelled(stage: Stage, label: str) -> Seen:
    stage.visitor.wait(lambda: stage.visitor.settled, "the screen to settle")
    return next(each for each in stage.visitor.look() if each.label == label)


def pixels(stage: Stage, millimetres: float) -> int:
    return round(millimetres * float(stage.visitor.window.property("mm")))


@pytest.fixture
def keyed(stage: Stage) -> Stage:
    """The search screen: a key of its keyboard presses once for each touch."""
    stage.shell.go("search")
    stage.visitor.expect("找要办的事")
    stage.visitor.turn_to_letters()
    return stage


def test_a_finger_that_rolls_nine_millimetres_has_pressed(stage: Stage) -> None:
    target = labelled(stage, "社会保障")
    rolled = target.middle + QPoint(0, pixels(stage, 9))
    stage.visitor.press(target.middle)
    stage.visitor.move(rolled)
    stage.visitor.release(rolled)
    stage.visitor.wait(lambda: stage.shell.screen == "category", "the category")


def test_a_finger_that_slides_off_has_not_pressed(stage: Stage) -> None:
    target = labelled(stage, "社会保障")
    away = target.middle + QPoint(0, pixels(stage, 100))
    stage.visitor.press(target.middle)
    stage.visitor.move(away)
    stage.visitor.release(away)
    labelled(stage, "社会保障")
    assert stage.shell.screen == "home"


def test_a_long_press_presses_once(qtbot: QtBot, keyed: Stage) -> None:
    key = labelled(keyed, "s").middle
    keyed.visitor.press(key)
    qtbot.wait(1000)
    keyed.visitor.release(key)
    keyed.visitor.wait(lambda: keyed.present.text != "", "the letter")
    assert keyed.present.text == "s"


def test_a_double_tap_presses_once_and_does_not_reach_the_next_screen(stage: Stage) -> None:
    target = labelled(stage, "社会保障").middle
    for _ in range(2):
        stage.visitor.press(target)
        stage.visitor.release(target)
    stage.visitor.wait(lambda: stage.visitor.settled, "the screen to settle")
    assert stage.shell.screen == "category"


def test_quick_typing_loses_no_key(keyed: Stage) -> None:
    for letter in "sbk":
        key = labelled(keyed, letter).middle
        for _ in range(2):
            keyed.visitor.press(key)
            keyed.visitor.release(key)
    keyed.visitor.wait(lambda: keyed.present.text == "ssbbkk", "six letters")


@pytest.mark.parametrize("overlay", ["help", "idle", "trouble"])
def test_a_touch_does_not_get_through_an_overlay(stage: Stage, overlay: str) -> None:
    under = [labelled(stage, label) for label in ("社会保障", "结束离开", "English")]
    shell = stage.shell
    match overlay:
        case "help":
            shell.setHelp(True)
        case "idle":
            for _ in range(stage.settings.idle.warn_after):
                shell.presence.tick()
        case "trouble":
            shell.trouble(RuntimeError())
    for target in under:
        stage.visitor.wait(lambda: stage.visitor.settled, "the screen to settle")
        stage.visitor.press(target.middle)
        stage.visitor.release(target.middle)
    stage.visitor.wait(lambda: stage.visitor.settled, "the screen to settle")
    assert shell.screen == "home"
    assert shell.language == "zh"
