"""What is written, as it is said: clauses short enough to be heard soon, with numbers in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiosk.domain.words import Language
from services.voice.numerals import LARGEST, cardinal, spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHORTEST_NUMBER_SPELLED = 5
"""Digits: from here on a number is a name, not an amount (12345, telephone numbers)."""
_CLAUSES = re.compile(r"(?<=[。！？；!?;\n])|(?<=\. )")
_MARK = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")
_CHINESE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_MARK, lambda found: "，".join(" ".join(_each(part)) for part in found[0].split("-"))),
    (
        re.compile(r"(\d+)\*+(\d+)"),
        lambda found: f"{spelled(found[1])}，星号，{spelled(found[2])}",
    ),
    (re.compile(r"(\d{4})(?=\s?年)"), lambda found: spelled(found[1])),
    (re.compile(r"(\d{1,2}):(\d{2})"), lambda found: _time(int(found[1]), int(found[2]))),
    (re.compile(r"(\d+)%"), lambda found: f"百分之{found[1]}"),
    (re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?"), lambda found: _number(*found.groups())),
    (re.compile(r"(?<=[零一二三四五六七八九十百千万亿点分])\s?[–—~]\s?"), lambda _: "到"),
    (re.compile(r"×"), lambda _: "乘"),
)


def clauses(text: str, language: Language) -> Iterator[str]:
    """What to say, one clause after another."""
    for clause in _CLAUSES.split(text):
        said = _in_words(clause.strip(), language)
        if any(character.isalnum() for character in said):
            yield said


def _in_words(clause: str, language: Language) -> str:
    if language is not Language.ZH:
        clause = _MARK.sub(lambda found: ", ".join(map(" ".join, found[0].split("-"))), clause)
        return re.sub(r"\d{5,}", lambda found: " ".join(found[0]), clause)
    for pattern, say in _CHINESE:
        clause = pattern.sub(say, clause)
    return clause


def _each(part: str) -> Iterator[str]:
    return (spelled(one) if one.isdigit() else one for one in part)


def _time(hour: int, minute: int) -> str:
    if minute == 0:
        return f"{cardinal(hour)}点"
    return f"{cardinal(hour)}点{'零' if minute < 10 else ''}{cardinal(minute)}分"


def _number(whole: str, part: str | None) -> str:
    digits = whole.replace(",", "")
    named = digits == whole and len(digits) >= SHORTEST_NUMBER_SPELLED
    padded = len(digits) > 1 and digits.startswith("0")
    amount = not named and not padded and int(digits) <= LARGEST
    said = cardinal(int(digits)) if amount else spelled(digits)
    return f"{said}点{spelled(part)}" if part else said
