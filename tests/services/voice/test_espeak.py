import io
import subprocess
import wave

import numpy as np
import pytest

from kiosk.domain.session.manner import RATES, VOLUMES, Manner
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
    short = seconds(voice.render("请看", language, Manner()))
    long = seconds(voice.render("请看，请看，请看，请看，请看", language, Manner()))
    assert 0.2 < short < long


def loudness(wav: bytes) -> float:
    """Root mean square of the samples."""
    samples = np.frombuffer(wav[44:], np.int16).astype(np.float64)
    return float(np.sqrt(np.mean(samples**2)))


def test_it_is_said_faster_and_louder_as_wanted() -> None:
    voice = Espeak()
    lengths = [seconds(voice.render("请看这里", Language.ZH, Manner(rate))) for rate in RATES]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 1.3 * lengths[-1]
    loud = [loudness(voice.render("请看这里", Language.ZH, Manner(1.0, each))) for each in VOLUMES]
    assert loud == sorted(loud)
    assert loud[-1] > 2 * loud[0]


def test_what_is_said_stands_in_no_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    run = subprocess.run

    def watched(words: list[str], **rest: object) -> object:
        seen.append(words)
        return run(words, **rest)

    monkeypatch.setattr(subprocess, "run", watched)
    Espeak().render("zhangsan", Language.EN, Manner())
    assert not any("zhangsan" in word for word in seen[0])


def test_a_voice_that_is_missing_is_a_known_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not Espeak().available()
    with pytest.raises(VoiceTrouble):
        Espeak().render("请看", Language.ZH, Manner())
