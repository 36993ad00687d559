"""The likeliest sequences of words over a graph of syllables: beam search with a language model."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.writing.keys.lattice import Pieces, pieces
from services.writing.keys.lexicon import Lexicon
from services.writing.keys.model import NO_WORD, Context
from services.writing.keys.spellings import Source
from services.writing.keys.syllable_graph import Graph

BEAM = 16
_WAYS = 3
"""From so many beginnings at most a word goes on."""
_KEPT = (0, 12, 10, 6)
_KEPT_FIRST = (0, 60, 24, 12)
_KEPT_ALONE = (0, 1000)
"""How many words of one syllable, of two, of more; of what stands first more are shown, and all
where it is one syllable."""


class Decoded(NamedTuple):
    """A text for the letters up to `end`, and the natural logarithm of how likely it is."""

    text: str
    end: int
    likely: float


class _Beam(NamedTuple):
    """Texts up to one letter. Parallel arrays: how likely each is; its last two words and what
    follows from them (see `Context`); from which letter and which text of its beam it goes on, and
    which of the `pieces` from there is its last word."""

    likely: NDArray[np.float32]
    word: NDArray[np.uint32]
    before: NDArray[np.uint32]
    backoff: NDArray[np.float32]
    start: NDArray[np.int64]
    text: NDArray[np.int64]
    piece: NDArray[np.int64]

    @property
    def context(self) -> Context:
        """What they end in."""
        return Context(self.word, self.before, self.backoff)


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
        nothing = np.zeros(1, np.int64)
        self._beams = {
            0: _Beam(
                np.zeros(1, np.float32),
                np.array([previous], np.uint32),
                np.array([NO_WORD], np.uint32),
                np.zeros(1, np.float32),
                nothing,
                nothing,
                nothing,
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

    def beginnings(self, most: int) -> Iterator[Decoded]:
        """Single words for the first letters: those for more letters first, then the likelier.
        All of one character, and of longer ones at most so many for as many letters."""
        first = self._pieces[0]
        count: Counter[int] = Counter()
        after = self._lexicon.model.after(self._beams[0].context, first.word)[0][0] + first.gain
        for at in np.lexsort((-after, -first.end)).tolist():
            text, end = self._text(first, at), int(first.end[at])
            count[end] += len(text) > 1
            if len(text) == 1 or count[end] <= most:
                yield Decoded(text, end, float(after[at]))

    def _search(self) -> None:
        arriving: defaultdict[int, list[_Beam]] = defaultdict(list)
        for start in range(len(self._graph.letters)):
            if start:
                if start not in arriving:
                    continue
                self._beams[start] = _best(arriving.pop(start))
            most = _KEPT if start else _KEPT_FIRST if len(self._graph.best) > 1 else _KEPT_ALONE
            found = pieces(self._graph, start, self._sources, self._lexicon.model.alone, most)
            self._pieces[start] = found
            for end, beam in self._onward(start, found):
                arriving[end].append(beam)
        end = len(self._graph.letters)
        if end:
            self._beams[end] = _best(arriving[end])

    def _onward(self, start: int, found: Pieces) -> Iterator[tuple[int, _Beam]]:
        beam = self._beams[start]
        after, pairs = self._lexicon.model.after(beam.context, found.word)
        total = beam.likely[:, None] + after + found.gain
        ways = min(_WAYS, len(beam.likely))
        best = np.argpartition(-total, ways - 1, axis=0)[:ways]
        for end in set(found.end.tolist()):
            here = np.flatnonzero(found.end == end)
            piece = np.broadcast_to(here, (ways, len(here))).ravel()
            text = best[:, here].ravel()
            context = self._lexicon.model.context(
                beam.word[text], found.word[piece], pairs[text, piece]
            )
            start_of_all = np.full(len(piece), start)
            yield end, _Beam(total[text, piece], *context, start_of_all, text, piece)

    def _traced(self, end: int, at: int) -> str:
        texts = []
        while end:
            beam = self._beams[end]
            end = int(beam.start[at])
            texts.append(self._text(self._pieces[end], int(beam.piece[at])))
            at = int(beam.text[at])
        return "".join(reversed(texts))

    def _text(self, found: Pieces, at: int) -> str:
        source, entry = int(found.source[at]), int(found.entry[at])
        if source < 0:
            return self._graph.letters[entry]
        return self._lexicon.written(self._sources[source].spellings.spelt(entry)[1])


def _best(arriving: list[_Beam]) -> _Beam:
    whole = _Beam._make(np.concatenate(each) for each in zip(*arriving, strict=True))
    if len(whole.likely) <= BEAM:
        return whole
    best = np.argpartition(-whole.likely, BEAM)[:BEAM]
    return _Beam._make(each[best] for each in whole)
