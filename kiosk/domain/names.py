"""What people are called: how often, for each part of a name."""

from collections.abc import Mapping
from dataclasses import dataclass


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
