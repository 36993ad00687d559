from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.lexicon import Lexicon

LEXICON = Lexicon(
    fillers=("我想", "我", "怎么办"),
    concepts={"child": ("娃", "闺女"), "lose": ("丢", "丢了"), "girl": ("闺女",)},
)


def test_fillers_are_found_wherever_they_stand_the_longer_first() -> None:
    assert LEXICON.idle("我想办卡怎么办") == {0, 1, 4, 5, 6}
    assert LEXICON.idle("办卡") == frozenset()


def test_a_word_may_have_several_meanings_and_the_longer_word_wins() -> None:
    assert LEXICON.meant("闺女丢了") == {
        0: ("child", "girl"),
        1: ("child", "girl"),
        2: ("lose",),
        3: ("lose",),
    }


def test_a_lexicon_without_words_finds_none() -> None:
    assert Lexicon((), {}).idle("我想") == frozenset()
    assert Lexicon((), {}).meant("我想") == {}


@given(st.text(alphabet="我想丢了娃闺女x", max_size=30))
def test_every_place_lies_in_the_text(text: str) -> None:
    assert all(0 <= place < len(text) for place in LEXICON.idle(text))
    assert all(0 <= place < len(text) for place in LEXICON.meant(text))
