from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import ContentError
from services.voice.pinyin import Pinyin

LEXICON = Path(__file__).parents[3] / "resources" / "voice" / "lexicon.tsv"
PINYIN = Pinyin(LEXICON)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("长者", "zhang2 zhe3"),
        ("长丰县", "chang2 feng1 xian4"),
        ("还款", "huan2 kuan3"),
        ("重办", "chong2 ban4"),
        ("参保", "can1 bao3"),
        ("调解员", "tiao2 jie3 yuan2"),
        ("行政", "xing2 zheng4"),
        ("社保卡", "she4 bao2 ka3"),
        ("六安市", "lu4 an1 shi4"),
    ],
)
def test_words_of_the_halls_are_read_as_people_read_them(text: str, said: str) -> None:
    assert " ".join(PINYIN.syllables(text)) == said


def test_what_is_not_chinese_stands_as_it_is() -> None:
    assert list(PINYIN.syllables("QR码")) == ["QR", "ma3"]


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=20))
def test_every_character_has_a_syllable_of_its_own(text: str) -> None:
    assert len(list(PINYIN.syllables(text))) == len(text)


@pytest.mark.parametrize("line", ["长者\tzhang3", "\t", "长者"])
def test_a_broken_lexicon_is_a_clear_error(tmp_path: Path, line: str) -> None:
    (tmp_path / "lexicon.tsv").write_text(f"word\tsaid\n{line}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="lexicon.tsv:2"):
        list(Pinyin(tmp_path / "lexicon.tsv").syllables("长者"))


def test_a_missing_lexicon_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        list(Pinyin(tmp_path / "none").syllables("长者"))
