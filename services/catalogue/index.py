"""Finding service items by what people say: own words, nicknames, pinyin, initials, homophones.

Every name, nickname and saying is a phrase. Phrases and query are compared by their clues (see
`kiosk.domain.catalogue.clues`), rare ones counting more (inverse document frequency). How much of
the query each phrase explains is worked out for all phrases at once; how much of the phrase the
query explains, for the best of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from kiosk.domain.catalogue.clues import STRONG, Clue, clues
from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.domain.catalogue.model import ServiceItem, code_of
from kiosk.domain.catalogue.search import LONGEST_QUERY, Found, Hit, joined
from kiosk.domain.catalogue.tokens import Token, bare, tokens
from services.catalogue.layout import UNKNOWN_RARITY, hashed, named, phrases_of, share
from services.flat import Parts

_CLOSER_LOOK = 400
_PHRASE_SHARE = 0.4
_ITEM_SHARE = 0.25
_ALMOST_THE_SAME = 97.0
_LIKELY, _WORTH_SHOWING = 40.0, 30.0
"""Scores: of a best hit that makes an answer at all, and of what is listed below it."""
_NEAREST = 3
_BUDGET = 600_000
"""Entries of postings that one search goes through; the commonest features are left out first."""

Numbers = NDArray[np.uint32]
Scores = NDArray[np.float32]


class _Postings:
    """Numbers by feature, one run of them each."""

    def __init__(self, parts: Parts, name: str) -> None:
        self._at = parts.numbers(f"{name} at", np.uint64)
        self._numbers = parts.numbers(name, np.uint32)

    def of(self, feature: int) -> Numbers:
        return self._numbers[int(self._at[feature]) : int(self._at[feature + 1])]


@dataclass(frozen=True, slots=True)
class _Query:
    """A query's clues by token (position of the feature in the index, credit; the weakest first),
    the tokens' weights."""

    bare: str
    clues: tuple[tuple[tuple[int, float], ...], ...]
    weights: tuple[float, ...]


