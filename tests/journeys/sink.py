"""A loudspeaker that nobody hears: it keeps what was played, and when."""

import io
import time
import wave
from threading import Event
from typing import NamedTuple

from services.voice.player import Aplay

HASTE = 20
"""How much sooner than a real one it comes to the end."""


class Played(NamedTuple):
    """`wav` was played from `began` on (`time.monotonic()`)."""

    began: float
    wav: bytes


class Sink(Aplay):
    """In the place of `aplay`."""

    def __init__(self, device: str = "default") -> None:
        super().__init__(device)
        self.played: list[Played] = []
        self._silenced = Event()

    def available(self) -> bool:
        return True

    def play(self, wav: bytes, turn: int) -> None:
        with self._guard:
            if turn != self._wanted:
                return
            silenced = self._silenced
            self.played.append(Played(time.monotonic(), wav))
        silenced.wait(_seconds(wav) / HASTE)

    def silence(self) -> None:
        with self._guard:
            self._wanted += 1
            self._silenced.set()
            self._silenced = Event()


def _seconds(wav: bytes) -> float:
    with wave.open(io.BytesIO(wav)) as opened:
        return opened.getnframes() / opened.getframerate()
