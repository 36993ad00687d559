import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.tokens import cut_all, cut_pinyin, plain, readings, tokens

SYLLABLES = frozenset({"yi", "bao", "gong", "ji", "jin", "she", "ka", "xian", "an", "xi"})


@pytest.mark.parametrize(
    ("letters", "pieces"),
    [
        ("yibao", ["yi", "bao"]),
        ("gjj", ["g", "j", "j"]),
        ("shebaok", ["she", "bao", "k"]),
        ("gongjijinb", ["gong", "ji", "jin", "b"]),
        ("gon", ["gon"]),
        ("xian", ["xian"]),
        ("", []),
    ],
)
def test_a_latin_run_is_cut_into_syllables_and_initials(letters: str, pieces: list[str]) -> None:
    assert cut_pinyin(letters, SYLLABLES) == pieces


def test_width_case_and_marks_do_not_matter() -> None:
    assert plain("ＥＴＣ，卡 7！") == (("e", 0), ("t", 1), ("c", 2), ("卡", 4), ("7", 6))


def test_characters_carry_their_reading_in_context() -> None:
    assert [token.sound for token in tokens("重复银行", SYLLABLES)] == [
        "chong",
        "fu",
        "yin",
        "hang",
    ]


def test_texts_are_cut_by_the_syllables_of_their_own_characters() -> None:
    cuts, syllables = cut_all(["医保ETC律师", "yi"])
    assert syllables == {"yi", "bao", "lv", "shi"}
    assert [[token.sound for token in cut] for cut in cuts] == [
        ["yi", "bao", "e", "t", "c", "lv", "shi"],
        ["yi"],
    ]


@given(st.text(max_size=40))
def test_tokens_keep_their_place_in_the_text(text: str) -> None:
    places = [place for token in tokens(text, SYLLABLES) for place in (token.start, token.end - 1)]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@given(st.text(max_size=40))
def test_every_plain_character_has_one_reading(text: str) -> None:
    bare = "".join(char for char, _ in plain(text))
    assert len(readings(bare)) == len(bare)
