"""Compiling the lexicon out of libime's pinyin dictionary and language model (LGPL-2.1-or-later,
Debian's `libime-data` and `libime-data-language-model`) and jieba's frequencies (MIT)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kiosk.errors import ContentError
from services import flat
from services.writing.keys import kenlm
from services.writing.keys.lexicon import FORMAT, LONGEST
from services.writing.keys.model import HISTORY
from services.writing.keys.spellings import file_words

_NO_VOWEL = frozenset(("hm", "hng", "m", "n", "ng", "r"))
"""Interjections that no one spells; as syllables they would stand in the way of initials."""
_NATURAL = log(10)
_COUNTED = 0.4
"""How much the frequencies say about single words, beside the model."""
_PAIRS, _TRIPLES = 1_250_000, 350_000
"""As many as are kept."""
_COARSE = re.compile(
    r"[傻牛撕装逗苦二妈]逼|逼[格样]|屌|肏|屄|[鸡雞]巴|婊|[操草日]你|他妈|(?<!妈)妈的|妓|淫|骚货|卧槽|尼玛"
)
"""What is not offered in a public hall; whoever wants to can still write it."""
_UNUSUAL = 4.0
"""How much less likely words with characters outside of GB 2312 are here than in the model's
sources (traditional ones, above all)."""


class _Entry(NamedTuple):
    text: str
    syllables: Sequence[str]
    reading: float


def compile_lexicon(dictionary: Path, model: Path, frequencies: Path, file: Path) -> None:
    """Write `file`. `dictionary` is text: lines of a word, its syllables joined by apostrophes and
    the common logarithm of how likely it is spelt so (`libime_pinyindict -d`); `frequencies` are
    lines of a word and how often it is met (jieba's dictionary). Raises `ContentError`, `OSError`.
    """
    entries = list(_entries(dictionary))
    language = _evened(kenlm.read(model), _frequencies(frequencies), entries)
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
            "reading": np.array([e.reading for e in ordered], np.float16).tobytes(),
            "alone": (language.probability[old] * _NATURAL).astype(np.float16).tobytes(),
            "backoff": (language.backoff[old] * _NATURAL).astype(np.float16).tobytes(),
            **_runs(language, number),
        },
    )


def _entries(dictionary: Path) -> Iterator[_Entry]:
    for number, line in enumerate(_lines(dictionary), 1):
        try:
            text, spelt, reading = line.split(" ")
            likely = float(reading) * _NATURAL
        except ValueError:
            raise ContentError(
                f"{dictionary}:{number}: not a word, its syllables and a weight"
            ) from None
        syllables = spelt.split("'")
        if (
            len(text) == len(syllables) <= LONGEST
            and not _NO_VOWEL.intersection(syllables)
            and not (len(text) > 1 and _COARSE.search(text))
        ):
            yield _Entry(text, syllables, likely - _unusual(text))


def _frequencies(file: Path) -> dict[str, int]:
    found = {}
    for number, line in enumerate(_lines(file), 1):
        match line.split(" "):
            case [word, count, *_] if count.isdigit():
                found[word] = int(count)
            case _:
                raise ContentError(f"{file}:{number}: not a word and how often it is met")
    return found


def _evened(
    language: kenlm.LanguageModel, frequencies: Mapping[str, int], entries: Iterable[_Entry]
) -> kenlm.LanguageModel:
    """The model with every word of the dictionary in it, and single words as likely as both it and
    the frequencies have them: it knows how words follow each other, but cut some of them up."""
    known = set(language.words)
    more = [text for text in dict.fromkeys(entry.text for entry in entries) if text not in known]
    words = [*language.words, *more]
    total = sum(frequencies.values())
    unknown = language.probability[0]
    of_model = np.append(10.0**language.probability, np.full(len(more), 10.0**unknown))
    counted = np.array([frequencies.get(word, 0) / total for word in words])
    return replace(
        language,
        words=words,
        probability=np.log10(of_model * (1 - _COUNTED) + counted * _COUNTED).astype(np.float32),
        backoff=np.append(language.backoff, np.zeros(len(more), np.float32)),
        pairs=np.append(language.pairs, np.full(len(more), language.pairs[-1])),
    )


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{file}: cannot be read: {error}") from error


def _unusual(text: str) -> float:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return _UNUSUAL
    return 0.0


def _runs(language: kenlm.LanguageModel, number: NDArray[np.int64]) -> dict[str, bytes]:
    """The pairs and triples worth keeping, by the number of their last word, then of the one
    before it, then of the one before that."""
    last = np.repeat(np.arange(len(language.words)), np.diff(language.pairs))
    before = language.pair_before
    apart = language.backoff[before] + language.probability[last]
    chance = language.probability[before] + language.pair_probability
    worth = _worth(chance, language.pair_probability - apart)
    pair = np.repeat(np.arange(len(last)), np.diff(language.triples))
    three = language.triple_probability
    worth_three = _worth(chance[pair] + three, three - language.pair_probability[pair])
    known = (number[before] < HISTORY)[pair] & (number[language.triple_before] < HISTORY)
    kept_three = _most(worth_three * known, _TRIPLES)
    worth[pair[kept_three]] = np.inf
    kept = _most(worth * (number[before] < HISTORY), _PAIRS)
    order = kept[np.lexsort((number[before[kept]], number[last[kept]]))]
    place = np.zeros(len(last), np.int64)
    place[order] = np.arange(len(order))
    triples = kept_three[
        np.lexsort((number[language.triple_before[kept_three]], place[pair[kept_three]]))
    ]
    continued, first = np.unique(place[pair[triples]], return_index=True)
    counts = np.bincount(number[last[order]], minlength=len(language.words))
    return {
        "pairs": np.concatenate(([0], np.cumsum(counts))).astype(np.uint32).tobytes(),
        "pair before": number[before[order]].astype(np.uint16).tobytes(),
        **_levels("pair likely", language.pair_probability[order]),
        **_levels("pair backoff", language.pair_backoff[order]),
        "continued": continued.astype(np.uint32).tobytes(),
        "triples": np.append(first, len(triples)).astype(np.uint32).tobytes(),
        "triple before": number[language.triple_before[triples]].astype(np.uint16).tobytes(),
        **_levels("triple likely", three[triples]),
    }


def _worth(chance: NDArray[np.float32], gain: NDArray[np.float32]) -> NDArray[np.float64]:
    """How much is lost without a run: how often it is met times how far off the guess is."""
    worth: NDArray[np.float64] = 10.0 ** chance.astype(np.float64) * abs(gain)
    return worth


def _most(worth: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    return np.argsort(-worth, kind="stable")[: min(count, np.count_nonzero(worth))]


def _levels(name: str, values: NDArray[np.float32]) -> dict[str, bytes]:
    """The model has at most 256 different values of a kind."""
    levels, codes = np.unique(values, return_inverse=True)
    return {
        f"{name} levels": (levels * _NATURAL).astype(np.float32).tobytes(),
        name: codes.astype(np.uint8).tobytes(),
    }
