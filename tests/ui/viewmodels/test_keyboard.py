"""The keyboard without a screen: what each key does to the text."""

import gc
from collections.abc import Callable
from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from kiosk.domain.keyboard import MOST_KEYS, MOST_STROKES, Entry
from kiosk.domain.session.session import Session
from kiosk.domain.words import Language
from kiosk.domain.writing import UNWRITTEN, Field
from tests.ui.writers import Pen, Pinyin, Strokes
from ui.desk import Writers
from ui.viewmodels.keyboard import NEXT_LARGER_S, NEXT_S, KeyboardViewModel

DOT = [10.0, 10.0]


class Clock:
    """Stands still until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Hall:
    """A desk whose worker answers at once, or when told to; and a voice."""

    def __init__(self) -> None:
        self.session = Session()
        self.pen, self.pinyin = Pen(), Pinyin()
        self.said: list[str] = []
        self.slow = False
        self.waiting: list[Callable[[], None]] = []
        self.writers = Writers(self.pen, self.pinyin, Strokes())
        self.backstage: Future = Future()

    @property
    def ready(self) -> object:
        return self.backstage.result() if self.backstage.done() else None

    def open(self) -> None:
        self.backstage.set_result(SimpleNamespace(writers=self.writers))

    def say(self, text: str) -> None:
        self.said.append(text)

    def ask(self, work: Callable, done: Callable, failed: Callable) -> None:
        def run() -> None:
            try:
                found = work(self.backstage.result())
            except Exception as error:
                failed(error)
            else:
                done(found)

        if self.slow:
            self.waiting.append(run)
        else:
            run()

    def answer(self) -> None:
        self.waiting.pop(0)()


class Typist:
    """A text whose caret stands at its end, and the keyboard that writes it."""

    def __init__(self, hall: Hall) -> None:
        self.text = ""
        self.hall = hall
        self.keyboard = KeyboardViewModel(hall)
        self.keyboard.typed.connect(lambda text: self._become(self.text + text))
        self.keyboard.erased.connect(lambda: self._become(self.text[:-1]))

    def _become(self, text: str) -> None:
        self.text = text
        self.keyboard.standAfter(text)

    def at(self, entry: Entry, page: str = "") -> "Typist":
        self.keyboard.open(entry)
        self.keyboard.standAfter(self.text)
        if page:
            self.keyboard.showPage(page)
        return self

    def press(self, keys: str) -> "Typist":
        for key in keys:
            self.keyboard.press(key)
        return self

    def write(self, strokes: int) -> "Typist":
        for _ in range(strokes):
            self.keyboard.penDown()
            self.keyboard.stroke(DOT)
        return self

    def pick(self, text: str) -> "Typist":
        self.keyboard.pick(self.offered.index(text))
        return self

    @property
    def offered(self) -> list[str]:
        return self.keyboard.property("candidates")

    @property
    def composing(self) -> str:
        return self.keyboard.property("composing")


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def typist(hall: Hall, clock: Clock) -> Typist:
    hall.open()
    return Typist(hall).at(Entry.TEXT)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("ui.viewmodels.keyboard.monotonic", clock)
    return clock


def test_letters_are_shown_in_syllables_and_offer_words(typist: Typist) -> None:
    typist.press("shebaoka")
    assert typist.composing == "she'bao'ka"
    assert typist.offered[:3] == ["社保卡", "社保", "社"]
    assert typist.text == ""


def test_pinyin_is_picked_step_by_step(typist: Typist) -> None:
    typist.press("shebaoka").pick("社保")
    assert (typist.text, typist.composing) == ("社保", "ka")
    typist.pick("卡")
    assert (typist.text, typist.composing, typist.offered) == ("社保卡", "", [])
    assert typist.hall.pinyin.asked[-1] == ("ka", Field.TEXT, "社保")


def test_space_takes_the_first_and_is_a_space_where_nothing_is_composed(typist: Typist) -> None:
    typist.press("shebaoka").keyboard.space()
    typist.keyboard.space()
    assert typist.text == "社保卡 "


def test_enter_takes_the_letters_as_they_are(typist: Typist) -> None:
    typist.press("shebao").keyboard.enter()
    typist.keyboard.enter()
    assert (typist.text, typist.composing) == ("shebao", "")


def test_enter_begins_a_line_in_a_story_only(typist: Typist) -> None:
    typist.at(Entry.STORY).keyboard.enter()
    assert typist.text == "\n"


def test_a_mark_takes_the_first_before_it(typist: Typist) -> None:
    typist.press("shebao").press("，")
    assert (typist.text, typist.composing) == ("社保，", "")


def test_letters_that_mean_nothing_are_not_lost(typist: Typist) -> None:
    typist.press("xq").press("。")
    assert typist.text == "xq。"


def test_delete_takes_back_letters_first_and_then_text(typist: Typist) -> None:
    typist.press("shebao").keyboard.space()
    typist.press("ka")
    for _ in range(3):
        typist.keyboard.erase()
    assert (typist.text, typist.composing) == ("社", "")


def test_a_space_waits_for_what_the_newest_letters_mean(typist: Typist) -> None:
    typist.hall.slow = True
    typist.press("ka").keyboard.space()
    assert typist.text == ""
    typist.hall.answer()
    typist.hall.answer()
    assert typist.text == "卡"


def test_candidates_for_older_letters_are_dropped(typist: Typist) -> None:
    typist.hall.slow = True
    typist.press("she").press("bao")
    typist.hall.answer()
    assert typist.offered == []
    typist.hall.answer()
    assert typist.offered[0] == "社保"


def test_what_never_ends_ends_calmly(typist: Typist) -> None:
    typist.press("a" * 3 * MOST_KEYS)
    assert len(typist.composing) == MOST_KEYS
    typist.at(Entry.TEXT, "hand").write(3 * MOST_STROKES)
    assert len(typist.keyboard.property("strokes")) == MOST_STROKES
    assert typist.keyboard.property("room") == 0


def test_strokes_are_shown_as_signs_and_any_may_stand_for_one(typist: Typist) -> None:
    typist.at(Entry.TEXT, "strokes").press("hs")
    assert (typist.composing, typist.offered) == ("一丨", ["十", "丁"])
    typist.pick("丁").press("*")
    assert typist.composing == "＊"
    typist.keyboard.space()
    assert typist.text == "丁一"


def test_handwriting_is_read_at_each_pen_up(typist: Typist) -> None:
    typist.at(Entry.NAME, "hand").write(2)
    assert typist.offered[0] == "二"
    typist.write(1)
    assert typist.offered[0] == "三"
    typist.pick("千")
    assert (typist.text, typist.offered) == ("千", [])
    assert typist.keyboard.property("strokes") == []
    strokes, field, before = typist.hall.pen.asked[-1]
    assert (len(strokes), field, before) == (3, Field.NAME, "")


@pytest.mark.parametrize(("larger", "pause"), [(False, NEXT_S), (True, NEXT_LARGER_S)])
def test_after_a_pause_the_next_stroke_begins_the_next_character(
    typist: Typist, clock: Clock, larger: bool, pause: float
) -> None:
    typist.hall.session = Session(larger=larger)
    typist.at(Entry.TEXT, "hand").write(2)
    clock.now += pause - 0.1
    typist.write(1)
    assert typist.text == ""
    clock.now += pause + 0.1
    typist.write(1)
    assert (typist.text, typist.offered[0]) == ("三", "一")


def test_a_character_taken_too_soon_is_taken_back_with_its_strokes(
    typist: Typist, clock: Clock
) -> None:
    typist.at(Entry.TEXT, "hand").write(2)
    clock.now += 5
    typist.write(1)
    assert typist.text == "二"
    typist.keyboard.undoStroke()
    typist.keyboard.undoStroke()
    assert (typist.text, typist.offered[0]) == ("", "二")
    typist.write(1).keyboard.space()
    assert typist.text == "三"


def test_nothing_is_taken_back_that_stands_elsewhere(typist: Typist) -> None:
    typist.at(Entry.TEXT, "hand").write(2).keyboard.space()
    typist.keyboard.standAfter("别处")
    typist.keyboard.undoStroke()
    assert typist.text == "二"


def test_a_drawing_without_an_answer_is_not_taken(typist: Typist, clock: Clock) -> None:
    typist.at(Entry.TEXT, "hand").hall.slow = True
    typist.write(1)
    clock.now += 5
    typist.write(1)
    assert typist.text == ""
    typist.hall.answer()
    typist.hall.answer()
    assert typist.offered[0] == "二"


def test_a_drawing_is_begun_anew_or_deleted_stroke_by_stroke(typist: Typist) -> None:
    typist.at(Entry.TEXT, "hand").write(3).keyboard.erase()
    assert typist.offered[0] == "二"
    typist.keyboard.clearStrokes()
    assert (typist.offered, typist.keyboard.property("strokes")) == ([], [])


def test_a_touched_character_offers_others_of_its_sound(typist: Typist) -> None:
    assert typist.keyboard.correct("张")
    assert typist.composing == "张 →"
    assert "章" in typist.offered
    assert "张" not in typist.offered
    typist.pick("章")
    assert (typist.composing, typist.offered) == ("", [])


def test_a_touched_character_can_be_written_by_hand_instead(typist: Typist) -> None:
    typist.at(Entry.NAME, "hand").keyboard.correct("三")
    typist.write(3)
    assert "三" not in typist.offered
    typist.pick("千")
    assert typist.composing == ""


def test_any_other_key_ends_the_correction(typist: Typist) -> None:
    settled = []
    typist.keyboard.settled.connect(lambda: settled.append(True))
    typist.keyboard.correct("张")
    typist.press("ka")
    assert settled == [True]
    assert typist.composing == "ka"


@pytest.mark.parametrize("character", ["", "a", "1", "，", "\n"])
def test_nothing_else_than_a_character_is_corrected(typist: Typist, character: str) -> None:
    assert not typist.keyboard.correct(character)


@pytest.mark.parametrize("entry", [Entry.CODE, Entry.DOCUMENT, Entry.PHONE, Entry.AMOUNT])
def test_numbers_and_codes_offer_nothing_and_are_never_spoken(typist: Typist, entry: Entry) -> None:
    typist.hall.session = Session(reading=True)
    typist.at(entry).press("1X")
    assert not typist.keyboard.correct("张")
    assert (typist.text, typist.offered, typist.hall.said) == ("1X", [], [])


def test_a_character_that_cannot_be_written_is_marked_in_its_place(typist: Typist) -> None:
    typist.at(Entry.NAME).press("ka")
    assert typist.keyboard.property("yields")
    typist.keyboard.giveUp()
    assert (typist.text, typist.offered) == (UNWRITTEN, [])
    assert not typist.at(Entry.SEARCH).keyboard.property("yields")
    assert not typist.at(Entry.DOCUMENT).keyboard.property("yields")


def test_keys_and_characters_are_spoken_while_reading_aloud(typist: Typist) -> None:
    typist.press("ka")
    assert typist.hall.said == []
    typist.hall.session = Session(reading=True)
    typist.at(Entry.NAME).press("ka").pick("卡").keyboard.space()
    assert typist.hall.said == ["k", "a", "卡"]


def test_the_pages_come_with_the_engines(hall: Hall) -> None:
    typist = Typist(hall).at(Entry.TEXT)
    assert typist.keyboard.property("page") == "letters"
    hall.open()
    typist.keyboard.look_again()
    assert typist.keyboard.property("page") == "pinyin"


def test_a_chosen_page_stays_for_the_turn(typist: Typist) -> None:
    typist.at(Entry.TEXT, "strokes").at(Entry.PHONE)
    assert typist.keyboard.property("page") == "digits"
    typist.at(Entry.NAME)
    assert typist.keyboard.property("page") == "strokes"
    typist.keyboard.end_turn()
    typist.at(Entry.NAME)
    assert typist.keyboard.property("page") == "pinyin"


def test_the_page_follows_size_and_language_until_one_is_chosen(typist: Typist) -> None:
    typist.press("ka").hall.session = Session(larger=True)
    typist.keyboard.look_again()
    assert (typist.keyboard.property("page"), typist.composing) == ("hand", "")
    typist.hall.session = Session(language=Language.EN)
    typist.keyboard.look_again()
    assert typist.keyboard.property("page") == "letters"


def test_an_engine_that_fails_offers_nothing_and_its_letters_are_not_lost(
    typist: Typist, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*asked: object) -> None:
        raise ValueError("yanshi")

    typist.hall.pinyin.candidates = fail
    typist.press("yanshi")
    assert (typist.offered, typist.composing) == ([], "yanshi")
    typist.keyboard.enter()
    assert typist.text == "yanshi"
    assert "ValueError" in caplog.text
    assert "yanshi" not in caplog.text


@pytest.mark.parametrize("leave", ["leave", "end_turn"])
def test_nothing_stays_of_what_was_not_taken(typist: Typist, leave: str) -> None:
    typist.hall.slow = True
    typist.keyboard.standAfter("訾")
    typist.press("zi").at(Entry.NAME, "hand").write(2)
    typist.keyboard.correct("訾")
    getattr(typist.keyboard, leave)()
    while typist.hall.waiting:
        typist.hall.answer()
    assert (typist.offered, typist.composing, typist.keyboard.property("strokes")) == ([], "", [])
    gc.collect()
    held = [value for value in vars(typist.keyboard).values() if "訾" in repr(value)]
    assert held == []
