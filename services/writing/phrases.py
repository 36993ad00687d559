"""What is said in this hall beside what the lexicon knows: names of matters, of offices, of
places."""

from collections.abc import Iterator, Sequence

import numpy as np

from services.writing.lattice import walks
from services.writing.lexicon import NO_WORD, Lexicon
from services.writing.spellings import Source, Spellings, file_words
from services.writing.syllable_graph import Graph
from services.writing.texts import Texts

_LIKELY = -10.0
"""How likely each phrase is, as a natural logarithm: about as much as a word like 窗口."""


class Phrases:
    """Phrases by how they are spelt."""

    def __init__(self, phrases: Sequence[str], lexicon: Lexicon, texts: Texts) -> None:
        read = [each for each in texts.readings(phrases) if each]
        filed = file_words(read, lexicon.syllables)
        gain = _LIKELY - float(lexicon.alone[NO_WORD])
        self._lexicon = lexicon
        self.words = Source(
            Spellings(filed.keys, filed.first, filed.sounds, filed.text),
            word=np.full(len(read), NO_WORD, np.uint32),
            gain=np.full(len(read), gain, np.float16),
        )

    def completions(self, graph: Graph) -> Iterator[str]:
        """The phrases that begin with all letters, the shorter first."""
        spellings = self.words.spellings
        found: dict[str, float] = {}
        for walk in walks(graph, 0, spellings):
            if walk.end < len(graph.letters):
                continue
            for at in range(*walk.keys):
                block = spellings.block(at)
                costs = walk.cost(block)
                for row in np.flatnonzero(costs < np.inf).tolist():
                    text = self._lexicon.written(block.text[row])
                    found[text] = min(found.get(text, np.inf), float(costs[row]) + len(text))
        yield from sorted(found, key=lambda each: found[each])
