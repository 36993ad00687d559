"""Text as a sequence of tokens: Chinese characters with their readings, or pinyin, or digits.

A latin run is read as pinyin: cut into syllables where it can be, into single letters (initials)
where it cannot. The catalogue and the query are cut by the same rule, so `ETC` finds `ETC`.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Readings: TypeAlias = Callable[[str], Sequence[tuple[str, ...]]]
"""The toneless readings of each character of a text; a character without any stands for itself."""

_LONGEST_SYLLABLE = 6
_LETTER_COST = 1.6
_UNFINISHED_COST = 1.3


@dataclass(frozen=True, slots=True)
class Token:
    """One character, pinyin syllable or letter.

    `char` is what was written (empty for a syllable), `sounds` its toneless readings, `start` and
    `end` its place in the text. `partial` marks an initial (`gjj`) or a syllable still being typed
    (`gongj`, `gon`): only its first letter is certain.
    """

    char: str
    sounds: tuple[str, ...]
    start: int
    end: int
    partial: bool = False


def plain(text: str) -> tuple[tuple[str, int], ...]:
    """The letters and digits of `text` in one width and case, each with its place in `text`."""
    return tuple(
        (char, place)
        for place, original in enumerate(text)
        for char in unicodedata.normalize("NFKC", original).casefold().replace("ü", "v")
        if char.isalnum()
    )


def bare(text: str) -> str:
    """`text` without marks, in one width and case."""
    return "".join(char for char, _ in plain(text))


def tokens(text: str, readings: Readings, syllables: frozenset[str]) -> tuple[Token, ...]:
    """Cut `text` into tokens; whatever is neither letter nor digit (marks, emoji) is left out."""
    chars = plain(text)
    sounds = readings("".join(char for char, _ in chars))
    cut: list[Token] = []
    at = 0
    while at < len(chars):
        run = _latin_run(chars, at)
        if not run:
            char, place = chars[at]
            cut.append(Token(char, sounds[at], place, place + 1))
            at += 1
        for piece in cut_pinyin(run, syllables):
            start, end = chars[at][1], chars[at + len(piece) - 1][1] + 1
            lone = len(piece) == 1
            partial = lone or piece not in syllables
            cut.append(Token(piece if lone else "", (piece,), start, end, partial))
            at += len(piece)
    return tuple(cut)


def cut_pinyin(letters: str, syllables: frozenset[str]) -> list[str]:
    """The cheapest cut of a latin run: few pieces, syllables before letters.

    The last piece may be the beginning of a syllable. `yibao` → yi bao, `gjj` → g j j,
    `gongjijint` → gong ji jin t.
    """
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(letters) + 1):
        choices = []
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            piece = letters[start:end]
            cost = _cost(piece, end == len(letters), syllables)
            if cost is not None:
                before, pieces = best[start]
                choices.append((before + cost, [*pieces, piece]))
        best.append(min(choices, key=lambda choice: choice[0]))
    return best[-1][1]


def _cost(piece: str, is_last: bool, syllables: frozenset[str]) -> float | None:
    if piece in syllables:
        return 1.0
    if len(piece) == 1:
        return _LETTER_COST
    if is_last and any(syllable.startswith(piece) for syllable in syllables):
        return _UNFINISHED_COST
    return None


def _latin_run(chars: tuple[tuple[str, int], ...], start: int) -> str:
    end = start
    while end < len(chars) and chars[end][0].isascii() and chars[end][0].isalpha():
        end += 1
    return "".join(char for char, _ in chars[start:end])
