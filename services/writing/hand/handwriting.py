"""Characters written with a finger, read from a drawing of their strokes: in which order they were
written, and how joined, does not matter."""

from __future__ import annotations

import unicodedata
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from kiosk.domain.writing import Field
from services.writing.hand.bigrams import codes_of
from services.writing.hand.context import Context
from services.writing.hand.decoding import one, several
from services.writing.hand.drawing import SIZE, drawn, extent, tidied
from services.writing.hand.recogniser import Recogniser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kiosk.domain.writing import PenStroke
    from services.writing.hand.decoding import Logs
    from services.writing.hand.drawing import Points

MODEL = "PP-OCRv6_rec_small.onnx"
_ROOM, _MOST_ROOM, _STEP = 44, 364, 8
"""Pixels across in which one character is drawn, and eight; the recogniser goes by steps."""
_WIDE, _LONGEST = 1.6, 8
"""Strokes wider than high by this may be a word, of so many characters."""
_CHOICES = 5
"""Characters considered at each place of a word."""

_WEIGHT, _UNLIKELY = 0.25, 1e-6
"""How much context counts beside what is seen: together no more than a likelihood of 30 to 1, so
that what was written clearly stays first."""


class DrawnHandwriting:
    """Implements `kiosk.ports.Handwriting`. The model is loaded when it is first needed."""

    def __init__(
        self,
        folder: Path,
        phrases: Callable[[Field], Iterable[str]],
        surnames: Callable[[], Mapping[str, float]],
    ) -> None:
        """`folder` is `resources/writing`; `phrases` are what may be written into a field,
        `surnames` tell how many people have each."""
        self._folder, self._phrases, self._surnames = folder, phrases, surnames
        self._loading = Lock()
        self._reader: _Reader | None = None

    def candidates(
        self, strokes: Sequence[PenStroke], field: Field, before: str = "", limit: int = 10
    ) -> Sequence[str]:
        """See the port. Raises `ContentError` where the files in the folder are broken."""
        written = tidied(strokes)
        if limit < 1 or not written or not any(extent(written)):
            return ()
        return self._loaded().read(written, field, before, limit)

    def load(self) -> None:
        """See the port."""
        self._loaded()

    def _loaded(self) -> _Reader:
        with self._loading:
            if self._reader is None:
                recogniser = Recogniser(self._folder / MODEL, _is_wanted)
                context = Context(self._folder, self._phrases, self._surnames())
                self._reader = _Reader(recogniser, context)
            return self._reader


class _Reader:
    def __init__(self, recogniser: Recogniser, context: Context) -> None:
        self._recogniser, self._context = recogniser, context
        self._codes = codes_of(self._recogniser.characters)

    def read(
        self, written: Sequence[Points], field: Field, before: str, limit: int
    ) -> Sequence[str]:
        seen = one(self._recogniser.read(drawn(written, _ROOM)))
        scored = dict(self._choices(seen, field, before, 4 * limit))
        scored |= self._words(written, field, before)
        return sorted(scored, key=scored.__getitem__, reverse=True)[:limit]

    def _words(
        self, written: Sequence[Points], field: Field, before: str
    ) -> Iterator[tuple[str, float]]:
        """What may be written if it is more than one character, each with the mean score of its
        characters."""
        width, height = extent(written)
        if width < _WIDE * height:
            return
        needed = min(SIZE * width / height, _MOST_ROOM) if height else _MOST_ROOM
        room = _ROOM + _STEP * round((needed - _ROOM) / _STEP)
        places = several(self._recogniser.read(drawn(written, room)))
        if not 2 <= len(places) <= _LONGEST:
            return
        ways = {"": 0.0}
        for seen in places:
            longer = {
                way + character: score + more
                for way, score in ways.items()
                for character, more in self._choices(seen, field, before + way, _CHOICES)
            }
            ways = dict(sorted(longer.items(), key=lambda way: -way[1])[:_CHOICES])
        for way, score in ways.items():
            yield way, score / len(places)

    def _choices(
        self, seen: Logs, field: Field, before: str, count: int
    ) -> Iterator[tuple[str, float]]:
        """The characters that look likeliest, each with its score in this context."""
        best = np.argpartition(-seen, min(count, len(seen) - 1))[:count]
        likely = self._context.likely(self._codes[best], field, before)
        scores = seen[best] + _WEIGHT * np.log(np.maximum(likely, _UNLIKELY) / _UNLIKELY)
        for at, score in zip(best, scores, strict=True):
            yield self._recogniser.characters[at], float(score)


def _is_wanted(character: str) -> bool:
    if character.isascii():
        return character.isdigit() or character.isupper()
    return character == "〇" or unicodedata.name(character, "").startswith("CJK UNIFIED")
