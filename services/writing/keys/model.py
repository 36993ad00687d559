"""How likely a word is after two others: a language model with back-off (Katz), mapped into memory.

Words are numbers, the most frequent first; all logarithms are natural ones.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.flat import Parts

HISTORY = 65_536
"""Only runs are kept whose words but the last are among so many most frequent ones."""
NO_WORD = 0
"""Stands for whatever is no word of the model, and before the first of a text."""
_NOWHERE = -1


class Context(NamedTuple):
    """The last two words of each of many texts (`before`, then `word`), and what it costs that
    another follows them that the model has not seen there. Parallel arrays."""

    word: NDArray[np.uint32]
    before: NDArray[np.uint32]
    backoff: NDArray[np.float32]


class Model:
    """Read-only; safe to use from any thread."""

    def __init__(self, parts: Parts) -> None:
        """Raises `KeyError`, `ValueError` if something is missing."""
        self.alone: NDArray[np.float16] = parts.numbers("alone", np.float16)
        """How likely each word is wherever it stands."""
        self._backoff = parts.numbers("backoff", np.float16)
        self._pairs = parts.numbers("pairs", np.uint32)
        self._pair_before = parts.numbers("pair before", np.uint16)
        self._pair_likely = parts.numbers("pair likely", np.uint8)
        self._pair_likely_levels = parts.numbers("pair likely levels", np.float32)
        self._pair_backoff = parts.numbers("pair backoff", np.uint8)
        self._pair_backoff_levels = parts.numbers("pair backoff levels", np.float32)
        self._continued = parts.numbers("continued", np.uint32)
        self._triples = parts.numbers("triples", np.uint32)
        self._triple_before = parts.numbers("triple before", np.uint16)
        self._triple_likely = parts.numbers("triple likely", np.uint8)
        self._triple_likely_levels = parts.numbers("triple likely levels", np.float32)

    def after(
        self, context: Context, words: NDArray[np.uint32]
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """How likely each word is in each context (a row for each of the latter), and which of the
        model's pairs its last two words are then (see `context`)."""
        befores, row = np.unique(context.word, return_inverse=True)
        pair = self._pairs_of(befores, words)
        backoff = np.where(words == NO_WORD, np.float16(0), self._backoff[befores][:, None])
        apart = backoff + self.alone[words].astype(np.float32)
        together = self._pair_likely_levels[self._pair_likely[pair]]
        likely = np.where(pair == _NOWHERE, apart, together)[row] + context.backoff[:, None]
        continued = np.minimum(
            np.searchsorted(self._continued, pair.ravel()), len(self._continued) - 1
        ).reshape(pair.shape)
        is_continued = self._continued[continued] == pair
        texts, places = np.nonzero(is_continued[row])
        run = continued[row[texts], places]
        triple = _searched(
            self._triple_before,
            self._triples[run],
            self._triples[run + 1],
            context.before[texts],
        )
        seen = triple != _NOWHERE
        likely[texts[seen], places[seen]] = self._triple_likely_levels[
            self._triple_likely[triple[seen]]
        ]
        return likely, pair[row]

    def _pairs_of(
        self, befores: NDArray[np.uint32], words: NDArray[np.uint32]
    ) -> NDArray[np.int32]:
        """The pair of each of `befores`, sorted, with each of `words`, or -1."""
        different, column = np.unique(words, return_inverse=True)
        begin, end = self._pairs[different], self._pairs[different + 1]
        wanted = np.minimum(befores, HISTORY - 1).astype(np.uint16)
        place = np.zeros((len(different), len(befores)), np.int64)
        for at in np.flatnonzero(begin < end).tolist():
            place[at] = self._pair_before[begin[at] : end[at]].searchsorted(wanted)
        place += begin[:, None]
        found = (place < end[:, None]) & (
            self._pair_before.take(place, mode="clip") == befores.astype(np.int64)
        )
        return np.where(found, place, _NOWHERE).astype(np.int32).T[:, column]

    def context(
        self, before: NDArray[np.uint32], word: NDArray[np.uint32], pair: NDArray[np.int32]
    ) -> Context:
        """That of texts which end in these words."""
        backoff = self._pair_backoff_levels[self._pair_backoff[pair]]
        return Context(word, before, np.where(pair == _NOWHERE, np.float32(0), backoff))


def _searched(
    numbers: NDArray[np.uint16],
    begin: NDArray[np.uint32],
    end: NDArray[np.uint32],
    wanted: NDArray[np.uint32],
) -> NDArray[np.int64]:
    """Where in `numbers`, sorted from `begin` to `end`, each one wanted is, or -1."""
    low = begin.astype(np.int64)
    size = end - low
    for _ in range(int(size.max(initial=0)).bit_length()):
        half = size >> 1
        middle = low + half
        below = (numbers.take(middle, mode="clip") < wanted) & (size > 0)
        low = np.where(below, middle + 1, low)
        size = np.where(below, size - half - 1, half)
    found = (low < end) & (numbers.take(low, mode="clip") == wanted)
    return np.where(found, low, _NOWHERE)
