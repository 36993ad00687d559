"""Stand-ins for the model of the voice."""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from kiosk.domain.words import Language
from kiosk.errors import KnownError, VoiceTrouble
from services.voice.rendering import render
from services.voice.sound import Pcm

RATE = 24_000


class Voice:
    """Says everything, or raises what it is given."""

    def __init__(self, error: KnownError | None = None) -> None:
        self.error = error
        self.said: list[str] = []

    def available(self) -> bool:
        if self.error:
            raise self.error
        return True

    def render(self, clause: str, language: Language) -> Pcm:
        if self.error:
            raise self.error
        self.said.append(clause)
        return Pcm(np.zeros(1, np.float32), 24_000)


class Tones:
    """A voice that says each clause as a tone, as many tenths of a second as it has letters, with
    silence around it. Counts what it was asked; whatever is in `refused` it cannot say."""

    def __init__(self, refused: str = "") -> None:
        self.rendered: list[str] = []
        self.refused = refused
        self.accent = ""

    def name(self, language: Language) -> str:
        return f"tones_{language}"

    def speed(self, language: Language) -> float:
        return 1.0

    def phonemes(self, clause: str, language: Language) -> str:
        return clause + self.accent

    def begin(self) -> None:
        pass

    def sound(self, said: str, language: Language) -> Pcm:
        if said == self.refused:
            raise VoiceTrouble("refused")
        self.rendered.append(said)
        turns = np.arange(len(said) * RATE // 10) * 220 / RATE
        tone = 0.3 * np.sin(2 * np.pi * turns)
        silence = np.zeros(RATE // 3)
        return Pcm(np.concatenate([silence, tone, silence]).astype(np.float32), RATE)


def record(
    folder: Path,
    texts: Iterable[str],
    language: Language = Language.ZH,
    voice: Tones | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> int:
    """A bank with these in it; how many were rendered."""
    return render(folder, language, texts, voice or Tones(), progress)
