"""The kiosk's own driver for pyttsx3: its stock ones cannot be interrupted (`stop` waits
for the end of the sentence). Sound is made on a thread; the loop stays Qt's."""

from __future__ import annotations

import sys
from threading import RLock, Thread
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

from pyttsx3.engine import Engine

from kiosk.domain.words import Language
from kiosk.erasure import write_over_the_stack

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "budayang"


class Proxy(Protocol):
    """What pyttsx3 lends a driver (`pyttsx3.driver.DriverProxy`)."""

    _current_text: str

    def setBusy(self, busy: bool) -> None:
        """Whoever is busy is given nothing; whoever is free again is given the next command."""

    def notify(self, topic: str, **values: object) -> None:
        """Tell who listens."""


class Sound(Protocol):
    """What makes sound of text and has it heard."""

    def turn(self) -> int:
        """What `utter` is to be given: `silence` ends all turns before it."""

    def utter(self, text: str, language: Language, turn: int) -> bool:
        """Say it; returns at its end, with whether it could be heard to its end."""

    def silence(self) -> None:
        """Be silent at once."""


class Driver:
    """One utterance at a time. pyttsx3's queue knows no threads: all who touch it hold `guard`."""

    def __init__(self, proxy: Proxy, sound: Sound, guard: RLock) -> None:
        self._proxy = proxy
        self._sound = sound
        self._guard = guard
        self._language = Language.ZH

    def say(self, text: str) -> None:
        """Begin to say it."""
        self._proxy.setBusy(True)
        self._proxy.notify("started-utterance")
        said = (text, self._language, self._sound.turn())
        Thread(target=self._say, args=said, name="voice", daemon=True).start()

    def _say(self, text: str, language: Language, turn: int) -> None:
        completed = False
        try:
            completed = self._sound.utter(text, language, turn)
        finally:
            write_over_the_stack()
            with self._guard:
                self._proxy.notify("finished-utterance", completed=completed)
                self._proxy.setBusy(False)

    def stop(self) -> None:
        """Be silent at once, and keep nothing of what was said (pyttsx3 would)."""
        self._proxy._current_text = ""
        self._sound.silence()

    def setProperty(self, name: str, value: str) -> None:
        """`voice`: the language to speak."""
        if name == "voice":
            self._language = Language(value)

    def iterate(self) -> Iterator[None]:
        """There is no loop to be had here."""
        self._proxy.setBusy(False)
        return iter(())

    def destroy(self) -> None:
        """Be silent for good."""
        self._sound.silence()


def engine(sound: Sound, guard: RLock) -> Engine:
    """A pyttsx3 engine with this driver, ready to be told `say` and `stop`."""
    module = ModuleType(f"pyttsx3.drivers.{NAME}")
    vars(module)["buildDriver"] = lambda proxy: Driver(proxy, sound, guard)
    sys.modules[module.__name__] = module
    made = Engine(NAME)
    made.startLoop(False)
    return made
