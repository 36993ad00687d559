"""Sound in memory, and what is done to it: trimmed, made evenly loud, slowed, hastened, coded."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

TARGET_LUFS = -20.0
PEAK = 10 ** (-1 / 20)
"""-1 dBFS: a decoded clip peaks a little higher than what was coded."""
_SILENCE = 10 ** (-40 / 20)
"""What is 40 dB below the loudest moment is silence."""
_LEAD_SECONDS, _TRAIL_SECONDS = 0.05, 0.08
_FRAME_SECONDS = 0.005
_OPUS_LEVEL = 0.96
"""libsndfile's compression level, from 0 (256 kbit/s) to 1 (6 kbit/s): 16 kbit/s."""
_K_WEIGHTING = (
    (
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (-1.69065929318241, 0.73248077421585),
    ),
    ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621)),
)
"""ITU-R BS.1770-5, tables 1 and 2, for 48 kHz: numerator, and denominator without its leading 1."""
_LIMITER_SECONDS = 0.01
_LEVELLING_ROUNDS = 3
_WSOLA_SECONDS, _WSOLA_SEARCH_SECONDS = 0.03, 0.01


class Pcm(NamedTuple):
    """Mono sound: `samples` from -1 to 1 (float32), `rate` of them in a second."""

    samples: npt.NDArray[np.float32]
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


def trimmed(sound: Pcm) -> Pcm:
    """Without most of the silence before and after, faded in and out."""
    samples, rate = sound
    edges = audible(sound)
    start = max(0, edges[0] - round(_LEAD_SECONDS * rate))
    kept = samples[start : edges[1] + round(_TRAIL_SECONDS * rate)].copy()
    for fade, part in ((rate // 200, kept), (rate // 33, kept[::-1])):
        part[:fade] *= np.linspace(0, 1, min(fade, len(part)), dtype=np.float32)
    return Pcm(kept, rate)


def close(sound: Pcm) -> Pcm:
    """Without any silence before and after."""
    start, end = audible(sound)
    return Pcm(sound.samples[start:end], sound.rate)


def audible(sound: Pcm) -> tuple[int, int]:
    """The samples between which something is heard."""
    frame = max(1, round(_FRAME_SECONDS * sound.rate))
    whole = sound.samples[: len(sound.samples) // frame * frame].reshape(-1, frame)
    level = np.sqrt((whole**2).mean(axis=1)) if len(whole) else np.zeros(0)
    heard = np.flatnonzero(level > _SILENCE * level.max(initial=1e-9))
    return (int(heard[0]) * frame, (int(heard[-1]) + 1) * frame) if len(heard) else (0, 0)


def loudness(sound: Pcm) -> float:
    """Of the whole, in LUFS (K-weighted, without gating: it is one clause, trimmed)."""
    spectrum = np.fft.rfft(sound.samples)
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(len(sound.samples), 1 / sound.rate) / 48_000)
    for (b0, b1, b2), (a1, a2) in _K_WEIGHTING:
        spectrum *= (b0 + b1 * turn + b2 * turn**2) / (1 + a1 * turn + a2 * turn**2)
    power = 2 * np.sum(np.abs(spectrum) ** 2) / len(sound.samples) ** 2
    return float(10 * np.log10(power + 1e-12) - 0.691)


def levelled(sound: Pcm) -> Pcm:
    """At `TARGET_LUFS`, or as near to it as can be. What would clip is turned down for a moment."""
    made = sound
    for _ in range(_LEVELLING_ROUNDS):
        gain = 10 ** ((TARGET_LUFS - loudness(made)) / 20)
        made = _limited(Pcm(made.samples * np.float32(gain), made.rate))
    return made


def _limited(sound: Pcm) -> Pcm:
    """Nowhere above `PEAK`: the gain goes down before a peak and up again behind it."""
    samples, rate = sound
    over = np.maximum(1, np.abs(samples) / PEAK)
    reach = round(_LIMITER_SECONDS * rate)
    if over.max(initial=1) == 1 or not reach:
        return sound
    around = np.lib.stride_tricks.sliding_window_view(
        np.pad(over, 2 * reach, "edge"), 2 * reach + 1
    )
    turned_down = np.convolve(1 / around.max(axis=1), _even(2 * reach + 1), "valid")
    return Pcm((samples * turned_down).astype(np.float32), rate)


def _even(count: int) -> npt.NDArray[np.float64]:
    """A window whose numbers add up to 1."""
    window = np.hanning(count + 2)[1:-1]
    return np.asarray(window / window.sum())


def joined(parts: list[Pcm]) -> Pcm:
    """One after another; all of one rate."""
    return Pcm(np.concatenate([part.samples for part in parts]), parts[0].rate)


def silence(seconds: float, rate: int) -> Pcm:
    """So much of nothing."""
    return Pcm(np.zeros(round(seconds * rate), np.float32), rate)


def stretched(sound: Pcm, speed: float) -> Pcm:
    """Said `speed` times as fast at the same pitch: overlapping pieces, each taken where it best
    goes on from the one before (WSOLA, Verhelst and Roelands 1993)."""
    samples, rate = sound
    half, search = round(_WSOLA_SECONDS * rate / 2), round(_WSOLA_SEARCH_SECONDS * rate)
    if speed == 1 or len(samples) < 4 * half:
        return sound
    window = np.hanning(2 * half + 1)[:-1].astype(np.float32)
    count = int(len(samples) / speed / half)
    padded = np.pad(samples, (search + half, 2 * (search + half) + half))
    made = np.zeros((count + 1) * half, np.float32)
    follows = search + half
    for place in range(count):
        wanted = round(place * half * speed) + search + half
        if place:
            there = padded[wanted - search - half : wanted + search + half]
            likeness = np.correlate(there, padded[follows - half : follows + half], "valid")
            wanted += int(likeness.argmax()) - search
        made[place * half : (place + 2) * half] += padded[wanted - half : wanted + half] * window
        follows = wanted + half
    return Pcm(made[: round(len(samples) / speed)], rate)


def wav(sound: Pcm, volume: float = 1.0) -> bytes:
    """A WAV file, 16 bits."""
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(sound.rate)
        made.writeframes((np.clip(sound.samples * volume, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def from_wav(file: bytes) -> Pcm:
    """A WAV file, mono, 16 bits; its header need not tell its length. Raises `ValueError`."""
    try:
        with wave.open(io.BytesIO(file)) as sound:
            if (sound.getnchannels(), sound.getsampwidth()) != (1, 2):
                raise ValueError("not mono of 16 bits")
            frames = sound.readframes(len(file))
            rate = sound.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError(f"no WAV file: {error}") from None
    whole = np.frombuffer(frames[: len(frames) // 2 * 2], "<i2")
    return Pcm(whole.astype(np.float32) / np.float32(32768), rate)


def opus(sound: Pcm) -> bytes:
    """An Ogg file with Opus in it."""
    import soundfile

    file = io.BytesIO()
    soundfile.write(
        file, sound.samples, sound.rate, format="OGG", subtype="OPUS", compression_level=_OPUS_LEVEL
    )
    return file.getvalue()


def from_opus(file: bytes) -> Pcm:
    """What `opus` made. Raises `ValueError`."""
    import soundfile

    try:
        samples, rate = soundfile.read(io.BytesIO(file), dtype="float32")
    except soundfile.SoundFileError as error:
        raise ValueError(f"no Ogg file: {error}") from None
    return Pcm(samples, rate)
