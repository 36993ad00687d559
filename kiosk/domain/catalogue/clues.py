"""Clues: the features by which two texts are compared, and how much of one text the other explains.

Features are strings: `医保` a pair of characters, `yi bao` a pair of syllables, `%yi bao` the same
however it is pronounced (n and l, zh and z, ing and in are one), `^yb` and `^ybz` two and three
initials, `=child` a word of that meaning, `医` a character, `~yi` a syllable.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from kiosk.domain.catalogue.tokens import Token

Clue: TypeAlias = tuple[str, float]
"""A feature, and how well (0..1) it explains a token when the other text has it too."""

PAIR, SOUND_PAIR, SLURRED_PAIR = 1.0, 0.85, 0.72
MEANING = 0.8
INITIALS = {2: 0.45, 3: 0.65, 4: 0.85, 5: 0.95}
"""By their number in a row."""
CHAR, SOUND = 0.5, 0.2
STRONG = SLURRED_PAIR
"""From this credit on a feature joins two tokens or carries a meaning: chance hardly ever makes two
texts share one."""

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"), ("r", "l"))


def clues(
    cut: Sequence[Token], meant: Mapping[int, tuple[str, ...]], *, asked: bool
) -> tuple[tuple[Clue, ...], ...]:
    """For every token its clues, the strongest first; `meant` are the concepts by place.

    A phrase offers its initials everywhere; a query (`asked`) only where it holds initials.
    """
    found: list[dict[str, float]] = [{} for _ in cut]

    def add(feature: str, credit: float, *places: int) -> None:
        for place in places:
            if found[place].get(feature, 0.0) < credit:
                found[place][feature] = credit

    for at, (left, right) in enumerate(zip(cut, cut[1:], strict=False)):
        if left.char and right.char:
            add(left.char + right.char, PAIR, at, at + 1)
        for one in left.sounds:
            for other in right.sounds:
                add(f"{one} {other}", SOUND_PAIR, at, at + 1)
                add(f"%{slurred(one)} {slurred(other)}", SLURRED_PAIR, at, at + 1)
    for run, credit in INITIALS.items():
        for at in range(len(cut) - run + 1):
            part = cut[at : at + run]
            if not asked or any(token.partial for token in part):
                for initials in _initials(part):
                    add(f"^{initials}", credit, *range(at, at + run))
    for at, token in enumerate(cut):
        if token.char:
            add(token.char, CHAR, at)
        if not token.partial:
            for sound in token.sounds:
                add(f"~{sound}", SOUND, at)
        for concept in meant.get(token.start, ()):
            add(f"={concept}", MEANING, at)
    return tuple(tuple(sorted(own.items(), key=lambda clue: (-clue[1], clue[0]))) for own in found)


@lru_cache(maxsize=1024)
def slurred(syllable: str) -> str:
    """A syllable as it sounds to somebody who does not tell n from l, zh from z, or ing from in."""
    for clear, dull in _INITIALS:
        if syllable.startswith(clear):
            syllable = dull + syllable[len(clear) :]
            break
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable


def _initials(part: Sequence[Token]) -> Iterator[str]:
    spelled = {""}
    for token in part:
        spelled = {before + sound[0] for before in spelled for sound in token.sounds}
    yield from sorted(spelled)
