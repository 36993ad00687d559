"""The words that may have been meant from one letter on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.writing.keys.model import NO_WORD
from services.writing.keys.spellings import Block, Source, Spellings
from services.writing.keys.syllable_graph import Graph

_LITERAL = -25.0


@dataclass(frozen=True)
class Pieces:
    """Words from one letter on: up to which letter, their number in the language model, what they
    gain or lose beside what the model says, and how likely they are by themselves. `source` and
    `entry` say where they are; with a source of -1 the letter `entry` stands for itself."""

    end: NDArray[np.int64]
    word: NDArray[np.uint32]
    gain: NDArray[np.float32]
    alone: NDArray[np.float32]
    source: NDArray[np.int64]
    entry: NDArray[np.int64]


def pieces(
    graph: Graph,
    start: int,
    sources: Sequence[Source],
    model: NDArray[np.float16],
    most: Sequence[int],
) -> Pieces:
    """Of each length and source the likeliest. `model` says how likely each word is alone;
    `most[n]` are as many as are kept of n syllables (and `most[-1]` of more)."""
    found: list[tuple[int, int, NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]] = []
    for number, source in enumerate(sources):
        spans: defaultdict[tuple[int, int], list[tuple[NDArray[np.int64], NDArray[np.float32]]]]
        spans = defaultdict(list)
        for end, length, entries, costs in _spans(graph, start, source.spellings):
            spans[end, length].append((entries, costs))
        for (end, length), some in spans.items():
            entries = np.concatenate([each for each, _ in some])
            gain = source.gain[entries] - np.concatenate([each for _, each in some])
            if start == 0 and end == len(graph.letters):
                gain += source.gain_of_whole
            alone = model[source.word[entries]] + gain
            limit = most[min(length, len(most) - 1)]
            if len(entries) > limit:
                best = np.argpartition(-alone, limit)[:limit]
                entries, gain, alone = entries[best], gain[best], alone[best]
            found.append((end, number, entries, gain, alone))
    if not found:
        return _letter(start)
    return Pieces(
        end=np.concatenate([np.full(len(entries), end) for end, _, entries, _, _ in found]),
        word=np.concatenate([sources[at].word[entries] for _, at, entries, _, _ in found]),
        gain=np.concatenate([gain for _, _, _, gain, _ in found]),
        alone=np.concatenate([alone for _, _, _, _, alone in found]),
        source=np.concatenate([np.full(len(entries), at) for _, at, entries, _, _ in found]),
        entry=np.concatenate([entries for _, _, entries, _, _ in found]),
    )


def _letter(start: int) -> Pieces:
    unlikely = np.array([_LITERAL], np.float32)
    return Pieces(
        end=np.array([start + 1]),
        word=np.array([NO_WORD], np.uint32),
        gain=unlikely,
        alone=unlikely,
        source=np.array([-1]),
        entry=np.array([start]),
    )


def _spans(
    graph: Graph, start: int, spellings: Spellings
) -> Iterator[tuple[int, int, NDArray[np.int64], NDArray[np.float32]]]:
    """End, length in syllables, words and what they cost, for every way to cut the letters."""
    for walk in walks(graph, start, spellings):
        if spellings.keys[walk.keys[0]] == walk.key:
            block = spellings.block(walk.keys[0])
            costs = walk.cost(block)
            rows = np.flatnonzero(costs < np.inf)
            if len(rows):
                yield walk.end, len(walk.key), rows + block.begin, costs[rows]


class Walk(NamedTuple):
    """Syllables from one letter to another: their initials, what each costs to have meant, and the
    keys of `Spellings` (from, to) that begin with these initials."""

    end: int
    key: str
    costs: tuple[NDArray[np.float32], ...]
    keys: tuple[int, int]

    def cost(self, block: Block) -> NDArray[np.float32]:
        """What it costs to have meant each word, or its beginning."""
        total = self.costs[0][block.sounds[:, 0]]
        for place in range(1, len(self.costs)):
            total = total + self.costs[place][block.sounds[:, place]]
        return total


def walks(graph: Graph, start: int, spellings: Spellings) -> Iterator[Walk]:
    """Every way from a letter on along which there are words."""
    todo = [Walk(start, "", (), (0, len(spellings.keys)))]
    while todo:
        walk = todo.pop()
        if walk.key:
            yield walk
        for edge in graph.steps[walk.end] if walk.end < len(graph.letters) else ():
            if edge.meaning is None:
                continue
            for initial in edge.meaning.initials:
                keys = spellings.narrowed(walk.key + initial, walk.keys)
                if keys[0] < keys[1]:
                    costs = (*walk.costs, edge.meaning.costs)
                    todo.append(Walk(edge.end, walk.key + initial, costs, keys))
