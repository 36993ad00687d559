import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.voice import sound
from services.voice.sound import PEAK, TARGET_LUFS, Pcm

RATE = 24_000
PITCH = 220.0


def tone(seconds: float, level: float = 0.3, pitch: float = PITCH) -> Pcm:
    turns = np.arange(round(seconds * RATE)) * pitch / RATE
    return Pcm((level * np.sin(2 * np.pi * turns)).astype(np.float32), RATE)


def between_silences(middle: Pcm) -> Pcm:
    return sound.joined([sound.silence(0.4, RATE), middle, sound.silence(1.1, RATE)])


def pitch(heard: Pcm) -> float:
    spectrum = np.abs(np.fft.rfft(heard.samples * np.hanning(len(heard.samples))))
    return float(spectrum.argmax() * heard.rate / len(heard.samples))


def test_silence_around_speech_is_cut_short_and_nothing_of_the_speech() -> None:
    kept = sound.trimmed(between_silences(tone(1.0)))
    start, end = sound.audible(kept)
    assert 0 < start / RATE <= 0.1
    assert 0 < kept.seconds - end / RATE <= 0.1
    assert (end - start) / RATE == pytest.approx(1.0, abs=0.02)


def test_a_clip_begins_and_ends_softly() -> None:
    kept = sound.trimmed(tone(1.0))
    assert kept.samples[0] == 0
    assert kept.samples[-1] == 0


def test_loudness_is_that_of_the_standard() -> None:
    """ITU-R BS.1770-5, note to equation 2: a sine of 997 Hz at full scale in one channel reads
    -3.01 LKFS."""
    assert sound.loudness(tone(1.0, 1.0, 997.0)) == pytest.approx(-3.01, abs=0.05)


@given(st.floats(0.001, 1.0), st.floats(100, 3000))
def test_whatever_was_recorded_becomes_equally_loud(level: float, at: float) -> None:
    assert sound.loudness(sound.levelled(tone(0.5, level, at))) == pytest.approx(
        TARGET_LUFS, abs=0.1
    )


def test_what_would_clip_is_left_softer() -> None:
    click = Pcm(np.zeros(RATE, np.float32), RATE)
    click.samples[RATE // 2] = 0.5
    assert np.abs(sound.levelled(click).samples).max() == pytest.approx(PEAK)


def test_a_loud_moment_is_turned_down_and_the_rest_is_as_loud_as_ever() -> None:
    said = tone(1.0, 0.02)
    said.samples[RATE // 2 : RATE // 2 + RATE // 100] *= 15
    made = sound.levelled(said)
    assert np.abs(made.samples).max() <= PEAK + 1e-6
    assert sound.loudness(made) == pytest.approx(TARGET_LUFS, abs=0.5)


@pytest.mark.parametrize("speed", [0.7, 0.85, 1.0, 1.2, 1.45])
def test_slower_and_faster_speech_keeps_its_pitch(speed: float) -> None:
    said = sound.stretched(tone(2.0), speed)
    assert said.seconds == pytest.approx(2.0 / speed, rel=0.01)
    assert pitch(said) == pytest.approx(PITCH, rel=0.02)


@pytest.mark.parametrize("speed", [0.7, 1.45])
def test_slower_and_faster_speech_is_as_loud(speed: float) -> None:
    said = tone(2.0)
    assert sound.loudness(sound.stretched(said, speed)) == pytest.approx(
        sound.loudness(said), abs=0.5
    )


@given(st.integers(0, 5000), st.floats(0.5, 2.0))
def test_sound_of_any_length_can_be_stretched(count: int, speed: float) -> None:
    noise = Pcm(np.random.default_rng(count).uniform(-1, 1, count).astype(np.float32), RATE)
    assert np.isfinite(sound.stretched(noise, speed).samples).all()


@given(st.binary(max_size=200))
def test_what_is_no_sound_is_refused(file: bytes) -> None:
    for read in (sound.from_wav, sound.from_opus):
        with pytest.raises(ValueError, match="no (WAV|Ogg) file|not mono"):
            read(file)


def test_a_wav_file_reads_back() -> None:
    again = sound.from_wav(sound.wav(tone(0.1)))
    assert again.rate == RATE
    assert np.allclose(again.samples, tone(0.1).samples, atol=1e-4)


def test_volume_is_that_of_the_file() -> None:
    assert np.abs(sound.from_wav(sound.wav(tone(0.1), 0.5)).samples).max() == pytest.approx(
        0.15, abs=0.001
    )


def test_a_recording_is_small_and_sounds_the_same() -> None:
    coded = sound.opus(tone(2.0))
    again = sound.from_opus(coded)
    assert len(coded) < 2.0 * 4000
    assert (again.rate, again.seconds) == (RATE, pytest.approx(2.0, abs=0.01))
    assert pitch(again) == pytest.approx(PITCH, rel=0.01)
    assert sound.loudness(again) == pytest.approx(sound.loudness(tone(2.0)), abs=1)
