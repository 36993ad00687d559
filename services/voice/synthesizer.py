"""What makes sound of clauses, and several of them one behind the other."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from kiosk.errors import KnownError, VoiceTrouble

if TYPE_CHECKING:
    from kiosk.domain.words import Language
    from services.voice.sound import Pcm

log = logging.getLogger(__name__)


class NotSaid(VoiceTrouble):
    """This voice does not know how to say this, which is nobody's fault."""


class Synthesizer(Protocol):
    """Makes sound of clauses."""

    def available(self) -> bool:
        """Whether it can. Raises `KnownError` where what it needs is broken."""

    def render(self, clause: str, language: Language) -> Pcm:
        """Its sound. Raises `KnownError`, `NotSaid` where this is not for it."""


class Chain:
    """A `Synthesizer` that lets the first of several say what it can."""

    def __init__(self, *voices: Synthesizer) -> None:
        self._voices = voices
        self._troubled: set[str] = set()

    def available(self) -> bool:
        """Whether one of them can."""
        return any(self._can(voice) for voice in self._voices)

    def render(self, clause: str, language: Language) -> Pcm:
        """Raises `VoiceTrouble` where none can say it. Each one's trouble is logged once."""
        for voice in self._voices:
            try:
                return voice.render(clause, language)
            except NotSaid:
                continue
            except KnownError as error:
                self._note(voice, error)
        raise VoiceTrouble("no voice can say it")

    def _can(self, voice: Synthesizer) -> bool:
        try:
            return voice.available()
        except KnownError as error:
            self._note(voice, error)
            return False

    def _note(self, voice: Synthesizer, error: KnownError) -> None:
        name = type(voice).__name__
        if name not in self._troubled:
            self._troubled.add(name)
            log.warning("voice %s: %s", name, error)
