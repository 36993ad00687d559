"""A voice that needs no model: espeak-ng. It is understood, not liked."""

import shutil
import subprocess

from pypinyin import Style, lazy_pinyin

from kiosk.domain.session.manner import Manner
from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble

PROGRAM = "espeak-ng"
VOICES = {Language.ZH: "cmn-latn-pinyin+f3", Language.EN: "en-us+f3"}
"""Not `cmn`, which reads the tones' digits aloud in English (espeak-ng issue 1028)."""
WORDS_A_MINUTE = 120
LOUDEST = 200
LONGEST_SECONDS = 10.0


class Espeak:
    """Makes sound of clauses."""

    def available(self) -> bool:
        """Whether the program is installed."""
        return shutil.which(PROGRAM) is not None

    def render(self, clause: str, language: Language, manner: Manner) -> bytes:
        """A WAV file. What is to be said goes in by a pipe: an argument could be read by anybody on
        the machine. Raises `VoiceTrouble`."""
        speed, loudness = round(WORDS_A_MINUTE * manner.rate), round(LOUDEST * manner.volume)
        how = ("-v", VOICES[language], "-s", str(speed), "-a", str(loudness))
        words = [PROGRAM, *how, "--stdin", "--stdout"]
        text = pinyin(clause) if language is Language.ZH else clause
        try:
            done = subprocess.run(
                words, input=text.encode(), capture_output=True, timeout=LONGEST_SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise VoiceTrouble(f"{PROGRAM}: {type(error).__name__}") from None
        return done.stdout


def pinyin(text: str) -> str:
    """Chinese in toned pinyin: `ni3 hao3`. Capital letters stand alone."""
    syllables = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(
        " ".join(each) if each.isupper() and each.isascii() else each for each in syllables
    )
