"""The likeliest sequences of words over a graph of syllables: beam search with a language model of
pairs of words."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.writing.lattice import Pieces, pieces
from services.writing.lexicon import Lexicon
from services.writing.spellings import Source
from services.writing.syllable_graph import Graph

BEAM = 24
_WAYS = 3
"""From so many beginnings at most a word goes on."""
_KEPT = (0, 16, 16, 10)
_KEPT_FIRST = (0, 80, 40, 12)
"""How many words of one syllable, of two, of more; of what stands first more are shown."""


class Decoded(NamedTuple):
    """A text for the letters up to `end`, and the natural logarithm of how likely it is."""

    text: str
    end: int
    likely: float


class _Beam(NamedTuple):
    """What may stand before a letter. Parallel arrays; `start` and `back` are where the beam is
    that each goes on from, and its place in it; `piece` its last word's place in `pieces`."""

    likely: NDArray[np.float32]
    word: NDArray[np.uint32]
    start: NDArray[np.int64]
    back: NDArray[np.int64]
    piece: NDArray[np.int64]


class Lattice:
    """All that the keys may mean."""

    def __init__(
        self, graph: Graph, lexicon: Lexicon, sources: Sequence[Source], previous: int
    ) -> None:
        """`previous` is the number of the word before."""
        self._graph = graph
        self._lexicon = lexicon
        self._sources = sources
        self._pieces: dict[int, Pieces] = {}
        self._beams = {
            0: _Beam(
                np.zeros(1, np.float32),
                np.array([previous], np.uint32),
                *(np.zeros(1, np.int64) for _ in range(3)),
            )
        }
        self._search()

    def sentences(self, most: int) -> Iterator[Decoded]:
        """Texts for all letters, the likeliest first."""
        end = len(self._graph.letters)
        beam = self._beams[end]
        seen = set()
        for at in np.argsort(-beam.likely, kind="stable").tolist():
            text = self._traced(end, at)
            if text not in seen:
                seen.add(text)
                yield Decoded(text, end, float(beam.likely[at]))
            if len(seen) == most:
                return

    def beginnings(self) -> Iterator[Decoded]:
        """Single words for the first letters: those for more letters first, then the likelier."""
        first = self._pieces[0]
        likely = self._beams[0].word
        after = self._lexicon.after(likely, first.word)[0] + first.gain
        for at in np.lexsort((-after, -first.end)).tolist():
            yield Decoded(self._text(first, at), int(first.end[at]), float(after[at]))

    def _search(self) -> None:
        arriving: defaultdict[int, list[_Beam]] = defaultdict(list)
        for start in range(len(self._graph.letters)):
            if start:
                if start not in arriving:
                    continue
                self._beams[start] = _best(arriving.pop(start))
            most = _KEPT if start else _KEPT_FIRST
            found = pieces(self._graph, start, self._sources, self._lexicon.alone, most)
            self._pieces[start] = found
            for end, beam in self._onward(start, found):
                arriving[end].append(beam)
        end = len(self._graph.letters)
        if end:
            self._beams[end] = _best(arriving[end])

    def _onward(self, start: int, found: Pieces) -> Iterator[tuple[int, _Beam]]:
        beam = self._beams[start]
        total = beam.likely[:, None] + self._lexicon.after(beam.word, found.word) + found.gain
        ways = min(_WAYS, len(beam.likely))
        if len(beam.likely) > ways:
            back = np.argpartition(-total, ways, axis=0)[:ways]
            total = np.take_along_axis(total, back, axis=0)
        else:
            back = np.broadcast_to(np.arange(ways)[:, None], total.shape)
        for end in set(found.end.tolist()):
            here = np.flatnonzero(found.end == end)
            piece = np.broadcast_to(here, (ways, len(here))).ravel()
            yield (
                end,
                _Beam(
                    total[:, here].ravel(),
                    found.word[piece],
                    np.full(len(piece), start),
                    back[:, here].ravel(),
                    piece,
                ),
            )

    def _traced(self, end: int, at: int) -> str:
        texts = []
        while end:
            beam = self._beams[end]
            end = int(beam.start[at])
            texts.append(self._text(self._pieces[end], int(beam.piece[at])))
            at = int(beam.back[at])
        return "".join(reversed(texts))

    def _text(self, found: Pieces, at: int) -> str:
        source, entry = int(found.source[at]), int(found.entry[at])
        if source < 0:
            return self._graph.letters[entry]
        return self._lexicon.written(self._sources[source].spellings.spelt(entry)[1])


def _best(arriving: list[_Beam]) -> _Beam:
    whole = _Beam(*(np.concatenate(each) for each in zip(*arriving, strict=True)))
    if len(whole.likely) <= BEAM:
        return whole
    best = np.argpartition(-whole.likely, BEAM)[:BEAM]
    return _Beam(*(each[best] for each in whole))
