"""Finding somebody else's matter by what people say: which of the routes comes nearest."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log1p

from kiosk.domain.catalogue.clues import clues
from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.domain.catalogue.model import Route
from kiosk.domain.catalogue.search import LONGEST_QUERY
from kiosk.domain.catalogue.tokens import Readings, tokens

_LIKELY, _NEAR = 0.08, 0.4
"""The share (0..1) of what was said that the best topic must explain, and the share of that which
the others must reach."""
_IDLE = 0.15


@dataclass(frozen=True)
class Topics:
    """The routes, by their topics and keywords. Read with the catalogue's own readings."""

    routes: Mapping[str, Route]
    read: Readings
    syllables: frozenset[str]
    lexicon: Lexicon

    def search(self, text: str) -> tuple[str, ...]:
        """The ids of the routes that `text` may mean, the likeliest first; equals keep the
        catalogue's order. Any text will do; nothing is found for nothing."""
        text = text[:LONGEST_QUERY]
        cut = tokens(text, self.read, self.syllables)
        own = clues(cut, self.lexicon.meant(text), asked=True)
        idle = self.lexicon.idle(text)
        weights = [_IDLE if token.start in idle else 1.0 for token in cut]
        if not cut:
            return ()
        scores = {}
        for id, features in self._features.items():
            explained = (
                max((credit * self._rarity[f] for f, credit in each if f in features), default=0.0)
                for each in own
            )
            got = sum(w * e for w, e in zip(weights, explained, strict=True))
            scores[id] = got / sum(weights)
        best = max(scores.values(), default=0.0)
        if best < _LIKELY:
            return ()
        near = [id for id, score in scores.items() if score >= best * _NEAR]
        return tuple(sorted(near, key=lambda id: -scores[id]))

    @cached_property
    def _features(self) -> Mapping[str, frozenset[str]]:
        return {id: self._features_of(route) for id, route in self.routes.items()}

    def _features_of(self, route: Route) -> frozenset[str]:
        return frozenset(
            feature
            for phrase in (route.topic, *route.keywords)
            for own in clues(
                tokens(phrase, self.read, self.syllables), self.lexicon.meant(phrase), asked=False
            )
            for feature, _ in own
        )

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        """By feature 0..1: 1 where one topic alone has it."""
        users = Counter(f for features in self._features.values() for f in features)
        return {f: 1 / (1 + log1p(count - 1)) for f, count in users.items()}
