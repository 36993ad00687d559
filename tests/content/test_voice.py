"""Every clause of fixed wording is recorded, in both languages, and every recording is whole, even
in loudness and short of silence."""

from pathlib import Path

import pytest

from kiosk.domain.words import Language
from kiosk.voicing import fixed
from services.voice import bank, sound

FOLDER = Path(__file__).parents[2] / "resources" / "voice"
WANTED = fixed()
LARGEST_BYTES = 25_000_000
every_language = pytest.mark.parametrize("language", Language)


@every_language
def test_every_clause_has_a_voice_and_none_is_left_over(language: Language) -> None:
    assert bank.faults(bank.load(FOLDER, language), WANTED[language]) == []


@every_language
def test_recordings_are_evenly_loud(language: Language) -> None:
    for recording in bank.load(FOLDER, language).recordings.values():
        assert recording.lufs == pytest.approx(sound.TARGET_LUFS, abs=2.5), recording.text


@every_language
def test_no_recording_is_shorter_or_longer_than_what_it_says(language: Language) -> None:
    for recording in bank.load(FOLDER, language).recordings.values():
        assert 0.2 < recording.seconds < 2 + len(recording.phonemes) / 5, recording.text


@every_language
def test_recordings_have_little_silence_and_do_not_clip(language: Language) -> None:
    found = bank.load(FOLDER, language)
    texts = sorted(found.recordings)
    for text in texts[:: len(texts) // 50]:
        heard = found.sound(text)
        start, end = sound.audible(heard)
        assert start / heard.rate <= 0.12, text
        assert heard.seconds - end / heard.rate <= 0.12, text
        assert abs(heard.samples).max() < 1, text


def test_all_of_it_is_small() -> None:
    size = sum(bank.load(FOLDER, language).file.stat().st_size for language in Language)
    assert size < LARGEST_BYTES
