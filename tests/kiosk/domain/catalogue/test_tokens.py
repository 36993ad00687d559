import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.tokens import bare, cut_pinyin, plain, tokens

SYLLABLES = frozenset({"yi", "bao", "gong", "ji", "jin", "she", "ka", "xian", "an", "xi"})
READ = {"医": ("yi",), "保": ("bao",), "重": ("chong", "zhong")}


def read(text: str) -> list[tuple[str, ...]]:
    return [READ.get(char, (char,)) for char in text]


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
    assert bare("ＥＴＣ，卡 7！") == "etc卡7"
    assert plain("Lü㎡") == (("l", 0), ("v", 1), ("m", 2), ("2", 2))


def test_characters_carry_all_their_readings_and_syllables_one() -> None:
    cut = tokens("重医yibaoy", read, SYLLABLES)
    assert [token.sounds for token in cut] == [
        ("chong", "zhong"),
        ("yi",),
        ("yi",),
        ("bao",),
        ("y",),
    ]
    assert [token.char for token in cut] == ["重", "医", "", "", "y"]
    assert [token.partial for token in cut] == [False, False, False, False, True]


@given(st.text(max_size=40))
def test_tokens_keep_their_place_in_the_text(text: str) -> None:
    cut = tokens(text, read, SYLLABLES)
    places = [place for token in cut for place in (token.start, token.end - 1)]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
