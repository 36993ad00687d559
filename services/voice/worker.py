"""The voice model in a process of its own: it takes half a gigabyte and seconds of work, may crash,
and is given up in the middle of a clause when nobody wants to hear it any more.

Requests are lines of JSON, an empty line takes back all before it; each answer is a length (four
bytes) and so many bytes of samples, none where it was not to be. The first answer, empty, says that
the model is loaded."""

from __future__ import annotations

import json
import subprocess
import time
from contextlib import suppress
from threading import Event, Lock, Thread, Timer
from typing import IO, TYPE_CHECKING

import numpy as np

from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice.kokoro import SAMPLE_RATE
from services.voice.sound import Pcm
from services.voice.synthesizer import NotSaid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_SECONDS = 6.0
PATIENCE_SECONDS = 4.0
"""For a model that is still being loaded: whoever listens would rather hear another voice."""
STARTS_IN_A_ROW = 3
REST_SECONDS = 600.0
"""Between giving up a process that keeps ending and trying once more."""


class Worker:
    """A `Synthesizer`. What it is given stays in pipes and memory; nothing is kept here."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], there: bool) -> None:
        """`command` runs `services.voice.serving` in `environment`; `there`: whether the model is
        installed."""
        self._command = command
        self._environment = environment
        self._there = there
        self._one = Lock()
        self._writing = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.loaded = Event()
        """The process can render, or has ended."""
        self._turn = 0
        self._starts = 0
        self._rests_until = 0.0

    def available(self) -> bool:
        """Whether the model is installed."""
        return self._there

    def wake(self) -> None:
        """Somebody listens: load the model, in the background."""
        with self._writing, suppress(VoiceTrouble):
            self._running()

    def render(self, clause: str, language: Language) -> Pcm:
        """Blocks for as long as the model takes, `LONGEST_SECONDS` at most, and while another is
        rendered. Raises `VoiceTrouble`, `NotSaid` once it was taken back."""
        turn = self._turn
        with self._one:
            with self._writing:
                process, loaded = self._running(), self.loaded
            if not loaded.wait(PATIENCE_SECONDS):
                raise NotSaid("the voice model is being loaded")
            request = json.dumps({"clause": clause, "language": language}) + "\n"
            patience = Timer(LONGEST_SECONDS, process.kill)
            patience.daemon = True
            patience.start()
            try:
                with self._writing:
                    if turn != self._turn:
                        raise NotSaid("taken back")
                    _send(process, request.encode())
                samples = _receive(process)
            except NotSaid:
                raise
            except VoiceTrouble:
                with self._writing:
                    self._end()
                raise
            finally:
                patience.cancel()
            self._starts = 0
        if turn != self._turn or not len(samples):
            raise NotSaid("taken back, or the model cannot say it")
        return Pcm(samples, SAMPLE_RATE)

    def take_back(self) -> None:
        """What is being rendered, or waits for its turn, is not wanted any more, and the last
        request is forgotten."""
        with self._writing, suppress(VoiceTrouble):
            self._turn += 1
            if self._process is not None:
                _send(self._process, b"\n")

    def close(self) -> None:
        """End the process, for good."""
        with self._writing:
            self._there = False
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if not self._there:
            raise NotSaid("no voice model")
        if self._process is not None:
            return self._process
        if time.monotonic() < self._rests_until:
            raise NotSaid("the voice model rests")
        self._starts += 1
        if self._starts > STARTS_IN_A_ROW:
            self._starts, self._rests_until = 0, time.monotonic() + REST_SECONDS
            raise VoiceTrouble("the voice model's process keeps ending")
        try:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise VoiceTrouble(f"the voice model's process: {error.strerror}") from None
        self.loaded = Event()
        Thread(target=_load, args=(self._process, self.loaded), daemon=True).start()
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self.loaded.wait()
            with self._process:
                self._process = None


def _load(process: subprocess.Popen[bytes], loaded: Event) -> None:
    with suppress(VoiceTrouble):
        _receive(process)
    loaded.set()


def _send(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(line)
    except OSError as error:
        raise VoiceTrouble(f"the voice model's process: {error.strerror}") from None


def _receive(process: subprocess.Popen[bytes]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    assert process.stdout is not None
    length = _exactly(process.stdout, 4)
    return np.frombuffer(_exactly(process.stdout, int.from_bytes(length, "big")), np.float32)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        try:
            part = stream.read(count - len(parts))
        except (OSError, ValueError):  # closed meanwhile
            part = b""
        if not part:
            raise VoiceTrouble("the voice model's process ended")
        parts += part
    return bytes(parts)
