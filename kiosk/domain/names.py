"""What people are called, and what their addresses are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九"
_USUAL_SURNAMES = 100


@dataclass(frozen=True)
class Names:
    """Weights, in any unit that is the same within one mapping. `surnames` lead to their reading
    (syllables joined by apostrophes) as well; `given` are given names of two characters that are
    met as such, `first`, `last` and `only` the characters of others by where they stand."""

    surnames: Mapping[str, tuple[str, float]]
    first: Mapping[str, float]
    last: Mapping[str, float]
    only: Mapping[str, float]
    given: Mapping[str, float]


@dataclass(frozen=True)
class Addresses:
    """Words of addresses: those that stand by themselves, those that are counted (三栋), names of
    roads, and what follows a family's name in a village's."""

    words: Sequence[str]
    counted: Sequence[str]
    roads: Sequence[str]
    families: Sequence[str]

    def made(self, names: Names) -> Iterator[str]:
        """Roads, villages, and everything counted up to ninety-nine."""
        yield from self.roads
        usual = sorted(names.surnames, key=lambda each: -names.surnames[each][1])
        for family in self.families:
            yield from (surname + family for surname in usual[:_USUAL_SURNAMES])
        for counted in self.counted:
            yield from (number + counted for number in _numbers())


def _numbers() -> Iterator[str]:
    """From one to ninety-nine."""
    yield from _DIGITS
    for ten in ("", *_DIGITS[1:]):
        yield from (f"{ten}十{one}" for one in ("", *_DIGITS))
