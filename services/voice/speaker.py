"""The kiosk's voice: clauses, made by a synthesizer, heard through a player, by way of pyttsx3."""

from __future__ import annotations

import logging
from threading import RLock
from typing import TYPE_CHECKING, Protocol

from kiosk.domain.session.manner import Manner
from kiosk.errors import VoiceTrouble
from services.voice.driver import engine
from services.voice.spoken import clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kiosk.domain.words import Language
    from services.voice.player import Aplay

log = logging.getLogger(__name__)


class Synthesizer(Protocol):
    """Makes sound of clauses."""

    def available(self) -> bool:
        """Whether it can."""

    def render(self, clause: str, language: Language, manner: Manner) -> bytes:
        """A WAV file. Raises `VoiceTrouble`."""


class PyttsxSpeaker:
    """Implements `kiosk.ports.Speaker`. Trouble with the voice is the operator's, logged once until
    it speaks again; the screen never hears of it."""

    def __init__(self, synthesizer: Synthesizer, player: Aplay) -> None:
        self._synthesizer = synthesizer
        self._player = player
        self._guard = RLock()
        self._troubled = False
        self._turn, self._left, self._manner = 0, 0, Manner()
        self._told: Callable[[int | None], None] = lambda _: None
        self._engine = engine(self, self._guard)
        self._engine.connect("started-utterance", self._begun)
        self._engine.connect("finished-utterance", self._finished)

    def available(self) -> bool:
        """Whether there is a voice, and a way to hear it."""
        return self._synthesizer.available() and self._player.available()

    def say(
        self,
        sentences: Iterable[str],
        language: Language,
        manner: Manner,
        told: Callable[[int | None], None],
    ) -> None:
        """Say these, one after another, in place of what is being said."""
        said = [
            (place, clause)
            for place, sentence in enumerate(sentences)
            for clause in clauses(sentence, language)
        ]
        with self._guard:
            self._engine.stop()
            self._engine.setProperty("voice", language.value)
            self._turn, self._told, self._left = self._turn + 1, told, len(said)
            self._manner = manner
            for place, clause in said:
                self._engine.say(clause, f"{self._turn}:{place}")
        if not said:
            told(None)

    def _begun(self, name: str) -> None:
        turn, place = map(int, name.split(":"))
        if turn == self._turn:
            self._told(place)

    def _finished(self, name: str, completed: bool) -> None:
        if name.startswith(f"{self._turn}:"):
            self._left -= 1
            if self._left == 0:
                self._told(None)

    def hush(self) -> None:
        """Stop speaking at once."""
        with self._guard:
            self._engine.stop()

    def speaking(self) -> bool:
        """Whether something is being said."""
        return bool(self._engine.isBusy())

    # What the driver asks (services.voice.driver.Sound)

    def turn(self) -> int:
        """As the player's."""
        return self._player.turn()

    def silence(self) -> None:
        """As the player's."""
        self._player.silence()

    def utter(self, text: str, language: Language, turn: int) -> bool:
        """Make sound of it and have it heard; whether it was, to its end."""
        try:
            self._player.play(self._synthesizer.render(text, language, self._manner), turn)
        except VoiceTrouble as error:
            if not self._troubled:
                log.warning("no voice: %s", error)
            self._troubled = True
            return False
        self._troubled = False
        return turn == self._player.turn()
