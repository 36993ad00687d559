"""What is said in this hall beside what the lexicon knows: names of matters, of offices, of
places."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from services.writing.keys.lattice import walks
from services.writing.keys.lexicon import Lexicon
from services.writing.keys.model import NO_WORD
from services.writing.keys.spellings import Source, Spellings, file_words
from services.writing.keys.syllable_graph import Graph
from services.writing.keys.texts import Texts

_LOOKED_AT = 200
"""Among so many different initials completions are looked for."""


class Group(NamedTuple):
    """Phrases that are likelier by `boost` than by their words alone, but at most so likely as
    `most`, both natural logarithms."""

    phrases: Sequence[str]
    boost: float
    most: float


class Phrases:
    """Phrases by how they are spelt."""

    def __init__(self, groups: Iterable[Group], lexicon: Lexicon, texts: Texts) -> None:
        likely: dict[str, float] = {}
        read = {}
        for phrases, boost, most in groups:
            for phrase, reading in zip(phrases, texts.readings(phrases), strict=True):
                if reading:
                    read[phrase] = (reading.sounds, reading.characters)
                    chance = min(most, reading.likely + boost)
                    likely[phrase] = max(chance, likely.get(phrase, -np.inf))
        filed = file_words(list(read.values()), lexicon.syllables)
        chances = np.array(list(likely.values()))[filed.order]
        self._lexicon = lexicon
        self.words = Source(
            Spellings(filed.keys, filed.first, filed.sounds, filed.text),
            word=np.full(len(chances), NO_WORD, np.uint32),
            gain=(chances - lexicon.model.alone[NO_WORD]).astype(np.float16),
        )

    def completions(self, graph: Graph) -> Iterator[str]:
        """The phrases that begin with all letters, the shorter first."""
        spellings = self.words.spellings
        found: dict[str, float] = {}
        for walk in walks(graph, 0, spellings):
            if walk.end < len(graph.letters):
                continue
            for at in range(*walk.keys)[:_LOOKED_AT]:
                block = spellings.block(at)
                costs = walk.cost(block)
                for row in np.flatnonzero(costs < np.inf).tolist():
                    text = self._lexicon.written(block.text[row])
                    found[text] = min(found.get(text, np.inf), float(costs[row]) + len(text))
        yield from sorted(found, key=lambda each: found[each])
