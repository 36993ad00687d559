from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.clues import (
    CHAR,
    INITIALS,
    MEANING,
    PAIR,
    SLURRED_PAIR,
    SOUND_PAIR,
    clues,
    slurred,
)
from kiosk.domain.catalogue.tokens import Token
from services.catalogue.readings import syllables


def chars(text: str, *sounds: str) -> list[Token]:
    return [
        Token(char, (sound,), at, at + 1)
        for at, (char, sound) in enumerate(zip(text, sounds, strict=True))
    ]


def test_two_characters_are_known_by_their_pair_their_sound_and_how_it_slurs() -> None:
    first, second = (dict(own) for own in clues(chars("医保", "yi", "bao"), {}, asked=True))
    assert first["医保"] == second["医保"] == PAIR
    assert first["yi bao"] == SOUND_PAIR
    assert first["医"] == CHAR
    assert first["%yi bao"] == SLURRED_PAIR


def test_the_strongest_clue_comes_first() -> None:
    for own in clues(chars("医保卡", "yi", "bao", "ka"), {0: ("medical",)}, asked=False):
        credits_ = [credit for _, credit in own]
        assert credits_ == sorted(credits_, reverse=True)


def test_a_word_of_a_known_meaning_carries_it() -> None:
    (own,) = clues(chars("娃", "wa"), {0: ("child",)}, asked=True)
    assert ("=child", MEANING) in own


def test_a_query_of_whole_characters_is_not_looked_for_by_its_initials() -> None:
    cut = chars("医保", "yi", "bao")
    assert not any(
        feature.startswith("^") for own in clues(cut, {}, asked=True) for feature, _ in own
    )
    assert any(feature == "^yb" for own in clues(cut, {}, asked=False) for feature, _ in own)


def test_initials_count_more_the_more_there_are_in_a_row() -> None:
    typed = [Token(letter, (letter,), at, at + 1, True) for at, letter in enumerate("gjjye")]
    (own, *_) = (dict(each) for each in clues(typed, {}, asked=True))
    assert [own[f"^{'gjjye'[:run]}"] for run in INITIALS] == list(INITIALS.values())
    assert list(INITIALS.values()) == sorted(INITIALS.values())


def test_one_initial_among_characters_is_enough_to_look_for_initials() -> None:
    typed = [*chars("医", "yi"), Token("b", ("b",), 1, 2, True)]
    (first, second) = (dict(own) for own in clues(typed, {}, asked=True))
    assert "^yb" in first
    assert "~yi" in first
    assert "~b" not in second


def test_a_character_of_two_readings_is_known_by_both() -> None:
    cut = [*chars("医", "yi"), Token("行", ("hang", "xing"), 1, 2)]
    own = dict(clues(cut, {}, asked=True)[1])
    assert {"yi hang", "yi xing", "~hang", "~xing"} <= own.keys()


@given(st.lists(st.sampled_from(["yi", "bao", "zhang", "nan"]), max_size=8), st.booleans())
def test_every_token_has_a_clue_and_no_credit_is_more_than_whole(
    sounds: list[str], asked: bool
) -> None:
    found = clues(chars("医" * len(sounds), *sounds), {}, asked=asked)
    assert len(found) == len(sounds)
    assert all(own and all(0 < credit <= 1 for _, credit in own) for own in found)


def test_what_is_slurred_already_is_not_slurred_further() -> None:
    once = {slurred(syllable) for syllable in syllables()}
    assert len(once) < len(syllables())
    assert {slurred(syllable) for syllable in once} == once


def test_n_and_l_zh_and_z_ing_and_in_sound_alike_to_many() -> None:
    assert slurred("nan") == slurred("lan")
    assert slurred("zhang") == slurred("zang")
    assert slurred("xing") == slurred("xin")
    assert slurred("fei") == slurred("hei")
