"""The lexicon's words found by how they are written."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.writing.keys.lexicon import LONGEST, Lexicon

_UNKNOWN = 0xFFFF


class Reading(NamedTuple):
    """A text's syllables and characters, as their numbers, and the natural logarithm of how likely
    it is by its words alone."""

    sounds: Sequence[int]
    characters: Sequence[int]
    likely: float


class Texts:
    """An index over a lexicon, made in some milliseconds."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._weights = np.random.default_rng(1).integers(
            1, 1 << 63, LONGEST, np.uint64, endpoint=True
        ) | np.uint64(1)
        spellings = lexicon.words.spellings
        lengths = np.repeat(
            np.array([len(key) for key in spellings.keys]), np.diff(np.array(spellings.first))
        )
        begins = np.concatenate(([0], np.cumsum(lengths)))[:-1]
        places = np.arange(len(spellings.text)) - np.repeat(begins, lengths)
        hashes = np.add.reduceat((spellings.text + np.uint64(1)) * self._weights[places], begins)
        self._order = np.lexsort((-lexicon.words.gain, hashes)).astype(np.uint32)
        self._hashes = hashes[self._order]

    def numbers(self, text: str) -> NDArray[np.uint16]:
        """The numbers of the characters."""
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        at = np.searchsorted(self._lexicon.characters, codes)
        at = np.minimum(at, len(self._lexicon.characters) - 1)
        known: NDArray[Any] = np.where(self._lexicon.characters[at] == codes, at, _UNKNOWN)
        return known.astype(np.uint16)

    def entries(self, text: str) -> Sequence[int]:
        """The lexicon's entries for a word: the usual reading first."""
        if not 0 < len(text) <= LONGEST:
            return []
        wanted = self._hashed(self.numbers(text), len(text))[0]
        low = np.searchsorted(self._hashes, wanted, "left")
        high = np.searchsorted(self._hashes, wanted, "right")
        return [int(entry) for entry in self._order[low:high]]

    def readings(self, texts: Sequence[str]) -> Sequence[Reading | None]:
        """For each text its reading, as the likeliest words it can be cut into have it; none for
        what has characters without one."""
        joined = self.numbers("\0".join(texts) + "\0" * LONGEST)
        found = [self._found(joined, length) for length in range(1, LONGEST + 1)]
        chances = [self._chances(entries).tolist() for entries in found]
        ends = np.flatnonzero(joined == _UNKNOWN)
        read: list[Reading | None] = []
        at = 0
        for text in texts:
            end = at + len(text)
            known = not np.any((ends >= at) & (ends < end)) and text
            read.append(self._cut(chances, found, joined[at:end], at) if known else None)
            at = end + 1
        return read

    def _cut(
        self,
        chances: Sequence[Sequence[float]],
        found: Sequence[NDArray[np.int64]],
        numbers: NDArray[np.uint16],
        begin: int,
    ) -> Reading | None:
        """The likeliest way to cut the text that begins at `begin`; both sequences tell of the
        words of one, two and more characters at each place."""
        best = [(0.0, 0)]
        for end in range(1, len(numbers) + 1):
            best.append(
                max(
                    (best[end - length][0] + chances[length - 1][begin + end - length], length)
                    for length in range(1, min(LONGEST, end) + 1)
                )
            )
        if best[-1][0] == -np.inf:
            return None
        sounds: list[int] = []
        end = len(numbers)
        while end:
            length = best[end][1]
            end -= length
            entry = int(found[length - 1][begin + end])
            sounds[:0] = self._lexicon.words.spellings.spelt(entry)[0].tolist()
        return Reading(sounds, numbers.tolist(), best[-1][0])

    def _chances(self, entries: NDArray[np.int64]) -> NDArray[np.float32]:
        words = self._lexicon.words
        chances = self._lexicon.model.alone[words.word[entries]].astype(np.float32)
        likely: NDArray[Any] = np.where(entries < 0, -np.inf, chances + words.gain[entries])
        return likely

    def _found(self, numbers: NDArray[np.uint16], length: int) -> NDArray[np.int64]:
        """For each place the entry of the word of this length that begins there, or -1."""
        hashes = self._hashed(numbers, length)
        at = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        found: NDArray[np.int64] = np.where(
            self._hashes[at] == hashes, self._order[at].astype(np.int64), -1
        )
        return found

    def _hashed(self, numbers: NDArray[np.uint16], length: int) -> NDArray[np.uint64]:
        count = max(len(numbers) - length + 1, 0)
        total = np.zeros(count, np.uint64)
        for place in range(length):
            total += (numbers[place : place + count] + np.uint64(1)) * self._weights[place]
        return total
