"""Text as a sequence of tokens: Chinese characters with their reading, or pinyin, or digits.

A latin run is read as pinyin: cut into syllables where it can be, into single letters (initials)
where it cannot. The catalogue and the query are cut by the same rule, so `ETC` finds `ETC`.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST_SYLLABLE = 6
_LETTER_COST = 1.6
_UNFINISHED_COST = 1.3


@dataclass(frozen=True, slots=True)
class Token:
    """One character, pinyin syllable or letter.

    `char` is what was written (empty for a syllable), `sound` its toneless syllable, `start` and
    `end` its place in the text. `partial` marks an initial (`gjj`) or a syllable still being typed
    (`gongj`, `gon`): only its first letter is certain.
    """

    char: str
    sound: str
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


def tokens(text: str, syllables: frozenset[str]) -> tuple[Token, ...]:
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
            cut.append(Token(piece if lone else "", piece, start, end, partial))
            at += len(piece)
    return tuple(cut)


def readings(text: str) -> list[str]:
    """One toneless syllable per character; a character without a reading stands for itself."""
    # Imported here: its dictionary takes 0.2 s to load, and the first frame needs no search.
    from pypinyin import lazy_pinyin

    sounds: list[str] = []
    for sound in lazy_pinyin(text):
        unread = text.startswith(sound, len(sounds))
        sounds += list(sound) if unread else [sound]
    return sounds


def cut_all(texts: Iterable[str]) -> tuple[list[tuple[Token, ...]], frozenset[str]]:
    """Cut many texts, and tell the syllables their characters are read as: by these, latin runs are
    cut in the same texts, and later in queries."""
    texts = list(texts)
    cuts = [tokens(text, frozenset()) for text in texts]
    syllables = frozenset(
        token.sound
        for cut in cuts
        for token in cut
        if token.sound.isascii() and not token.char.isascii()
    )
    cuts = [
        tokens(text, syllables) if any(token.partial for token in cut) else cut
        for text, cut in zip(texts, cuts, strict=True)
    ]
    return cuts, syllables


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
