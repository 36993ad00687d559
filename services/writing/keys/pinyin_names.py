"""People's names by their pinyin: how usual the surname is, times how usual the given name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.names import Names
from services.writing.keys.lexicon import Lexicon
from services.writing.keys.syllable_graph import Edge, Graph
from services.writing.keys.texts import Texts

_TWO_CHARACTERS = 0.85
"""How many given names are of two characters."""
_AS_MET = 0.5
"""How much of a given name's likelihood is that of the whole, beside that of its characters."""
_SURNAMES, _CHARACTERS = 12, 24
_LONGEST = 4
_MARGIN = 1.0


@dataclass(frozen=True)
class _Part:
    """What may stand in one place of a name, all of as many characters. A row for each reading:
    `sounds` are the numbers of the syllables, `likely` is the natural logarithm of how usual it is.
    """

    text: Sequence[str]
    sounds: NDArray[np.uint16]
    likely: NDArray[np.float32]

    def meant(self, path: Sequence[Edge], most: int) -> Iterator[tuple[str, float]]:
        """The likeliest for these syllables, and how likely they are."""
        likely = self.likely.copy()
        for place, edge in enumerate(path):
            if edge.meaning is None:
                return
            likely -= edge.meaning.costs[self.sounds[:, place]]
        for at in np.argsort(-likely, kind="stable")[:most].tolist():
            if likely[at] > -np.inf:
                yield self.text[at], float(likely[at])


class PinyinNames:
    """Names by how they are spelt."""

    def __init__(self, names: Names, lexicon: Lexicon, texts: Texts) -> None:
        number = {syllable: at for at, syllable in enumerate(lexicon.syllables)}
        total = sum(weight for _, weight in names.surnames.values())
        surnames = [
            (surname, [number[each] for each in reading.split("'")], log(weight / total))
            for surname, (reading, weight) in names.surnames.items()
        ]
        self._surnames = [_part(each for each in surnames if len(each[0]) == n) for n in (1, 2)]
        self._first, self._last, self._only, self._given = (
            _read(weights, lexicon, texts)
            for weights in (names.first, names.last, names.only, names.given)
        )
        usual = (self._first, self._last, self._only)
        self._usual = {
            text: max(part.likely[part.text.index(text)] for part in usual if text in part.text)
            for text in {**names.first, **names.last, **names.only}
        }

    def whole(self, graph: Graph, before: str) -> Sequence[str]:
        """Whole names for all letters, or the given names where `before` is a surname; the
        likeliest first."""
        given_only = any(before in part.text for part in self._surnames)
        found: dict[str, float] = {}
        for path in _paths(graph):
            for name, likely in self._given_names(path) if given_only else self._names(path):
                found[name] = max(likely, found.get(name, -np.inf))
        return sorted(found, key=lambda name: -found[name])

    def surnames(self, graph: Graph) -> Iterator[tuple[str, int]]:
        """Surnames for the first letters, and how many letters they take; the longer first."""
        for length in (2, 1):
            for path in _beginnings(graph, length):
                for surname, _ in self._surnames[length - 1].meant(path, _SURNAMES):
                    yield surname, path[-1].end

    def usual(self, character: str) -> float:
        """How usual a character is in given names, as a natural logarithm."""
        return float(self._usual.get(character, -np.inf))

    def _names(self, path: Sequence[Edge]) -> Iterator[tuple[str, float]]:
        for length in (1, 2):
            if len(path) < length:
                return
            given = list(self._given_names(path[length:]))
            for surname, likely in self._surnames[length - 1].meant(path[:length], _SURNAMES):
                if len(path) == length:
                    yield surname, likely
                for name, more in given:
                    yield surname + name, likely + more

    def _given_names(self, path: Sequence[Edge]) -> Iterator[tuple[str, float]]:
        if len(path) == 1:
            for given, likely in self._only.meant(path, _CHARACTERS):
                yield given, likely + log(1 - _TWO_CHARACTERS)
        elif len(path) == 2:
            lasts = list(self._last.meant(path[1:], _CHARACTERS))
            found = {
                one + other: likely + more + log(1 - _AS_MET)
                for one, likely in self._first.meant(path[:1], _CHARACTERS)
                for other, more in lasts
            }
            for given, likely in self._given.meant(path, _CHARACTERS):
                found[given] = float(np.logaddexp(found.get(given, -np.inf), likely + log(_AS_MET)))
            best = sorted(found.items(), key=lambda each: -each[1])[:_CHARACTERS]
            yield from ((given, likely + log(_TWO_CHARACTERS)) for given, likely in best)


def _paths(graph: Graph) -> Sequence[tuple[Edge, ...]]:
    """The likeliest cuts of all letters into as many syllables as a name has."""
    found = [
        path
        for length in range(1, _LONGEST + 1)
        for path in _beginnings(graph, length)
        if path[-1].end == len(graph.letters)
    ]
    costs = [sum(edge.cost for edge in path) for path in found]
    return [path for path, cost in zip(found, costs, strict=True) if cost < min(costs) + _MARGIN]


def _beginnings(graph: Graph, length: int, start: int = 0) -> Iterator[tuple[Edge, ...]]:
    """The first syllables of each cut."""
    if start == len(graph.letters):
        return
    for edge in graph.steps[start]:
        if length == 1:
            yield (edge,)
        else:
            for rest in _beginnings(graph, length - 1, edge.end):
                yield (edge, *rest)


def _read(weights: Mapping[str, float], lexicon: Lexicon, texts: Texts) -> _Part:
    total = sum(weights.values())
    words = lexicon.words
    return _part(
        (text, sounds, log(weights[text] / total) + reading)
        for text, spelt in zip(weights, texts.readings(list(weights)), strict=True)
        for sounds, reading in (
            [
                (words.spellings.spelt(entry)[0].tolist(), float(words.gain[entry]))
                for entry in texts.entries(text)
            ]
            or [(spelt.sounds, 0.0)]
            if spelt
            else []
        )
    )


def _part(rows: Iterable[tuple[str, Sequence[int], float]]) -> _Part:
    text, sounds, likely = zip(*rows, strict=True)
    return _Part(text, np.array(sounds, np.uint16), np.array(likely, np.float32))
