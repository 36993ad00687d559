"""Finding service items by what people say: own words, nicknames, pinyin, initials, homophones.

Every name, nickname and saying is a phrase. Phrases and query are compared by their clues (see
`kiosk.domain.catalogue.clues`), rare ones counting more (inverse document frequency). How much of the
query each phrase explains is worked out for all phrases at once; the best are looked at again, for how
much of the phrase the query explains.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.catalogue.clues import Clue, clues, explained, features, strong
from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.domain.catalogue.model import ServiceItem
from kiosk.domain.catalogue.search import LONGEST_QUERY, Found, Hit, joined
from kiosk.domain.catalogue.tokens import Token, bare, tokens
from services.catalogue.compile import phrases_of, weights

_FIRST_LOOK = 400
_SECOND_LOOK = 48
_PHRASE_SHARE = 0.4
_ITEM_SHARE = 0.25
_ALMOST_THE_SAME = 97.0
_LIKELY = 30.0
_NEAREST = 3

Numbers = NDArray[np.uint32]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Posting:
    rarity: float
    phrases: Numbers
    items: Numbers


@dataclass(frozen=True, slots=True)
class _Query:
    bare: str
    clues: tuple[tuple[Clue, ...], ...]
    weights: tuple[float, ...]
    features: frozenset[str]
    strong: frozenset[str]


_NOWHERE = _Posting(0.0, np.empty(0, np.uint32), np.empty(0, np.uint32))


class Index:
    """The search index of one compiled edition. Safe to use from any thread."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        lock: RLock,
        items: Mapping[str, ServiceItem],
        ids: Sequence[str],
        parts: Mapping[str, bytes],
        syllables: frozenset[str],
        lexicon: Lexicon,
    ) -> None:
        self._connection = connection
        self._lock = lock
        self._items = items
        self._ids = ids
        self._owner = np.frombuffer(parts["owner"], np.uint32)
        self._total = np.frombuffer(parts["total"], np.float32)
        self._syllables = syllables
        self._lexicon = lexicon
        self._posting = lru_cache(maxsize=4096)(self._read_posting)
        self._reading = lru_cache(maxsize=4096)(self._read_reading)
        self._phrase = lru_cache(maxsize=4096)(self._read_phrase)

    def search(self, text: str, limit: int) -> Found:
        """The best items for `text`, the best first; equals keep the catalogue's order."""
        query = self._query(text[:LONGEST_QUERY])
        if not query.clues or limit < 1:
            return Found()
        hits = tuple(
            self._hit(query, score, number) for score, number in self._ranked(query, limit)
        )
        likely = tuple(hit for hit in hits if hit.score >= _LIKELY)
        return Found(hits=likely) if likely else Found(nearest=hits[:_NEAREST])

    def _ranked(self, query: _Query, limit: int) -> list[tuple[float, int]]:
        """Score and phrase of the best phrase of each item."""
        said = self._explained(query, len(self._total), phrases=True)
        anywhere = self._explained(query, len(self._ids), phrases=False)
        first = np.flatnonzero(said)
        if len(first) > _FIRST_LOOK:
            first = first[np.argpartition(said[first], -_FIRST_LOOK)[-_FIRST_LOOK:]]
        whole = np.minimum(1.0, said[first] * sum(query.weights) / self._total[first])
        guess = said[first] ** (1 - _PHRASE_SHARE) * whole**_PHRASE_SHARE
        second = first[np.argsort(-guess, kind="stable")[:_SECOND_LOOK]]
        best: dict[int, tuple[float, int]] = {}
        for number in second.tolist():
            item = int(self._owner[number])
            score = self._score(query, number, float(said[number]), float(anywhere[item]))
            if score > best.get(item, (0.0, 0))[0]:
                best[item] = (score, number)
        ranked = sorted(best.items(), key=lambda entry: (-entry[1][0], entry[0]))
        return [found for _, found in ranked[:limit]]

    def _explained(self, query: _Query, count: int, *, phrases: bool) -> Scores:
        """The weighted share (0..1) of the query that each phrase, or each item, explains."""
        got, token = np.zeros(count, np.float32), np.zeros(count, np.float32)
        for own, weight in zip(query.clues, query.weights, strict=True):
            token.fill(0.0)
            for feature, credit in reversed(own):
                posting = self._posting(feature)
                token[posting.phrases if phrases else posting.items] = credit
            got += weight * token
        return got / np.float32(sum(query.weights))

    def _score(self, query: _Query, number: int, said: float, anywhere: float) -> float:
        text, own, own_weights = self._phrase(number)
        if text == query.bare:
            return 100.0
        whole = explained(own, own_weights, query.features)
        phrase_score = said ** (1 - _PHRASE_SHARE) * whole**_PHRASE_SHARE
        score = (1 - _ITEM_SHARE) * phrase_score + _ITEM_SHARE * anywhere
        return round(_ALMOST_THE_SAME * score, 2)

    def _query(self, text: str) -> _Query:
        cut = tokens(text, self._readings, self._syllables)
        own = clues(cut, self._lexicon.meant(text), asked=True)
        idle = self._lexicon.idle(text)
        return _Query(bare(text), own, self._weights(cut, idle), features(own), strong(own))

    def _weights(self, cut: Sequence[Token], idle: frozenset[int]) -> tuple[float, ...]:
        named = {token.char or f"~{token.sounds[0]}" for token in cut}
        rarity = {name: p.rarity for name in named if (p := self._posting(name)) is not _NOWHERE}
        return weights(cut, rarity, idle)

    def _hit(self, query: _Query, score: float, number: int) -> Hit:
        item = self._items[self._ids[int(self._owner[number])]]
        cut = tokens(item.name, self._readings, self._syllables)
        offered = clues(cut, self._lexicon.meant(item.name), asked=False)
        said = (
            (token.start, token.end)
            for token, own in zip(cut, offered, strict=True)
            if any(feature in query.strong for feature, _ in own)
        )
        text, _, _ = self._phrase(number)
        matched = next(said for said in phrases_of(item) if bare(said) == text)
        return Hit(item, score, matched, joined(said))

    def _readings(self, text: str) -> list[tuple[str, ...]]:
        return [self._reading(char) for char in text]

    def _read_reading(self, char: str) -> tuple[str, ...]:
        row = self._row("SELECT sounds FROM reading WHERE char = ?", char)
        return (char,) if row is None else tuple(str(row[0]).split(" "))

    def _read_posting(self, feature: str) -> _Posting:
        row = self._row("SELECT rarity, phrases, items FROM posting WHERE feature = ?", feature)
        if row is None:
            return _NOWHERE
        rarity, phrases, items = row
        return _Posting(rarity, np.frombuffer(phrases, np.uint32), np.frombuffer(items, np.uint32))

    def _read_phrase(
        self, number: int
    ) -> tuple[str, tuple[tuple[Clue, ...], ...], tuple[float, ...]]:
        """A phrase without marks, its tokens' clues and their weights."""
        row = self._row("SELECT said FROM phrase WHERE number = ?", number)
        said = "" if row is None else str(row[0])
        cut = tokens(said, self._readings, self._syllables)
        own = clues(cut, self._lexicon.meant(said), asked=False)
        return bare(said), own, self._weights(cut, self._lexicon.idle(said))

    def _row(self, query: str, key: str | int) -> tuple[float | str | bytes, ...] | None:
        with self._lock:
            row: tuple[float | str | bytes, ...] | None = self._connection.execute(
                query, (key,)
            ).fetchone()
        return row
