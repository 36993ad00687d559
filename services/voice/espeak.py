"""A voice that needs no model: espeak-ng. It is understood, not liked."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice.sound import from_wav, levelled, trimmed

if TYPE_CHECKING:
    from services.voice.pinyin import Pinyin
    from services.voice.sound import Pcm

PROGRAM = "espeak-ng"
VOICES = {Language.ZH: "cmn-latn-pinyin+f3", Language.EN: "en-us+f3"}
"""Not `cmn`, which reads the tones' digits aloud in English (espeak-ng issue 1028)."""
WORDS_A_MINUTE = 120
LONGEST_SECONDS = 10.0


class Espeak:
    """Makes sound of clauses."""

    def __init__(self, pinyin: Pinyin) -> None:
        self._pinyin = pinyin

    def available(self) -> bool:
        """Whether the program is installed."""
        return shutil.which(PROGRAM) is not None

    def render(self, clause: str, language: Language) -> Pcm:
        """Raises `VoiceTrouble`, `ContentError` for a broken lexicon."""
        said = clause
        if language is Language.ZH:
            said = " ".join(letters_apart(each) for each in self._pinyin.syllables(clause))
        made = run("-v", VOICES[language], "-s", str(WORDS_A_MINUTE), "--stdout", said=said)
        try:
            return levelled(trimmed(from_wav(made)))
        except ValueError as error:
            raise VoiceTrouble(f"{PROGRAM}: {error}") from None


def letters_apart(text: str) -> str:
    """Capital letters stand alone: `QR` is `Q R`."""
    return re.sub(r"(?<=[A-Z])(?=[A-Z])", " ", text)


def run(*options: str, said: str) -> bytes:
    """What espeak-ng makes of it. What is to be said goes in by a pipe: an argument could be read
    by anybody on the machine. Raises `VoiceTrouble`."""
    try:
        return subprocess.run(
            [PROGRAM, *options, "--stdin"],
            input=said.encode(),
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise VoiceTrouble(f"{PROGRAM}: {type(error).__name__}") from None
