"""The voice model's process: what `services.voice.worker` starts and asks."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from typing import IO, NamedTuple, Protocol

from kiosk.domain.words import Language
from kiosk.erasure import write_over_the_stack
from kiosk.errors import KnownError
from services.voice.sound import Pcm, levelled, trimmed

_NICE = 10


class Model(Protocol):
    """What says clauses (`services.voice.kokoro.Kokoro`)."""

    def phonemes(self, clause: str, language: Language) -> str:
        """What is spoken. Raises `KnownError`."""

    def sound(self, said: str, language: Language) -> Pcm:
        """Its sound. Raises `KnownError`."""

    def begin(self) -> None:
        """From now on `stop` is meant for the next `sound`."""

    def stop(self) -> None:
        """Have `sound`, in another thread, give up."""


class _Request(NamedTuple):
    number: int
    clause: str
    language: str


class Service:
    """Answers requests in their order until its input ends."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._guard = Lock()
        self._requests: SimpleQueue[_Request | None] = SimpleQueue()
        self._received = self._taken_back = self._at = 0

    def serve(self, requests: IO[bytes], answers: IO[bytes]) -> None:
        """Raises `KnownError` if the model cannot be loaded."""
        Thread(target=self._read, args=(requests,), daemon=True).start()
        self._sound(self._model.phonemes("您好", Language.ZH), Language.ZH)
        answers.write(bytes(4))
        answers.flush()
        while (request := self._requests.get()) is not None:
            with self._guard:
                self._at = request.number
            samples = b""
            with suppress(KnownError):
                samples = self._answer(request)
            answers.write(len(samples).to_bytes(4, "big") + samples)
            answers.flush()
            del request
            write_over_the_stack()

    def _answer(self, request: _Request) -> bytes:
        language = Language(request.language)
        said = self._model.phonemes(request.clause, language)
        with self._guard:
            if request.number <= self._taken_back:
                return b""
            self._model.begin()
        return self._sound(said, language)

    def _sound(self, said: str, language: Language) -> bytes:
        return levelled(trimmed(self._model.sound(said, language))).samples.tobytes()

    def _read(self, requests: IO[bytes]) -> None:
        for line in requests:
            if line.strip():
                self._received += 1
                self._requests.put(_Request(self._received, **json.loads(line)))
                continue
            with self._guard:
                self._taken_back = self._received
                if self._at == self._received:
                    self._model.stop()
        self._requests.put(None)


def serve(model: Model) -> None:
    """Be the process of a `Worker`, less important than the screen. Raises `KnownError`."""
    os.nice(_NICE)
    # Without a buffer, in which the last request would stay.
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as requests:
        Service(model).serve(requests, sys.stdout.buffer)
