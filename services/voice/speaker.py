"""The kiosk's voice: clauses, made by a synthesizer, heard through a player, by way of pyttsx3."""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import RLock, Thread
from typing import TYPE_CHECKING

from kiosk.domain.session.manner import Manner
from kiosk.erasure import write_over_the_stack
from kiosk.errors import VoiceTrouble
from services.voice import sound
from services.voice.driver import engine
from services.voice.spoken import Clause, clauses, in_two
from services.voice.synthesizer import NotSaid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kiosk.domain.words import Language
    from services.voice.player import Aplay
    from services.voice.sound import Pcm
    from services.voice.synthesizer import Synthesizer
    from services.voice.worker import Worker

log = logging.getLogger(__name__)

_PAUSE_SECONDS, _BREATH_SECONDS = 0.3, 0.1
_GOES_ON = ("，", "、", "：", ",", ":")


@dataclass
class _Reading:
    """What one `say` has still to say, and the sound of the first of it, being made ahead."""

    turn: int
    clauses: deque[Clause] = field(default_factory=deque)
    ahead: Future[Pcm] | None = None


class PyttsxSpeaker:
    """Implements `kiosk.ports.Speaker`. Trouble with the voice is the operator's, logged once until
    it speaks again; the screen never hears of it."""

    def __init__(
        self,
        synthesizer: Synthesizer,
        player: Aplay,
        worker: Worker | None = None,
        slow: Callable[[str, Language], bool] = lambda *_: False,
    ) -> None:
        """`worker` is one of those whom the synthesizer asks; it is told when to be ready, and when
        nobody listens any more. What is said first is cut where it is `slow` to make."""
        self._synthesizer = synthesizer
        self._player = player
        self._worker = worker
        self._slow = slow
        self._guard = RLock()
        self._troubled = False
        self._manner = Manner()
        self._reading = _Reading(player.turn())
        self._turn, self._left = 0, 0
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
        if self._worker is not None:
            Thread(target=self._worker.wake, daemon=True).start()
        said = [
            (place, clause)
            for place, sentence in enumerate(sentences)
            for clause in clauses(sentence, language)
        ]
        if said and self._slow(*said[0][1]):
            place, first = said[0]
            said[:1] = [(place, part) for part in in_two(first)]
        with self._guard:
            self._engine.stop()
            self._reading = _Reading(self._player.turn(), deque(clause for _, clause in said))
            self._turn, self._told, self._left = self._turn + 1, told, len(said)
            self._manner = manner
            for place, clause in said:
                self._engine.setProperty("voice", clause.language.value)
                self._engine.say(clause.text, f"{self._turn}:{place}")
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

    def close(self) -> None:
        """Silent for good."""
        self.hush()
        if self._worker is not None:
            self._worker.close()

    def speaking(self) -> bool:
        """Whether something is being said."""
        return bool(self._engine.isBusy())

    # What the driver asks (services.voice.driver.Sound)

    def turn(self) -> int:
        """As the player's."""
        return self._player.turn()

    def silence(self) -> None:
        """As the player's; nothing more is made for it either, nor kept of it."""
        self._player.silence()
        self._reading = _Reading(self._player.turn())
        if self._worker is not None:
            self._worker.take_back()

    def utter(self, text: str, language: Language, turn: int) -> bool:
        """Make sound of it and have it heard; whether it was, to its end."""
        reading = self._reading
        if reading.turn != turn:
            return False
        try:
            self._player.play(self._made(reading, text), turn)
        except VoiceTrouble as error:
            if not self._troubled and turn == self._player.turn():
                log.warning("no voice: %s", error)
                self._troubled = True
            return False
        self._troubled = False
        return turn == self._player.turn()

    def _made(self, reading: _Reading, text: str) -> bytes:
        """The sound of the next clause, and the one after it begun. Raises `VoiceTrouble`."""
        clause = reading.clauses.popleft()
        ahead = reading.ahead or self._begin(reading, clause)
        made = ahead.result()
        reading.ahead = self._begin(reading, reading.clauses[0]) if reading.clauses else None
        return as_played(made, clause.text, self._manner)

    def _begin(self, reading: _Reading, clause: Clause) -> Future[Pcm]:
        future: Future[Pcm] = Future()

        def make() -> None:
            try:
                if reading is not self._reading:
                    raise NotSaid("nobody listens")
                future.set_result(self._synthesizer.render(*clause))
            except Exception as error:  # is raised where the result is wanted
                future.set_exception(error)
            write_over_the_stack()

        Thread(target=make, name="voice ahead", daemon=True).start()
        return future


def as_played(made: Pcm, clause: str, manner: Manner) -> bytes:
    """A clause's sound, in this manner and with the pause that follows it, as WAV."""
    pause = _BREATH_SECONDS if clause.endswith(_GOES_ON) else _PAUSE_SECONDS
    said = sound.stretched(made, manner.rate)
    return sound.wav(sound.joined([said, sound.silence(pause, made.rate)]), manner.volume)
