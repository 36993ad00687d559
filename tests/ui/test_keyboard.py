"""The kiosk's own keyboard, touched: by hand, in pinyin, by strokes; what is wrong is corrected."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QPoint
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.domain.writing import Field
from tests.ui.stage import Stage
from tests.ui.writers import Pen, Pinyin, give
from ui.visitor import Seen

BOX = "写字的地方"
RARE = "訾"


class Writer:
    """A citizen at the keyboard of one field."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.visitor = stage.visitor
        self.pen, self.pinyin = give(stage.kiosk)

    @property
    def keyboard(self) -> QObject:
        return self.visitor.window.property("keyboard")

    @property
    def text(self) -> str:
        return str(self.stage.present.property("text"))

    @property
    def strokes(self) -> list[list[float]]:
        return self.keyboard.property("strokes")

    def seen(self, label: str) -> Seen:
        return next(seen for seen in self.visitor.look() if seen.label == label)

    def labels(self) -> set[str]:
        return {seen.label for seen in self.visitor.look() if seen.label}

    def search(self) -> "Writer":
        self.stage.shell.home()
        self.stage.shell.go("search")
        self.visitor.wait(lambda: "手写" in self.labels(), "the keyboard")
        return self

    def ask(self, flow: str, question: str) -> "Writer":
        self.stage.shell.go("question", form=self.stage.form(flow, question))
        self.visitor.wait(lambda: bool(self.visitor.window.property("writing")), "the keyboard")
        return self

    def turn_to(self, page: str) -> "Writer":
        self.visitor.tap(page)
        return self

    def draw(self, count: int = 1) -> "Writer":
        """Strokes one below the other, and wait until they are read."""
        before = len(self.strokes)
        self.visitor.wait(lambda: BOX in self.labels() and self.visitor.settled, "the box")
        self.visitor.painted()
        box = self.seen(BOX)
        for number in range(before, before + count):
            start = box.middle + QPoint(-60, 20 * number - 60)
            self.visitor.drag(start, start + QPoint(120, 5))
        self.visitor.wait(lambda: bool(self.keyboard.property("candidates")), "candidates")
        return self

    def offered(self, text: str) -> None:
        self.visitor.wait(lambda: text in self.keyboard.property("candidates"), text)
        self.visitor.painted()

    def pick(self, text: str) -> None:
        self.offered(text)
        self.visitor.tap(text)

    def touch(self, point: QPoint) -> None:
        self.visitor.press(point)
        self.visitor.release(point)

    @property
    def input(self) -> QQuickItem:
        return next(item for item in self.items if takes_text(item))

    @property
    def items(self) -> list[QQuickItem]:
        return list(within(self.visitor.window.contentItem()))

    def becomes(self, text: str) -> None:
        self.visitor.wait(lambda: self.text == text, f"the text {text!r}")


