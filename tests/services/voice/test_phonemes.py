import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.words import Language
from services.voice.phonemes import english, phonemes
from services.voice.pinyin import Pinyin

PINYIN = Pinyin(Path(__file__).parents[3] / "resources" / "voice" / "lexicon.tsv")


@pytest.fixture(autouse=True)
def packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-ins for what comes with the model: every character is a word, and each syllable its own
    phonemes."""
    jieba, misaki = ModuleType("jieba"), ModuleType("misaki")
    transcription = ModuleType("misaki.transcription")
    jieba.cut = list

    def pinyin_to_ipa(syllable: str) -> list[tuple[str, ...]]:
        if not syllable[:-1].isalpha():
            raise ValueError(syllable)
        return [tuple(syllable)]

    transcription.pinyin_to_ipa = pinyin_to_ipa
    for module in (jieba, misaki, transcription):
        monkeypatch.setitem(sys.modules, module.__name__, module)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("不对", "bu2 dui4"),
        ("不好", "bu4 hao3"),
        ("要不要", "yao4 bu2 yao4"),
        ("一次", "yi2 ci4"),
        ("一天", "yi4 tian1"),
        ("第一天", "di4 yi1 tian1"),
        ("二十一日", "er4 shi2 yi1 ri4"),
        ("一月一日", "yi1 yue4 yi1 ri4"),
        ("一二三", "yi1 er4 san1"),
        ("一", "yi1"),
    ],
)
def test_the_tones_of_not_and_one_follow_what_stands_after_them(clause: str, said: str) -> None:
    assert phonemes(clause, Language.ZH, PINYIN) == said


def test_signs_are_those_kokoro_breathes_by() -> None:
    assert phonemes("请看，好吗？", Language.ZH, PINYIN) == "qing3 kan4, hao3 ma5?"


def test_letters_in_chinese_are_said_in_english_each_by_its_name() -> None:
    assert phonemes("QR码", Language.ZH, PINYIN) == "kjˈu ˈɑɹ ma3"


def test_english_is_in_the_alphabet_of_the_model() -> None:
    assert english("Find a service, then wait.") == "fˈInd ə sˈɜɹvɪs, ðˈɛn wˈAt."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=12))
def test_any_chinese_can_be_asked_for(clause: str) -> None:
    assert isinstance(phonemes(clause, Language.ZH, PINYIN), str)
