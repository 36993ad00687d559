import subprocess
from pathlib import Path

import pytest

from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice.espeak import Espeak, letters_apart
from services.voice.pinyin import Pinyin
from services.voice.sound import audible

LEXICON = Path(__file__).parents[3] / "resources" / "voice" / "lexicon.tsv"


@pytest.fixture
def espeak() -> Espeak:
    return Espeak(Pinyin(LEXICON))


def test_capital_letters_are_said_one_by_one() -> None:
    assert letters_apart("QR") == "Q R"
    assert letters_apart("Wifi") == "Wifi"


@pytest.mark.parametrize("language", Language)
def test_a_longer_clause_sounds_longer(espeak: Espeak, language: Language) -> None:
    assert espeak.available()
    short = espeak.render("请看", language)
    long = espeak.render("请看，请看，请看，请看，请看", language)
    assert 0.2 < short.seconds < long.seconds


def test_it_begins_to_speak_at_once(espeak: Espeak) -> None:
    said = espeak.render("请稍候", Language.ZH)
    assert audible(said)[0] / said.rate < 0.1


def test_what_is_said_stands_in_no_argument(
    espeak: Espeak, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    run = subprocess.run

    def watched(words: list[str], **rest: object) -> object:
        seen.append(words)
        return run(words, **rest)

    monkeypatch.setattr(subprocess, "run", watched)
    espeak.render("zhangsan", Language.EN)
    assert seen
    assert not any("zhangsan" in word for word in seen[0])


def test_a_voice_that_is_missing_is_a_known_trouble(
    espeak: Espeak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert not espeak.available()
    with pytest.raises(VoiceTrouble):
        espeak.render("请看", Language.ZH)
