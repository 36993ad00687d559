"""How people speak at a counter: words that say nothing about the matter, and words that mean the
same. Language, not content: nothing here names a service item.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Lexicon:
    """`fillers` carry no meaning (我想, 怎么办); `concepts` are groups of words of one meaning by
    the group's name (`child`: 孩子, 娃, 闺女). Longer words win over shorter ones at the same
    place.
    """

    fillers: tuple[str, ...]
    concepts: Mapping[str, tuple[str, ...]]

    @cached_property
    def _filler(self) -> re.Pattern[str]:
        return _any_of(self.fillers)

    @cached_property
    def _known(self) -> Mapping[str, tuple[str, ...]]:
        known: dict[str, tuple[str, ...]] = {}
        for concept, words in self.concepts.items():
            for word in words:
                known[word] = (*known.get(word, ()), concept)
        return known

    @cached_property
    def _word(self) -> re.Pattern[str]:
        return _any_of(self._known)

    def idle(self, text: str) -> frozenset[int]:
        """The places of `text` that say nothing about the matter."""
        return frozenset(
            place for match in self._filler.finditer(text) for place in range(*match.span())
        )

    def meant(self, text: str) -> Mapping[int, tuple[str, ...]]:
        """The concepts said at each place of `text` (places without one are left out)."""
        return {
            place: self._known[match.group()]
            for match in self._word.finditer(text)
            for place in range(*match.span())
        }


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    # An empty class matches nothing.
    return re.compile("|".join(map(re.escape, ordered)) or r"[^\s\S]")
