"""Compiling the lexicon out of libime's pinyin dictionary and language model (both LGPL-2.1-or-later,
Debian's `libime-data` and `libime-data-language-model`)."""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kiosk.errors import ContentError
from services import flat
from services.writing import kenlm
from services.writing.lexicon import FORMAT, HISTORY, LONGEST
from services.writing.spellings import file_words

_NO_VOWEL = frozenset(("hm", "hng", "m", "n", "ng", "r"))
"""Interjections that no one spells; as syllables they would stand in the way of initials."""
_NATURAL = log(10)
_SURE = 0.02
"""A pair is left out that is as likely as its words apart, to so much."""


class _Entry(NamedTuple):
    text: str
    syllables: Sequence[str]
    reading: float


def compile_lexicon(dictionary: Path, model: Path, file: Path) -> None:
    """Write `file`. `dictionary` is text: lines of a word, its syllables joined by apostrophes and
    the common logarithm of how likely it is spelt so (`libime_pinyindict -d`). Raises
    `ContentError`, `OSError`."""
    entries = list(_entries(dictionary))
    language = kenlm.read(model)
    rank = np.argsort(-language.probability[1:], kind="stable") + 1
    number = np.zeros(len(language.words), np.int64)
    number[rank] = np.arange(1, len(rank) + 1)
    by_text = {word: int(number[at]) for at, word in enumerate(language.words) if at}
    syllables = sorted(set(chain.from_iterable(entry.syllables for entry in entries)))
    characters = sorted(set(chain.from_iterable(entry.text for entry in entries)))
    sound_of = {syllable: at for at, syllable in enumerate(syllables)}
    char_of = {char: at for at, char in enumerate(characters)}
    filed = file_words(
        [
            ([sound_of[each] for each in entry.syllables], [char_of[each] for each in entry.text])
            for entry in entries
        ],
        syllables,
    )
    ordered = [entries[at] for at in filed.order]
    old = np.concatenate(([0], rank))
    flat.write(
        file,
        {
            "format": FORMAT,
            "syllables": " ".join(syllables).encode(),
            "characters": np.array([ord(char) for char in characters], np.uint32).tobytes(),
            "keys": " ".join(filed.keys).encode(),
            "first": filed.first.tobytes(),
            "sounds": filed.sounds.tobytes(),
            "text": filed.text.tobytes(),
            "word": np.array([by_text.get(e.text, 0) for e in ordered], np.uint32).tobytes(),
            "reading": (np.array([e.reading for e in ordered]) * _NATURAL)
            .astype(np.float16)
            .tobytes(),
            "alone": (language.probability[old] * _NATURAL).astype(np.float16).tobytes(),
            "backoff": (language.backoff[old] * _NATURAL).astype(np.float16).tobytes(),
            "levels": (language.levels * _NATURAL).astype(np.float32).tobytes(),
            **_pairs(language, number),
        },
    )


def _entries(dictionary: Path) -> Iterator[_Entry]:
    try:
        lines = dictionary.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{dictionary}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        match line.split(" "):
            case [text, spelt, reading]:
                syllables = spelt.split("'")
            case _:
                raise ContentError(f"{dictionary}:{number}: not a word, its syllables and a weight")
        if len(text) == len(syllables) <= LONGEST and not _NO_VOWEL.intersection(syllables):
            yield _Entry(text, syllables, float(reading))


def _pairs(language: kenlm.LanguageModel, number: NDArray[np.int64]) -> dict[str, bytes]:
    """The pairs worth keeping, by the number of their second word, then of their first."""
    second = np.repeat(np.arange(len(language.words)), np.diff(language.first))
    apart = language.backoff[language.previous] + language.probability[second]
    together = language.levels[language.level]
    kept = (number[language.previous] < HISTORY) & (abs(together - apart) > _SURE)
    second, previous = number[second[kept]], number[language.previous[kept]]
    order = np.lexsort((previous, second))
    counts = np.bincount(second, minlength=len(language.words))
    return {
        "pairs": np.concatenate(([0], np.cumsum(counts))).astype(np.uint32).tobytes(),
        "previous": previous[order].astype(np.uint16).tobytes(),
        "level": language.level[kept][order].tobytes(),
    }
