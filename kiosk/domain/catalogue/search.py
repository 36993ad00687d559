"""Finding service items by what people say: own words, nicknames, pinyin, initials, homophones.

Every name and alias is a phrase. Phrases and query are compared by their clues (see `clues.py`),
rare ones counting more (inverse document frequency). An inverted index picks the candidates; a
second look asks how much of the query the phrase explains, and how much of the phrase the query.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.domain.catalogue.clues import Clue, clues, explained, features, pairs
from kiosk.domain.catalogue.colloquial import fillers, reworded
from kiosk.domain.catalogue.model import ServiceItem
from kiosk.domain.catalogue.tokens import Token, cut_all, plain, tokens

LONGEST_QUERY = 64
"""Characters of a query that are looked at; more than anybody types."""

_CANDIDATES = 40
_FILLER_WEIGHT = 0.15
_UNKNOWN_RARITY = 1.0
_PHRASE_SHARE = 0.4
_ITEM_SHARE = 0.2
_REWORDED = 0.98
_ALMOST_THE_SAME = 97.0
_LEAST_SCORE = 15.0


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found. `score` is 0..100 (100: its name or an alias, said exactly); `matched` is the
    name or alias it was found by; `spans` are the ranges of the item's name that were said."""

    item: ServiceItem
    score: float
    matched: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A name or an alias of the item at position `item`. `bare` is it without marks and case."""

    said: str
    bare: str
    item: int
    is_name: bool
    cut: tuple[Token, ...]
    clues: tuple[tuple[Clue, ...], ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Query:
    bare: str
    clues: tuple[tuple[Clue, ...], ...]
    weights: tuple[float, ...]
    features: frozenset[str]
    pairs: frozenset[str]


class Index:
    """The searchable catalogue. Immutable once built: any thread may search."""

    def __init__(self, items: Sequence[ServiceItem]) -> None:
        said = [(at, text) for at, item in enumerate(items) for text in _phrases(item)]
        self._items = items
        cuts, self._syllables = cut_all(text for _, text in said)
        offered = [clues(cut, asked=False) for cut in cuts]
        self._features = [features(each) for each in offered]
        self._item_features = _united(len(items), (at for at, _ in said), self._features)
        self._rarity = _rarity(self._item_features)
        self._phrases = [
            _Phrase(text, _bare(text), at, text == items[at].name, cut, each, self._weights(cut))
            for (at, text), cut, each in zip(said, cuts, offered, strict=True)
        ]
        self._names = [phrase for phrase in self._phrases if phrase.is_name]
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, known in enumerate(self._features):
            for feature in known:
                self._postings[feature].append(number)

    @classmethod
    def build(cls, items: Iterable[ServiceItem]) -> "Index":
        """Index all names and aliases. Takes some tenths of a second: not on the GUI thread."""
        return cls(tuple(items))

    def search(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """The best items for `text`, the best first; equals keep the catalogue's order.

        Any text will do; one without letters or digits finds nothing.
        """
        text = text[:LONGEST_QUERY]
        said = self._query(text)
        found = list(self._found(said, 1.0))
        if (other := reworded(text)) != text:
            found += self._found(self._query(other), _REWORDED)
        best: dict[int, tuple[float, bool, int]] = {}
        for each in sorted(found):
            best[self._phrases[-each[-1]].item] = each
        return tuple(
            self._hit(said, score, self._phrases[-number])
            for score, _, number in heapq.nlargest(limit, best.values())
        )

    def _query(self, text: str) -> _Query:
        cut = tokens(text, self._syllables)
        asked = clues(cut, asked=True)
        idle = {place for start, end in fillers(text) for place in range(start, end)}
        weights = tuple(
            weight * (_FILLER_WEIGHT if token.start in idle else 1.0)
            for token, weight in zip(cut, self._weights(cut), strict=True)
        )
        return _Query(_bare(text), asked, weights, features(asked), pairs(asked))

    def _weights(self, cut: Iterable[Token]) -> tuple[float, ...]:
        return tuple(
            self._rarity.get(token.char or f"~{token.sound}", _UNKNOWN_RARITY) for token in cut
        )

    def _found(self, query: _Query, factor: float) -> Iterator[tuple[float, bool, int]]:
        """Score, whether it is a name, and the phrase's number negated: in order of preference."""
        for number in self._candidates(query):
            phrase = self._phrases[number]
            score = factor * self._score(query, number)
            if score >= _LEAST_SCORE:
                yield round(score, 2), phrase.is_name, -number

    def _candidates(self, query: _Query) -> list[int]:
        shared: defaultdict[int, float] = defaultdict(float)
        for feature, credit in dict(clue for token in query.clues for clue in token).items():
            worth = credit * self._rarity.get(feature, 0.0)
            for number in self._postings.get(feature, ()):
                shared[number] += worth
        phrases = self._phrases
        return heapq.nsmallest(
            _CANDIDATES, shared, key=lambda n: (-shared[n], len(phrases[n].cut), n)
        )

    def _score(self, query: _Query, number: int) -> float:
        phrase = self._phrases[number]
        if phrase.bare == query.bare:
            return 100.0
        said = explained(query.clues, query.weights, self._features[number])
        anywhere = explained(query.clues, query.weights, self._item_features[phrase.item])
        whole = explained(phrase.clues, phrase.weights, query.features)
        phrase_score = math.pow(said, 1 - _PHRASE_SHARE) * math.pow(whole, _PHRASE_SHARE)
        return _ALMOST_THE_SAME * ((1 - _ITEM_SHARE) * phrase_score + _ITEM_SHARE * anywhere)

    def _hit(self, query: _Query, score: float, phrase: _Phrase) -> Hit:
        name = self._names[phrase.item]
        said = (
            (token.start, token.end)
            for token, offered in zip(name.cut, name.clues, strict=True)
            if any(feature in query.pairs for feature, _ in offered)
        )
        return Hit(self._items[phrase.item], score, phrase.said, _joined(said))


def as_json(query: str, hits: Iterable[Hit], milliseconds: float) -> dict[str, object]:
    """The command line's answer to a search."""
    return {
        "query": query,
        "results": [
            {"item_id": hit.item.id, "name": hit.item.name, "score": hit.score} for hit in hits
        ],
        "milliseconds": milliseconds,
    }


def _bare(text: str) -> str:
    return "".join(char for char, _ in plain(text))


def _phrases(item: ServiceItem) -> tuple[str, ...]:
    """The name first, then the aliases; some items are called by their name."""
    return tuple(dict.fromkeys((item.name, *item.aliases)))


def _united(
    count: int, owners: Iterable[int], known: Iterable[frozenset[str]]
) -> list[frozenset[str]]:
    """The features of each item: of its name and all its aliases."""
    united: list[set[str]] = [set() for _ in range(count)]
    for owner, each in zip(owners, known, strict=True):
        united[owner] |= each
    return list(map(frozenset, united))


def _rarity(items: Sequence[frozenset[str]]) -> dict[str, float]:
    """The inverse document frequency of every feature, over items."""
    frequency = Counter(feature for known in items for feature in known)
    return {feature: math.log(1 + len(items) / count) for feature, count in frequency.items()}


def _joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Neighbouring ranges made one."""
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