def within(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from within(child)


@pytest.fixture
def writer(stage: Stage) -> Writer:
    return Writer(stage)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [100.0]
    monkeypatch.setattr("ui.viewmodels.keyboard.monotonic", lambda: now[0])
    return now


def test_a_finger_writes_and_picks_what_was_meant(writer: Writer) -> None:
    writer.search().turn_to("手写").draw(2)
    writer.pick("人")
    writer.becomes("人")
    strokes, field, before = writer.pen.asked[-1]
    assert [len(stroke) > 2 for stroke in strokes] == [True, True]
    assert (field, before) == (Field.SEARCH, "")
    assert writer.strokes == []
    writer.draw(1)
    assert writer.pen.asked[-1][2] == "人"


def test_the_next_character_begins_after_a_pause_and_can_be_taken_back(
    writer: Writer, clock: list[float]
) -> None:
    writer.search().turn_to("手写").draw(2)
    writer.offered("二")
    clock[0] += 5
    writer.draw(1)
    writer.becomes("二")
    assert len(writer.strokes) == 1
    writer.visitor.tap("撤一笔")
    writer.visitor.tap("撤一笔")
    writer.becomes("")
    assert len(writer.strokes) == 2
    writer.visitor.tap("重写")
    writer.visitor.wait(lambda: writer.strokes == [], "an empty box")


def test_a_palm_beside_the_finger_writes_nothing(writer: Writer) -> None:
    writer.search().turn_to("手写")
    writer.visitor.wait(lambda: BOX in writer.labels() and writer.visitor.settled, "the box")
    window, hand, middle = writer.visitor.window, QTest.createTouchDevice(), writer.seen(BOX).middle
    QTest.touchEvent(window, hand).press(0, middle, window)
    palm = middle + QPoint(70, 70)
    QTest.touchEvent(window, hand).move(0, middle, window).press(1, palm, window)
    for step in range(1, 6):
        moved = QPoint(8 * step, 0)
        QTest.touchEvent(window, hand).move(0, middle + moved, window).move(1, palm - moved, window)
    QTest.touchEvent(window, hand).release(0, middle + QPoint(40, 0), window).stationary(1)
    QTest.touchEvent(window, hand).move(1, palm, window)
    QTest.touchEvent(window, hand).release(1, palm, window)
    writer.offered("一")
    assert len(writer.strokes) == 1
    heights = {round(y) for y in writer.strokes[0][1::2]}
    assert max(heights) - min(heights) <= 1


def test_ten_strokes_a_second_are_all_taken_in_their_order(writer: Writer) -> None:
    writer.search().turn_to("手写").draw(10)
    tops = [stroke[1] for stroke in writer.strokes]
    assert len(tops) == 10
    assert tops == sorted(tops)
    writer.visitor.wait(lambda: len(writer.pen.asked[-1][0]) == 10, "the newest to be read")


def test_a_dot_is_a_stroke(writer: Writer) -> None:
    writer.search().turn_to("手写")
    writer.visitor.tap(BOX)
    writer.offered("一")
    assert len(writer.strokes) == 1


def test_pinyin_is_picked_step_by_step(writer: Writer) -> None:
    writer.search().turn_to("拼音")
    for key in "shebaoka":
        writer.visitor.tap(key)
    writer.visitor.expect("she'bao'ka")
    writer.pick("社保")
    writer.becomes("社保")
    writer.visitor.tap("空格")
    writer.becomes("社保卡")


def test_the_rest_of_the_candidates_lies_over_the_keys(writer: Writer) -> None:
    writer.search().turn_to("拼音")
    for key in "zhang":
        writer.visitor.tap(key)
    writer.visitor.tap("更多字")
    writer.visitor.wait(lambda: {"涨", "收起"} <= writer.labels(), "all candidates")
    assert "q" not in writer.labels()
    writer.pick("涨")
    writer.becomes("涨")
    assert "q" in writer.labels()


def test_characters_are_written_by_their_strokes(writer: Writer) -> None:
    writer.search().turn_to("笔画")
    for key in ("一", "丨"):
        writer.visitor.tap(key)
    writer.pick("丁")
    writer.becomes("丁")


@pytest.mark.parametrize(("flow", "question"), [("application", "name"), ("complaint", "story")])
def test_a_wrong_character_is_touched_and_another_stands_in_its_place(
    writer: Writer, flow: str, question: str
) -> None:
    writer.ask(flow, question).turn_to("拼音")
    writer.stage.present.type("张三丰")
    touch_first(writer)
    writer.offered("章")
    assert writer.input.property("selectedText") == "张"
    writer.visitor.tap("章")
    writer.becomes("章三丰")
    for key in "ka":
        writer.visitor.tap(key)
    writer.pick("卡")
    writer.becomes("章卡三丰")


def test_any_other_key_leaves_the_touched_character_as_it_is(writer: Writer) -> None:
    writer.ask("application", "name").turn_to("拼音")
    writer.stage.present.type("张三")
    touch_first(writer)
    writer.offered("章")
    writer.visitor.tap("，")
    writer.becomes("张，三")


def touch_first(writer: Writer) -> None:
    """Touch the first character of the text."""
    writer.visitor.painted()
    caret = writer.input.property("cursorRectangle")
    writer.touch(writer.input.mapToScene(QPoint(12, round(caret.center().y()))).toPoint())


@pytest.mark.parametrize(
    ("flow", "question", "key"), [("application", "document", "X"), ("complaint", "contact", "-")]
)
def test_numbers_are_typed_and_never_guessed_at(
    writer: Writer, flow: str, question: str, key: str
) -> None:
    writer.ask(flow, question)
    writer.visitor.wait(lambda: "1" in writer.labels(), "digits")
    assert not {"手写", "拼音", "笔画"} & writer.labels()
    for each in ("1", key, "删除"):
        writer.visitor.tap(each)
    writer.becomes("1")
    assert writer.keyboard.property("candidates") == []
    assert writer.pinyin.asked == []


def test_a_passport_number_has_letters(writer: Writer) -> None:
    writer.ask("application", "document").turn_to("ABC")
    writer.visitor.tap("E")
    writer.becomes("E")


def test_a_story_has_lines_and_the_larger_size_begins_by_hand(writer: Writer) -> None:
    writer.stage.shell.toggleLarger()
    writer.ask("complaint", "story")
    writer.visitor.wait(lambda: BOX in writer.labels(), "the box")
    writer.draw(1)
    writer.visitor.tap("换行")
    writer.becomes("一\n")


def test_english_names_every_page(writer: Writer) -> None:
    writer.stage.shell.toggleLanguage()
    writer.ask("complaint", "story")
    writer.visitor.wait(lambda: "By hand" in writer.labels(), "English")
    assert {"Pinyin", "Strokes", "Digits", "ABC", "Space", "Enter", "Delete"} <= writer.labels()


def test_the_keyboard_goes_with_its_field(writer: Writer) -> None:
    writer.search()
    writer.stage.shell.back()
    writer.visitor.wait(lambda: not writer.visitor.window.property("writing"), "the keys to go")
    assert "手写" not in writer.labels()


def test_nothing_of_a_rare_name_stays_after_the_turn(writer: Writer) -> None:
    Pen.candidates, honest = (lambda *_, **__: (RARE, "字")), Pen.candidates
    try:
        writer.ask("application", "name").turn_to("手写").draw(1)
        writer.pick(RARE)
        writer.becomes(RARE)
        writer.visitor.tap("删除")
        writer.draw(1)
    finally:
        Pen.candidates = honest
    assert writer.input.property("canUndo")
    writer.stage.shell.finish()
    writer.visitor.expect("轻轻一按")
    gc.collect()
    assert not [item for item in writer.items if takes_text(item) or RARE in told(item)]
    keyboard = writer.keyboard
    shown = [keyboard.property(name) for name in ("candidates", "composing", "strokes")]
    assert shown == [[], "", []]
    assert RARE not in repr(vars(keyboard))


def takes_text(item: QQuickItem) -> bool:
    return item.inherits("QQuickTextInput") or item.inherits("QQuickTextEdit")


def told(item: QQuickItem) -> str:
    return f"{item.property('text')} {item.property('label')}"


def test_the_engines_are_asked_with_what_the_field_is_for(writer: Writer) -> None:
    assert isinstance(writer.pinyin, Pinyin)
    writer.ask("application", "name").turn_to("拼音")
    writer.visitor.tap("a")
    writer.visitor.wait(lambda: bool(writer.pinyin.asked), "a question")
    assert writer.pinyin.asked[-1][:2] == ("a", Field.NAME)


def test_every_stroke_is_seen_however_fast_they_come(writer: Writer) -> None:
    writer.search().turn_to("手写").draw(6)
    box = writer.seen(BOX)
    writer.visitor.painted()
    picture = writer.visitor.window.grabWindow()
    for number in range(6):
        middle = box.middle + QPoint(0, 20 * number - 58)
        around = [picture.pixelColor(middle + QPoint(0, off)).lightness() for off in range(-4, 5)]
        assert min(around) < 100, f"stroke {number} is not seen"
