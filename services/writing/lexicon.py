"""The compiled lexicon: words, how they are spelt, how likely each is, alone and after another."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kiosk.errors import ContentError
from services.flat import Parts
from services.writing.spellings import Source, Spellings

FORMAT = b"2"
LONGEST = 12
"""The longest word, in characters."""
HISTORY = 65_536
"""Only pairs that begin with one of so many most frequent words are kept."""
NO_WORD = 0
"""Stands for whatever is no word of the language model, and before the first of a text."""


class Lexicon:
    """Words have two numbers: as they are spelt (see `Spellings`), and, for the language model, by
    how frequent they are (`word`). Logarithms are natural ones."""

    def __init__(self, file: Path) -> None:
        """Raises `ContentError` if it is not a compiled lexicon."""
        parts = Parts(file)
        try:
            if bytes(parts.raw("format")) != FORMAT:
                raise ContentError(f"{file}: compiled for another version of this program")
            self.syllables = bytes(parts.raw("syllables")).decode().split()
            self.characters: NDArray[np.uint32] = parts.numbers("characters", np.uint32)
            self.words = Source(
                Spellings(
                    bytes(parts.raw("keys")).decode().split(),
                    parts.numbers("first", np.uint32),
                    parts.numbers("sounds", np.uint16),
                    parts.numbers("text", np.uint16),
                ),
                word=parts.numbers("word", np.uint32),
                gain=parts.numbers("reading", np.float16),
            )
            self.alone: NDArray[np.float16] = parts.numbers("alone", np.float16)
            """By word: how likely it is wherever it stands."""
            self._backoff: NDArray[np.float16] = parts.numbers("backoff", np.float16)
            self._pairs: NDArray[np.uint32] = parts.numbers("pairs", np.uint32)
            self._previous: NDArray[np.uint16] = parts.numbers("previous", np.uint16)
            self._level: NDArray[np.uint8] = parts.numbers("level", np.uint8)
            self._levels: NDArray[np.float32] = parts.numbers("levels", np.float32)
        except (KeyError, ValueError, IndexError) as error:
            raise ContentError(f"{file}: not a compiled lexicon: {error}") from error

    def after(self, previous: NDArray[np.uint32], words: NDArray[np.uint32]) -> NDArray[np.float32]:
        """How likely each of `words` is after each of `previous`: a row for each of the latter."""
        low = np.broadcast_to(self._pairs[words], (len(previous), len(words))).astype(np.int64)
        end = np.broadcast_to(self._pairs[words + 1], low.shape).astype(np.int64)
        wanted = np.broadcast_to(previous[:, None], low.shape)
        high = end
        last = len(self._previous) - 1
        for _ in range(int((end - low).max(initial=0)).bit_length()):
            middle = (low + high) >> 1
            below = (self._previous[np.minimum(middle, last)] < wanted) & (low < high)
            low = np.where(below, middle + 1, low)
            high = np.where(below, high, middle)
        place = np.minimum(low, last)
        found = (low < end) & (self._previous[place] == wanted)
        apart = self._backoff[previous][:, None] + self.alone[words].astype(np.float32)
        together = self._levels[self._level[place]]
        result: NDArray[Any] = np.where(found, together, apart)
        return result

    def written(self, numbers: NDArray[np.uint16]) -> str:
        """The characters with these numbers."""
        return self.characters[numbers].astype("<u4").tobytes().decode("utf-32-le")
