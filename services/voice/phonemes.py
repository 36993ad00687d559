"""Text in the phonemes that Kokoro was trained on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiosk.domain.words import Language
from services.voice import espeak
from services.voice.numerals import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.voice.pinyin import Pinyin

_HANZI = "\u3400-\u9fff"
_RUNS = re.compile(rf"[{_HANZI}]+|[A-Za-z]+|[^{_HANZI}A-Za-z]+")
_NUMERALS = f"{DIGITS}十百千万亿"
_MARKS = str.maketrans(
    {"、": ", ", "，": ", ", "。": ". ", "！": "! ", "：": ": ", "；": "; ", "？": "? "}
    | {"（": " (", "）": ") ", "《": " “", "》": "” ", "·": ", ", "／": ", ", "/": ", "}
)
_TONES = {"˧˩˧": "↓", "˧˥": "↗", "˥˩": "↘", "˥": "→"}
_SYLLABIC = {"ɻ\u0329": "ɨ", "ɹ\u0329": "ɨ", "\u032f": ""}
_ENGLISH_MARKS = re.compile(r"([,.;:!?()…—]+\s*)")
_ENGLISH = {
    **{"a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "o^ʊ": "O", "ɔ^ɪ": "Y", "ə^l": "ᵊl"},
    **{"d^ʒ": "ʤ", "t^ʃ": "ʧ", "ɜːɹ": "ɜɹ", "ɜː": "ɜɹ", "ɪə": "iə", "ɚ": "əɹ", "r": "ɹ", "x": "k"},
    **{"ɐ": "ə", "ː": "", "^": "", "ɾ": "T", "ʔ": "t", "\u0303": "", "\u0329": ""},
    **{"o": "ɔ", "e": "A"},
}
"""espeak-ng's IPA in Kokoro's: after `EspeakFallback` of misaki (Apache-2.0)."""


def phonemes(clause: str, language: Language, pinyin: Pinyin) -> str:
    """A clause, its numbers in words. Raises `VoiceTrouble`, `ImportError` without misaki and
    jieba."""
    return english(clause) if language is Language.EN else mandarin(clause, pinyin)


def mandarin(clause: str, pinyin: Pinyin) -> str:
    """Chinese as misaki has it, a space between words; Latin letters are English."""
    import jieba

    text = clause.translate(_MARKS)
    said = ""
    for run in _RUNS.findall(text):
        if re.match(f"[{_HANZI}]", run):
            words = [*jieba.cut(run)]
            alone = [syllable for word in words for syllable in pinyin.syllables(word)]
            syllables = _in_context(run, alone)
            said += " ".join("".join(_ipa(next(syllables)) for _ in word) for word in words)
        else:
            said += f" {english(espeak.letters_apart(run))} " if run.isalpha() else run
    return " ".join(said.split())


def _in_context(characters: str, syllables: list[str]) -> Iterator[str]:
    """With the tones that 不 and 一 take before others, which pypinyin knows inside some words."""
    for place, (character, syllable) in enumerate(zip(characters, syllables, strict=True)):
        before, after = characters[place - 1 : place], characters[place + 1 : place + 2]
        tone = syllables[place + 1][-1] if after else ""
        if character == "不" and syllable == "bu4" and tone == "4":
            yield "bu2"
        elif character == "一" and syllable == "yi1" and tone in {*"1234"}:
            counts = before in {*_NUMERALS, *"第统"} or after in {*DIGITS, *"月日号"}
            yield "yi1" if counts else "yi2" if tone == "4" else "yi4"
        else:
            yield syllable


def _ipa(syllable: str) -> str:
    from misaki.transcription import pinyin_to_ipa

    try:
        said = "".join(pinyin_to_ipa(syllable)[0])
    except ValueError:  # no reading is known
        return ""
    for ours, theirs in {**_TONES, **_SYLLABIC}.items():
        said = said.replace(ours, theirs)
    return said


def english(text: str) -> str:
    """English by espeak-ng's rules, which drop the signs that Kokoro breathes by."""
    return "".join(_english(text)).strip()


def _english(text: str) -> Iterator[str]:
    for place, piece in enumerate(_ENGLISH_MARKS.split(text)):
        if place % 2:
            yield piece
        elif piece.strip():
            said = espeak.run("-q", "-v", "en-us", "--ipa", "--tie=^", said=piece).decode()
            for ours, theirs in _ENGLISH.items():
                said = said.replace(ours, theirs)
            yield " ".join(said.split())