class Index:
    """The search index of one compiled edition. Safe to use from any thread."""

    def __init__(
        self, parts: Parts, items: Mapping[str, ServiceItem], ids: Sequence[str], lexicon: Lexicon
    ) -> None:
        self._items = items
        self._ids = ids
        self._lexicon = lexicon
        self._codes = {bare(code_of(item_id)): at for at, item_id in enumerate(ids)}
        self._features = parts.numbers("features", np.uint64)
        self._rarity = parts.numbers("rarity", np.float32)
        self._tokens = _Postings(parts, "tokens")
        self._phrases = _Postings(parts, "phrases")
        self._in_items = _Postings(parts, "items")
        self._owner = parts.numbers("owner", np.uint32)
        self._phrase = parts.numbers("phrase", np.uint64)
        self._start = parts.numbers("start", np.uint32)
        self._weight = parts.numbers("weight", np.float32)
        self._span = parts.numbers("span", np.uint16).reshape(-1, 2)
        self._readings = msgspec.json.decode(parts.raw("readings"), type=dict[str, str])
        # Patterns are compiled now, not at the first keystroke.
        lexicon.idle("")
        lexicon.meant("")
        self.syllables = frozenset(msgspec.json.decode(parts.raw("syllables"), type=list[str]))

    def search(self, text: str, limit: int) -> Found:
        """The best items for `text`, the best first; equals keep the catalogue's order."""
        if (owner := self._codes.get(bare(text[:LONGEST_QUERY]))) is not None:
            return Found(hits=(self._coded(owner),))
        query = self._query(text[:LONGEST_QUERY])
        if not query.clues or limit < 1:
            return Found()
        hits = self._hits(query, limit)
        if not hits or hits[0].score < _LIKELY:
            return Found(nearest=hits[:_NEAREST])
        return Found(hits=tuple(hit for hit in hits if hit.score >= _WORTH_SHOWING))

    def _hits(self, query: _Query, limit: int) -> tuple[Hit, ...]:
        """Each item by its best phrase."""
        said = self._explained(query, self._phrases, len(self._owner))
        anywhere = self._explained(query, self._in_items, len(self._ids))
        near = np.flatnonzero(said)
        if len(near) > _CLOSER_LOOK:
            near = near[np.argpartition(said[near], -_CLOSER_LOOK)[-_CLOSER_LOOK:]]
        got = self._credits(query)
        whole = self._whole(got, near)
        owners = self._owner[near]
        scores = _ALMOST_THE_SAME * (
            (1 - _ITEM_SHARE) * said[near] ** (1 - _PHRASE_SHARE) * whole**_PHRASE_SHARE
            + _ITEM_SHARE * anywhere[owners]
        )
        scores[self._phrase[near] == np.uint64(hashed(query.bare))] = 100.0
        scores = np.round(scores, 2)
        hits: dict[int, Hit] = {}
        for at in np.lexsort((near, owners, -scores)).tolist():
            owner = int(owners[at])
            if owner not in hits:
                hits[owner] = self._hit(owner, int(near[at]), float(scores[at]), got)
            if len(hits) == limit:
                break
        return tuple(hits.values())

    def _explained(self, query: _Query, postings: _Postings, count: int) -> Scores:
        """The weighted share (0..1) of the query that each phrase, or each item, explains."""
        got, token = np.zeros(count, np.float32), np.zeros(count, np.float32)
        for own, weight in zip(query.clues, query.weights, strict=True):
            token.fill(0.0)
            for feature, credit in own:
                token[postings.of(feature)] = credit
            token *= np.float32(weight)
            got += token
        got /= np.float32(sum(query.weights))
        return got

    def _credits(self, query: _Query) -> Scores:
        """How well (0..1) the query explains each token of every phrase."""
        got = np.zeros(len(self._weight), np.float32)
        known = {clue for own in query.clues for clue in own}
        for feature, credit in sorted(known, key=lambda clue: clue[1]):
            got[self._tokens.of(feature)] = credit
        return got

    def _whole(self, got: Scores, phrases: NDArray[np.intp]) -> Scores:
        """The weighted share (0..1) of each of these phrases that the query explains."""
        starts, ends = self._start[phrases].astype(np.int64), self._start[phrases + 1]
        lengths = ends - starts
        begins = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(starts - begins, lengths)
        weight = self._weight[places]
        explained: Scores = np.add.reduceat(got[places] * weight, begins)
        total: Scores = np.add.reduceat(weight, begins)
        return explained / total

    def _query(self, text: str) -> _Query:
        cut = tokens(text, self.read, self.syllables)
        own = clues(cut, self._lexicon.meant(text), asked=True)
        place = self._places(
            {feature for token in own for feature, _ in token} | set(map(named, cut))
        )
        idle = self._lexicon.idle(text)
        return _Query(
            bare(text),
            self._affordable(own, place),
            tuple(self._weigh(token, place) * share(token, idle) for token in cut),
        )

    def _weigh(self, token: Token, place: Mapping[str, int]) -> float:
        at = place.get(named(token))
        return UNKNOWN_RARITY if at is None else float(self._rarity[at])

    def _places(self, wanted: set[str]) -> Mapping[str, int]:
        """Where in the index these features stand; those that no phrase has are left out."""
        if not wanted or not len(self._features):
            return {}
        ordered = sorted(wanted)
        hashes = np.array([hashed(feature) for feature in ordered], np.uint64)
        at = np.minimum(np.searchsorted(self._features, hashes), len(self._features) - 1)
        known = self._features[at] == hashes
        return {f: int(p) for f, p, there in zip(ordered, at, known, strict=True) if there}

    def _affordable(
        self, own: Sequence[Sequence[Clue]], place: Mapping[str, int]
    ) -> tuple[tuple[tuple[int, float], ...], ...]:
        """The clues that the index knows, weakest first; the commonest left out where all together
        are too much to go through."""
        used = sorted((len(self._phrases.of(at)), at) for at in set(place.values()))
        spent = 0
        kept: set[int] = set()
        for count, at in used:
            spent += count
            if spent > _BUDGET and kept:
                break
            kept.add(at)
        return tuple(
            tuple(
                (place[feature], credit)
                for feature, credit in reversed(token)
                if place.get(feature) in kept
            )
            for token in own
        )

    def _hit(self, owner: int, number: int, score: float, got: Scores) -> Hit:
        item = self._items[self._ids[owner]]
        name = int(np.searchsorted(self._owner, np.uint32(owner)))
        tokens_of_name = slice(int(self._start[name]), int(self._start[name + 1]))
        said = self._span[tokens_of_name][got[tokens_of_name] >= STRONG]
        spans = joined((start, end) for start, end in said.tolist())
        return Hit(item, score, phrases_of(item)[number - name], spans)

    def _coded(self, owner: int) -> Hit:
        item = self._items[self._ids[owner]]
        return Hit(item, 100.0, item.code, ())

    def read(self, text: str) -> list[tuple[str, ...]]:
        """The readings of each character, as `Readings`."""
        return [tuple(self._readings.get(char, char).split(" ")) for char in text]
