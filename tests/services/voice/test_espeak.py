import io
import subprocess
import wave

import pytest

from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice.espeak import Espeak, pinyin


def seconds(wav: bytes) -> float:
    """The header of what is made in a pipe says nothing of its length."""
    with wave.open(io.BytesIO(wav)) as sound:
        return (len(wav) - 44) / sound.getframerate() / sound.getsampwidth()


def test_chinese_is_given_in_toned_pinyin() -> None:
    assert pinyin("长者请看：社保卡补领，B B C") == (
        "zhang3 zhe3 qing3 kan4 ： she4 bao3 ka3 bu3 ling3 ，B B C"
    )


def test_capital_letters_are_said_one_by_one() -> None:
    assert pinyin("QR码") == "Q R ma3"


@pytest.mark.parametrize("language", Language)
def test_a_longer_clause_sounds_longer(language: Language) -> None:
    voice = Espeak()
    assert voice.available()
    short = seconds(voice.render("请看", language))
    long = seconds(voice.render("请看，请看，请看，请看，请看", language))
    assert 0.2 < short < long


def test_what_is_said_stands_in_no_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    run = subprocess.run

    def watched(words: list[str], **rest: object) -> object:
        seen.append(words)
        return run(words, **rest)

    monkeypatch.setattr(subprocess, "run", watched)
    Espeak().render("zhangsan", Language.EN)
    assert not any("zhangsan" in word for word in seen[0])


def test_a_voice_that_is_missing_is_a_known_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not Espeak().available()
    with pytest.raises(VoiceTrouble):
        Espeak().render("请看", Language.ZH)
