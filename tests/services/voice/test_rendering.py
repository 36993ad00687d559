from pathlib import Path

import pytest

from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice import bank, sound
from services.voice.sound import TARGET_LUFS
from tests.services.voice.voices import Tones, record

TEXTS = ("返回", "请稍候", "社会保障")


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_what_is_recorded_is_short_of_silence_and_evenly_loud(tmp_path: Path) -> None:
    record(tmp_path, TEXTS)
    made = bank.load(tmp_path, Language.ZH)
    assert set(made.recordings) == set(TEXTS)
    for text, recording in made.recordings.items():
        heard = made.sound(text)
        start, end = sound.audible(heard)
        assert start / heard.rate <= 0.12
        assert heard.seconds - end / heard.rate <= 0.12
        assert heard.seconds == pytest.approx(recording.seconds, abs=0.01)
        assert recording.lufs == pytest.approx(TARGET_LUFS, abs=0.1)


def test_only_what_changed_is_rendered(tmp_path: Path) -> None:
    assert record(tmp_path, TEXTS) == len(TEXTS)
    before, voice = files(tmp_path), Tones()
    assert record(tmp_path, TEXTS, voice=voice) == 0
    assert files(tmp_path) == before
    assert record(tmp_path, [*TEXTS, "结束"], voice=voice) == 1
    assert voice.rendered == ["结束"]


def test_what_is_said_in_another_way_is_rendered_anew(tmp_path: Path) -> None:
    record(tmp_path, TEXTS)
    voice = Tones()
    voice.accent = "!"
    assert record(tmp_path, TEXTS, voice=voice) == len(TEXTS)


def test_what_is_not_wanted_any_more_goes(tmp_path: Path) -> None:
    record(tmp_path, TEXTS)
    size = (tmp_path / "zh.bank").stat().st_size
    record(tmp_path, TEXTS[:1])
    assert set(bank.load(tmp_path, Language.ZH).recordings) == set(TEXTS[:1])
    assert (tmp_path / "zh.bank").stat().st_size < size


def test_a_damaged_recording_is_rendered_anew(tmp_path: Path) -> None:
    record(tmp_path, TEXTS)
    whole = (tmp_path / "zh.bank").read_bytes()
    (tmp_path / "zh.bank").write_bytes(whole[:-10])
    assert record(tmp_path, TEXTS) == 1
    assert bank.faults(bank.load(tmp_path, Language.ZH), TEXTS) == []


def test_what_was_done_before_an_early_end_is_not_done_again(tmp_path: Path) -> None:
    with pytest.raises(VoiceTrouble):
        record(tmp_path, TEXTS, voice=Tones(refused=sorted(TEXTS)[-1]))
    assert record(tmp_path, TEXTS) == 1


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    record(tmp_path, TEXTS, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
