"""Words by how they are spelt: those of the same initials lie together, so that whatever was typed
of each syllable (all of it, its beginning, a sound like it) is compared with all of them at once.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

AFTER_EVERY_KEY = "~"


def initial(syllable: str) -> str:
    """The class a syllable is filed under: its first letter, n and l being one."""
    return syllable[0].replace("n", "l")


@dataclass(frozen=True, slots=True)
class Block:
    """Words of the same initials. Row r of `sounds` and of `text` holds the numbers of the
    syllables and of the characters of word `begin + r`."""

    begin: int
    sounds: NDArray[np.uint16]
    text: NDArray[np.uint16]


class Spellings:
    """Words numbered by their initials. `keys` are the different initials, sorted; the words of
    `keys[k]` are those from `first[k]` to `first[k + 1]`. `sounds` and `text` hold the words one
    after another, a syllable for each character."""

    def __init__(
        self,
        keys: Sequence[str],
        first: NDArray[np.uint32],
        sounds: NDArray[np.uint16],
        text: NDArray[np.uint16],
    ) -> None:
        self.keys = keys
        self.first: Sequence[int] = first.tolist()
        sizes = (
            len(key) * (end - begin)
            for key, begin, end in zip(keys, self.first, self.first[1:], strict=False)
        )
        self._at = list(accumulate(sizes, initial=0))
        self.sounds = sounds
        self.text = text

    def narrowed(self, key: str, within: tuple[int, int]) -> tuple[int, int]:
        """The keys among those from `within[0]` to `within[1]` that begin with `key`."""
        begin = bisect_left(self.keys, key, *within)
        return begin, bisect_left(self.keys, key + AFTER_EVERY_KEY, begin, within[1])

    def block(self, at: int) -> Block:
        """The words of the key with this number."""
        length = len(self.keys[at])
        part = slice(self._at[at], self._at[at + 1])
        return Block(
            self.first[at],
            self.sounds[part].reshape(-1, length),
            self.text[part].reshape(-1, length),
        )

    def spelt(self, entry: int) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
        """The syllables and the characters of a word."""
        at = bisect_right(self.first, entry) - 1
        length = len(self.keys[at])
        begin = self._at[at] + (entry - self.first[at]) * length
        return self.sounds[begin : begin + length], self.text[begin : begin + length]

    def single(self, syllable: str) -> Block:
        """The words of one character with the initial of `syllable`."""
        return self.block(bisect_left(self.keys, initial(syllable)))


@dataclass(frozen=True)
class Source:
    """Words to choose from: how they are spelt, their numbers in the language model, and what each
    is likelier than the model says, natural logarithms; `gain_of_whole` comes to it where a word is
    all that was typed."""

    spellings: Spellings
    word: NDArray[np.uint32]
    gain: NDArray[np.float16]
    gain_of_whole: float = 0.0


@dataclass(frozen=True)
class Filed:
    """Words in the order in which `Spellings` numbers them; `order` tells where each came from."""

    keys: list[str]
    first: NDArray[np.uint32]
    sounds: NDArray[np.uint16]
    text: NDArray[np.uint16]
    order: list[int]


def file_words(
    words: Sequence[tuple[Sequence[int], Sequence[int]]], syllables: Sequence[str]
) -> Filed:
    """File words given as the numbers of their syllables and of their characters, as many of
    either."""
    initials = [initial(syllable) for syllable in syllables]
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for at, (sounds, _) in enumerate(words):
        by_key["".join(initials[sound] for sound in sounds)].append(at)
    keys = sorted(by_key)
    order = [at for key in keys for at in by_key[key]]
    return Filed(
        keys=keys,
        first=np.array(list(accumulate((len(by_key[k]) for k in keys), initial=0)), np.uint32),
        sounds=_flat(words[at][0] for at in order),
        text=_flat(words[at][1] for at in order),
        order=order,
    )


def _flat(rows: Iterable[Sequence[int]]) -> NDArray[np.uint16]:
    return np.fromiter(chain.from_iterable(rows), np.uint16)
