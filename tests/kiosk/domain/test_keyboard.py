import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.keyboard import (
    KEYS,
    MOST_KEYS,
    MOST_POINTS,
    MOST_STROKES,
    Composition,
    Drawing,
    Entry,
    Page,
    first_page,
    is_chinese,
)
from kiosk.domain.writing import Candidate

CHINESE = (Page.HAND, Page.PINYIN, Page.STROKES)
keys = st.text("abcdefghijklmnopqrstuvwxyz'", max_size=MOST_KEYS)
strokes = st.lists(st.tuples(st.floats(0, 999), st.floats(0, 999)), min_size=1, max_size=30)


@pytest.mark.parametrize("entry", [Entry.CODE, Entry.DOCUMENT, Entry.PHONE, Entry.AMOUNT])
def test_numbers_and_codes_are_never_guessed_at(entry: Entry) -> None:
    assert KEYS[entry].field is None
    assert not set(CHINESE) & set(KEYS[entry].pages)


@pytest.mark.parametrize(
    "entry", [Entry.TEXT, Entry.STORY, Entry.NAME, Entry.ADDRESS, Entry.SEARCH]
)
def test_words_are_written_in_every_way(entry: Entry) -> None:
    assert set(KEYS[entry].pages) == set(Page)
    assert KEYS[entry].field is not None


def test_only_a_story_has_lines() -> None:
    assert [entry for entry in Entry if KEYS[entry].lines] == [Entry.STORY]


@pytest.mark.parametrize(
    ("larger", "chinese", "page"),
    [
        (True, True, Page.HAND),
        (False, True, Page.PINYIN),
        (True, False, Page.LETTERS),
        (False, False, Page.LETTERS),
    ],
)
def test_words_begin_as_their_writer_is_likely_to_write(
    larger: bool, chinese: bool, page: Page
) -> None:
    assert first_page(KEYS[Entry.STORY].pages, larger=larger, chinese=chinese) is page


@pytest.mark.parametrize("larger", [False, True])
@pytest.mark.parametrize("entry", [Entry.DOCUMENT, Entry.PHONE, Entry.AMOUNT])
def test_numbers_begin_with_digits(entry: Entry, larger: bool) -> None:
    assert first_page(KEYS[entry].pages, larger=larger, chinese=True) is Page.DIGITS


@given(keys, st.integers(-3, 99))
def test_what_a_candidate_does_not_stand_for_stays(typed: str, used: int) -> None:
    rest = Composition(typed).after(Candidate("字", used))
    assert typed.endswith(rest.keys)
    assert len(rest.keys) < len(typed) or not typed


@given(keys.filter(bool), st.sampled_from("abc"))
def test_a_letter_is_taken_back_as_it_came(typed: str, key: str) -> None:
    composition = Composition(typed[: MOST_KEYS - 1])
    assert composition.typed(key).shortened() == composition


def test_letters_end_somewhere() -> None:
    composition = Composition()
    for _ in range(2 * MOST_KEYS):
        composition = composition.typed("a")
    assert composition.keys == "a" * MOST_KEYS


@given(st.lists(strokes, max_size=8), strokes)
def test_a_stroke_is_taken_back_as_it_came(before: list, last: list) -> None:
    drawing = Drawing()
    for stroke in before:
        drawing = drawing.drawn(stroke)
    assert drawing.drawn(last).undone() == drawing


def test_strokes_end_somewhere() -> None:
    drawing = Drawing()
    for _ in range(2 * MOST_STROKES):
        drawing = drawing.drawn([(0, 0), (1, 1)])
    assert len(drawing.strokes) == MOST_STROKES
    assert drawing.room == 0


def test_points_end_somewhere() -> None:
    drawing = Drawing().drawn([(0, 0)] * (MOST_POINTS - 1)).drawn([(1, 1)] * 5).drawn([(2, 2)])
    assert sum(map(len, drawing.strokes)) == MOST_POINTS
    assert len(drawing.strokes) == 2


@pytest.mark.parametrize("character", ["一", "演", "龥", "㐀", "𠮷"])
def test_chinese_characters_are_known(character: str) -> None:
    assert is_chinese(character)


@pytest.mark.parametrize("character", ["", "a", "1", "，", "。", " ", "演示", "ㄅ", "か", "😀"])
def test_nothing_else_is_a_chinese_character(character: str) -> None:
    assert not is_chinese(character)
