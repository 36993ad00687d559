"""Clauses that were said when the program was made: one file of recordings a language, and a
manifest of what is in it."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from kiosk.domain.words import Language
from kiosk.errors import ContentError, VoiceTrouble
from services.voice import sound
from services.voice.spoken import bare
from services.voice.synthesizer import NotSaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from services.voice.sound import Pcm


class Recording(NamedTuple):
    """One line of a manifest: what is said (`text`, `bare`), how (`phonemes`, `voice`, `speed`),
    where the file holds it (`offset` and `size` in bytes, `digest` the first half of its SHA-256 in
    hex), `seconds` and loudness in `lufs`."""

    text: str
    phonemes: str
    voice: str
    speed: float
    offset: int
    size: int
    digest: str
    seconds: float
    lufs: float


@dataclass(frozen=True)
class Bank:
    """The recordings of one language."""

    file: Path
    recordings: Mapping[str, Recording]

    def sound(self, text: str) -> Pcm:
        """What was recorded for it. Raises `KeyError`, `VoiceTrouble` where it is damaged."""
        recording = self.recordings[text]
        try:
            return sound.from_opus(self.read(recording))
        except ValueError as error:
            raise VoiceTrouble(f"{self.file}: {text}: {error}") from None

    def read(self, recording: Recording) -> bytes:
        """Its bytes, whole. Raises `VoiceTrouble`."""
        try:
            with self.file.open("rb") as opened:
                clip = os.pread(opened.fileno(), recording.size, recording.offset)
        except OSError as error:
            raise VoiceTrouble(f"{self.file}: {error.strerror}") from None
        if digest(clip) != recording.digest:
            raise VoiceTrouble(f"{self.file}: the recording of {recording.text!r} is damaged")
        return clip


def digest(clip: bytes) -> str:
    """By which a recording is known to be whole."""
    return sha256(clip).hexdigest()[:32]


def load(folder: Path, language: Language) -> Bank:
    """The bank in a folder, empty where there is none. Raises `ContentError`."""
    file = manifest(folder, language)
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [*csv.reader(lines, csv.excel_tab)][1:]
        recordings = {
            text: Recording(
                *(text, phonemes, voice, float(speed), int(offset), int(size), digest),
                *(float(seconds), float(lufs)),
            )
            for text, phonemes, voice, speed, offset, size, digest, seconds, lufs in rows
        }
    except FileNotFoundError:
        recordings = {}
    except (OSError, ValueError, csv.Error) as error:
        raise ContentError(f"{file}: {error}") from error
    return Bank(bank_file(folder, language), recordings)


def bank_file(folder: Path, language: Language) -> Path:
    """The file with the recordings of a language."""
    return folder / f"{language}.bank"


def manifest(folder: Path, language: Language) -> Path:
    """The file that says what is in a bank."""
    return folder / f"{language}.tsv"


def faults(bank: Bank, wanted: Iterable[str]) -> list[str]:
    """What a bank lacks of the clauses it should have, what it has besides, and what is damaged."""
    wanted = set(wanted)
    return [
        *(f"missing: {text}" for text in sorted(wanted - bank.recordings.keys())),
        *(f"not wanted: {text}" for text in sorted(bank.recordings.keys() - wanted)),
        *filter(None, (damage(bank, recording) for recording in bank.recordings.values())),
    ]


def damage(bank: Bank, recording: Recording) -> str:
    """What is wrong with a recording, or nothing."""
    try:
        bank.read(recording)
    except VoiceTrouble as error:
        return str(error)
    return ""


class Recorded:
    """A `Synthesizer` of whole clauses that were recorded."""

    def __init__(self, folder: Path) -> None:
        """Manifests are read when they are first needed."""
        self.bank = cache(lambda language: load(folder, language))

    def available(self) -> bool:
        """Whether anything is recorded. Raises `ContentError`."""
        return any(self.bank(language).recordings for language in Language)

    def knows(self, clause: str, language: Language) -> bool:
        """Whether it was recorded; nothing was where the manifest is broken."""
        try:
            return bare(clause) in self.bank(language).recordings
        except ContentError:
            return False

    def render(self, clause: str, language: Language) -> Pcm:
        """Raises `NotSaid` where it was not recorded, `VoiceTrouble`, `ContentError`."""
        bank, text = self.bank(language), bare(clause)
        if text not in bank.recordings:
            raise NotSaid("not recorded")
        return bank.sound(text)
