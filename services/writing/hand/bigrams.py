"""How often one character follows another, counted in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

Codes: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint64]]
"""Unicode code points."""
Shares: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float32]]
"""Probabilities, 0 to 1."""

_EDGE = "\0"
"""Stands before a word and after it."""


@dataclass(frozen=True, slots=True)
class Bigrams:
    """`keys` are pairs of characters, sorted, `shares` how much of what follows the first of the
    pair is the second."""

    keys: Codes
    shares: Shares

    def next(self, before: str, codes: Codes) -> Shares:
        """How likely each of these characters comes next after this text: within its last word, or
        as the beginning of another."""
        begins = self._share(_EDGE, codes)
        if not before:
            return begins
        last = before[-1]
        inside = self._share(last, codes)
        ended = self._share(last, codes_of(_EDGE))
        is_known = ended.any() or inside.any()
        return inside + (ended if is_known else 1) * begins

    def _share(self, before: str, codes: Codes) -> Shares:
        wanted = (codes_of(before) << np.uint64(32)) | codes
        at = np.searchsorted(self.keys, wanted).clip(max=len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.shares[at], np.float32(0))


def codes_of(text: str) -> Codes:
    """Its characters' code points."""
    return np.array([ord(each) for each in text], dtype=np.uint64)


def counted(words: Iterable[tuple[str, float]], least: float = 0) -> Bigrams:
    """The bigrams of words, each with how often it is said. Of pairs rarer than `least` only their
    first character is counted, as if the word ended there. At least one word."""
    pairs: defaultdict[tuple[str, str], float] = defaultdict(float)
    for word, times in words:
        for pair in zip(_EDGE + word, word + _EDGE, strict=True):
            pairs[pair] += times
    totals: defaultdict[str, float] = defaultdict(float)
    for (first, second), times in list(pairs.items()):
        totals[first] += times
        if times < least and _EDGE not in (first, second):
            pairs[first, _EDGE] += pairs.pop((first, second))
    ordered = sorted(pairs)
    return Bigrams(
        np.array([(ord(first) << 32) | ord(second) for first, second in ordered], dtype=np.uint64),
        np.array([pairs[pair] / totals[pair[0]] for pair in ordered], dtype=np.float32),
    )
