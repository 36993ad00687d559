"""What reads screens aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.wiring import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kiosk.domain.words import Language
    from kiosk.ports import Speaker
    from kiosk.settings import Settings
    from services.voice.kokoro import Kokoro
    from services.voice.pinyin import Pinyin

VOICE = RESOURCES / "voice"
VOICE_MODEL = RESOURCES.parent / ".voice"
"""Filled by `make voice-model`, and not needed."""


def kokoro(threads: int = 1) -> Kokoro:
    """The model of the voice, where it is installed."""
    from services.voice.kokoro import Kokoro

    return Kokoro(VOICE_MODEL, pronunciation(), threads)


def pronunciation(folder: Path = VOICE) -> Pinyin:
    """How Chinese is pronounced."""
    from services.voice.pinyin import Pinyin

    return Pinyin(folder / "lexicon.tsv")


def speaker(
    settings: Settings, public: Callable[[], Iterable[str]] = tuple, folder: Path = VOICE
) -> Speaker:
    """The kiosk's voice: recorded, from the model, put together from recordings, espeak-ng's."""
    from kiosk import child
    from services.voice.bank import Recorded
    from services.voice.espeak import Espeak
    from services.voice.kept import Kept
    from services.voice.player import Aplay
    from services.voice.speaker import PyttsxSpeaker
    from services.voice.spliced import Spliced
    from services.voice.synthesizer import Chain
    from services.voice.worker import Worker

    recorded = Recorded(folder)
    command = child.command("voice", "worker")
    worker = Worker(command, child.environment(), kokoro().available())
    kept = Kept(worker, public)
    chain = Chain(recorded, kept, Spliced(recorded), Espeak(pronunciation(folder)))

    def slow(clause: str, language: Language) -> bool:
        at_once = recorded.knows(clause, language) or kept.knows(clause)
        return worker.available() and not at_once

    return PyttsxSpeaker(chain, Aplay(settings.devices.speaker), worker, slow)
