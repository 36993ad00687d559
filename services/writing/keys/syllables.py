"""What runs of letters may mean as syllables: spelt whole, slurred, begun, or mistyped.

A meaning is what it costs, in natural logarithms of likelihood, to have meant each syllable.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from services.writing.keys.spellings import initial

SLURRED = 4.5
BEGUN = 2.2
UNFINISHED, UNFINISHED_OR_WHOLE = 1.0, 4.0
SLIP = 6.0
LONGEST = 6
_SLURRED_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_SLURRED_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
_ALSO_WRITTEN = {"lue": "lve", "nue": "nve"}
_INITIALS_OF_TWO = ("zh", "ch", "sh")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


@dataclass(frozen=True)
class Meaning:
    """`costs` has a place for each syllable, infinite where it cannot be meant; `initials` are
    the classes (see `spellings.initial`) of those that can, `least` is what the likeliest costs.
    """

    costs: NDArray[np.float32]
    initials: str
    least: float

    def or_else(self, other: "Meaning") -> "Meaning":
        """Either."""
        return Meaning(
            np.minimum(self.costs, other.costs),
            "".join(sorted({*self.initials, *other.initials})),
            min(self.least, other.least),
        )


class Syllables:
    """All syllables, and what may stand for them. With `slurred`, sounds that many do not tell
    apart (n and l, zh and z, ang and an) stand for one another."""

    def __init__(self, syllables: Sequence[str], *, slurred: bool) -> None:
        self._syllables = syllables
        self._number = {syllable: at for at, syllable in enumerate(syllables)}
        self._slurred = slurred
        whole = {
            each: self._meaning({each: 0.0} | (_slurs(each) if slurred else {}))
            for each in syllables
        }
        self.whole: Mapping[str, Meaning] = whole | {
            also: whole[each] for also, each in _ALSO_WRITTEN.items()
        }
        """By a syllable's letters: itself, and what sounds like it."""
        self.begun: Mapping[str, Meaning] = {
            begin: self._beginning(begin, BEGUN)
            for begin in {each[0] for each in syllables} | set(_INITIALS_OF_TWO)
        }
        """By the letters a syllable begins with: what may have been abbreviated so."""
        self.unfinished: Mapping[str, Meaning] = {
            begin: self._beginning(begin, UNFINISHED_OR_WHOLE if begin in whole else UNFINISHED)
            for begin in {each[:end] for each in syllables for end in range(1, len(each))}
        }
        """By the letters a syllable begins with: what may be about to be typed."""
        self._mistyped: defaultdict[str, list[str]] = defaultdict(list)
        for syllable in syllables:
            for typed in _slips(syllable):
                if typed not in self._number:
                    self._mistyped[typed].append(syllable)

    def slip(self, letters: str) -> Meaning | None:
        """What letters that spell no syllable may have been meant for, one slip undone."""
        meant = self._mistyped.get(letters)
        return self._meaning(dict.fromkeys(meant, SLIP)) if meant else None

    def _beginning(self, begin: str, cost: float) -> Meaning:
        slurred = {
            other for pair in _SLURRED_INITIALS if self._slurred and begin in pair for other in pair
        }
        costs = {
            each: cost if each.startswith(begin) else cost + SLURRED
            for each in self._syllables
            if each.startswith((begin, *slurred))
        }
        return self._meaning(costs)

    def _meaning(self, costs: Mapping[str, float]) -> Meaning:
        array = np.full(len(self._syllables), np.inf, np.float32)
        for syllable, cost in costs.items():
            if syllable in self._number:
                array[self._number[syllable]] = cost
        initials = "".join(sorted({initial(each) for each in costs if each in self._number}))
        return Meaning(array, initials, float(array.min()))


def _slurs(syllable: str) -> dict[str, float]:
    """What sounds like it to many, and what it costs to have meant that."""
    begins, ends = _alternatives(syllable)
    slurs = {}
    for (begin, one), (end, other) in product(begins, ends):
        if one or other:
            slurs[begin + end] = SLURRED * (one + other)
    return slurs


def _alternatives(syllable: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    begin = next((each for each in _INITIALS_OF_TWO if syllable.startswith(each)), syllable[:1])
    end = syllable[len(begin) :]
    begins, ends = [(begin, False)], [(end, False)]
    for one, other in _SLURRED_INITIALS:
        begins += [(to, True) for at, to in ((one, other), (other, one)) if begin == at]
    for long, short in _SLURRED_FINALS:
        if end.endswith(long):
            ends.append((end.removesuffix(long) + short, True))
        elif end.endswith(short):
            ends.append((end.removesuffix(short) + long, True))
    return begins, ends


def _slips(syllable: str) -> Iterator[str]:
    """How it comes out with a key beside the right one, two letters swapped, or one left out."""
    for at, letter in enumerate(syllable):
        for beside in _BESIDE[letter]:
            yield syllable[:at] + beside + syllable[at + 1 :]
        yield syllable[:at] + syllable[at + 1 : at + 2] + letter + syllable[at + 2 :]
        if len(syllable) > 2:
            yield syllable[:at] + syllable[at + 1 :]


def _beside() -> dict[str, str]:
    """Each letter's neighbours on the keyboard; each row stands half a key further in."""
    place = {key: (2 * x + y, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}
    return {
        key: "".join(
            other
            for other, (there, below) in place.items()
            if other != key and abs(below - y) <= 1 and abs(there - x) <= (2 if below == y else 1)
        )
        for key, (x, y) in place.items()
    }


_BESIDE = _beside()
