"""A long story: written on several lines, read while it is written, and read back in whole."""

import time
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.ui.stage import Stage
from ui.visitor import Seen

FIELD = "可以不填"
STORY = "\n".join(f"第{n}次去：演示窗口说材料不齐。" for n in range(1, 61))
STALL_MS = 50
LAID_OUT_MS = 100
"""After so long everything stands where it stays."""


@pytest.fixture
def writing(stage: Stage) -> Stage:
    stage.shell.go("question", form=stage.form("complaint", "story"))
    stage.visitor.expect("请说说事情的经过")
    stage.visitor.tap(FIELD)
    stage.visitor.turn_to_letters()
    return stage


def field(stage: Stage) -> Seen:
    QTest.qWait(LAID_OUT_MS)
    return next(seen for seen in stage.visitor.look() if seen.label == FIELD)


def edit(stage: Stage) -> QQuickItem:
    """What holds the caret."""
    return cast(QQuickItem, stage.visitor.window.focusObject())


def caret(stage: Stage) -> tuple[float, float]:
    """Top and bottom of the caret, in the window."""
    item = edit(stage)
    box = item.property("cursorRectangle")
    return (
        item.mapToScene(box.topLeft()).y(),
        item.mapToScene(box.bottomLeft()).y(),
    )


def in_sight(stage: Stage) -> bool:
    seen = field(stage)
    top, bottom = caret(stage)
    return seen.y < top and bottom < seen.y + seen.height


def test_a_story_is_written_over_several_lines_with_the_caret_in_sight(writing: Stage) -> None:
    for _ in range(3):
        writing.visitor.type("yan shi")
        assert in_sight(writing)
    writing.present.type(STORY)
    assert in_sight(writing)
    writing.visitor.type("wan")
    assert writing.present.property("text") == STORY + "wan"
    assert in_sight(writing)
    _, bottom = caret(writing)
    keys = next(seen for seen in writing.visitor.look() if seen.label == "1")
    assert bottom < keys.y


def test_a_finger_places_the_caret_and_what_is_typed_goes_there(writing: Stage) -> None:
    writing.present.type("演示" * 30)
    seen = field(writing)
    writing.visitor.press(QPoint(round(seen.x + 60), round(seen.y + 60)))
    writing.visitor.release(QPoint(round(seen.x + 60), round(seen.y + 60)))
    at = edit(writing).property("cursorPosition")
    assert 0 < at < 20
    writing.visitor.type("x")
    assert writing.present.property("text") == ("演示" * 30)[:at] + "x" + ("演示" * 30)[at:]
    writing.visitor.tap("删除")
    writing.visitor.tap("删除")
    assert writing.present.property("text") == ("演示" * 30)[: at - 1] + ("演示" * 30)[at:]


def test_a_finger_moves_a_long_story(writing: Stage) -> None:
    writing.present.type(STORY)
    seen = field(writing)
    top, _ = caret(writing)
    place = edit(writing).property("cursorPosition")
    writing.visitor.press(seen.middle)
    for step in range(20):
        writing.visitor.move(seen.middle + QPoint(0, 8 * step))
        QTest.qWait(5)
    assert caret(writing)[0] > top + 40
    writing.visitor.release(seen.middle + QPoint(0, 160))
    assert edit(writing).property("cursorPosition") == place
    assert writing.present.property("text") == STORY


def test_a_sign_of_two_units_is_deleted_whole(writing: Stage) -> None:
    writing.present.type("演𠮷")
    writing.visitor.tap("删除")
    assert writing.present.property("text") == "演"
    writing.visitor.tap("删除")
    writing.visitor.tap("删除")
    assert writing.present.property("text") == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_every_line_ends_in_one_way(writing: Stage, end: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(f"一{end}{end}二")
    QCoreApplication.sendEvent(edit(writing), event)
    assert writing.present.property("text") == "一\n\n二"


def test_enter_on_a_real_keyboard_begins_a_line(writing: Stage) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_B):
        QTest.keyClick(writing.visitor.window, key)
    writing.visitor.wait(lambda: writing.present.property("text") == "a\nb", "two lines")


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (100, ""),
        (1799, ""),
        (1800, "还能写 200 个字"),
        (2000, "还能写 0 个字"),
        (2003, "多了 3 个字"),
    ],
)
def test_how_much_is_left_is_told_near_the_limit(writing: Stage, length: int, told: str) -> None:
    writing.present.type("演" * length)
    writing.visitor.wait(lambda: writing.visitor.settled, "the screen to settle")
    counts = [text for text in writing.visitor.texts() if text.endswith("个字")]
    assert counts == ([told] if told else [])


def test_a_key_in_a_story_of_2000_characters_stalls_nobody(writing: Stage) -> None:
    frames: list[float] = []
    writing.visitor.window.frameSwapped.connect(lambda: frames.append(time.perf_counter()))
    writing.present.type("演示材料不齐，" * 284)
    writing.visitor.wait(lambda: len(frames) > 1, "a frame")
    key = next(seen for seen in writing.visitor.look() if seen.label == "a").middle
    took = []
    for _ in range(9):
        before = len(frames)
        writing.visitor.press(key)
        began = time.perf_counter()
        writing.visitor.release(key)
        writing.visitor.wait(lambda before=before: len(frames) > before, "a frame")
        took.append((time.perf_counter() - began) * 1000)
    assert sorted(took)[4] < STALL_MS
    assert writing.present.property("text").endswith("，" + "a" * 9)


def test_a_short_text_keeps_one_line(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("application", "name"))
    stage.visitor.expect("叫什么名字")
    assert stage.present.property("answerer") == "text"


def test_the_review_unfolds_a_long_story(stage: Stage) -> None:
    stage.shell.go("review", form=stage.form("complaint", story=STORY))
    stage.visitor.expect("请您看一遍")
    stage.visitor.seek("看全文")
    assert not stage.visitor.sees("第2次去")
    stage.visitor.tap("看全文")
    stage.visitor.expect(STORY)
    stage.visitor.tap("收起")
    stage.visitor.expect("看全文")
    stage.visitor.tap("看全文")
    stage.visitor.expect("收起")
    stage.visitor.tap("返回")
    stage.visitor.expect("看全文")
    stage.visitor.tap("看全文")
    stage.visitor.tap("改")
    stage.visitor.expect("请说说事情的经过")
    assert stage.present.property("text") == STORY


def test_short_answers_have_nothing_to_unfold(stage: Stage) -> None:
    stage.shell.go("review", form=stage.form("application"))
    stage.visitor.expect("请您看一遍")
    assert not any(line["more"] for line in stage.present.property("lines"))
