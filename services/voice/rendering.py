"""Banks are made: what is new or is said in another way is rendered, what is not wanted goes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Protocol

from services import files
from services.voice import bank, sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from kiosk.domain.words import Language
    from services.voice.bank import Bank, Recording
    from services.voice.sound import Pcm

CLIPS_BETWEEN_SAVES = 25


class Voice(Protocol):
    """What says clauses (`services.voice.kokoro.Kokoro`)."""

    def name(self, language: Language) -> str:
        """Which voice it is."""

    def speed(self, language: Language) -> float:
        """How fast it speaks, 1 being its own."""

    def phonemes(self, clause: str, language: Language) -> str:
        """What is spoken. Raises `VoiceTrouble`."""

    def sound(self, said: str, language: Language) -> Pcm:
        """Phonemes aloud. Raises `VoiceTrouble`."""


def render(
    folder: Path,
    language: Language,
    wanted: Iterable[str],
    voice: Voice,
    progress: Callable[[int, int], None],
) -> int:
    """Bring a bank to what is wanted; how many clips were rendered. `progress` hears how many are
    done of how many. What is done stays where this ends early. Raises `VoiceTrouble`, `OSError`."""
    old = bank.load(folder, language)
    spoken = {text: voice.phonemes(text, language) for text in sorted(set(wanted))}
    how = (voice.name(language), voice.speed(language))
    clips = dict(_kept(old, spoken, how))
    missing = [text for text in spoken if text not in clips]
    try:
        for done, text in enumerate(missing):
            progress(done, len(missing))
            made = sound.levelled(sound.trimmed(voice.sound(spoken[text], language)))
            clip = sound.opus(made)
            recording = bank.Recording(
                *(text, spoken[text], *how, 0, len(clip), bank.digest(clip)),
                *(round(made.seconds, 3), round(sound.loudness(made), 1)),
            )
            clips[text] = recording, clip
            if done % CLIPS_BETWEEN_SAVES == CLIPS_BETWEEN_SAVES - 1:
                _save(folder, language, clips)
    finally:
        _save(folder, language, clips)
    progress(len(missing), len(missing))
    return len(missing)


def _kept(
    old: Bank, spoken: Mapping[str, str], how: tuple[str, float]
) -> Iterable[tuple[str, tuple[Recording, bytes]]]:
    for text, recording in old.recordings.items():
        said = (recording.phonemes, recording.voice, recording.speed)
        if said == (spoken.get(text), *how) and not bank.damage(old, recording):
            yield text, (recording, old.read(recording))


def _save(folder: Path, language: Language, clips: Mapping[str, tuple[Recording, bytes]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines, whole = io.StringIO(), io.BytesIO()
    rows = csv.writer(lines, csv.excel_tab, lineterminator="\n")
    rows.writerow(bank.Recording._fields)
    for _, (recording, clip) in sorted(clips.items()):
        rows.writerow(recording._replace(offset=whole.tell()))
        whole.write(clip)
    files.replace(bank.bank_file(folder, language), whole.getvalue(), 0o644)
    files.replace(bank.manifest(folder, language), lines.getvalue(), 0o644)
