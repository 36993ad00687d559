from kiosk.domain.catalogue.clues import CHAR, MEANING, PAIR, SOUND_PAIR, clues, slurred
from kiosk.domain.catalogue.tokens import Token


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
    assert "%yi bao" in first


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


def test_n_and_l_zh_and_z_ing_and_in_sound_alike_to_many() -> None:
    assert slurred("nan") == slurred("lan")
    assert slurred("zhang") == slurred("zang")
    assert slurred("xing") == slurred("xin")
    assert slurred("fei") == slurred("hei")
