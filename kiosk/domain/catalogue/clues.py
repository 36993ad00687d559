"""Clues: the features by which two texts are compared, and how much of one text the other explains.

Features are strings: `医保` a pair of characters, `yi bao` a pair of syllables, `^yb` a pair of
initials, `医` a character, `~yi` a syllable.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from kiosk.domain.catalogue.tokens import Token

Clue: TypeAlias = tuple[str, float]
"""A feature, and how well (0..1) it explains a token when the other text has it too."""

_PAIR, _SOUND_PAIR, _INITIAL_PAIR, _CHAR, _SOUND = 1.0, 0.85, 0.7, 0.5, 0.2


def clues(cut: Sequence[Token], *, asked: bool) -> tuple[tuple[Clue, ...], ...]:
    """For every token its clues, the strongest first.

    A phrase offers its initials everywhere; a query (`asked`) only where it holds initials.
    """
    found: list[list[Clue]] = [[] for _ in cut]
    for at, (left, right) in enumerate(zip(cut, cut[1:], strict=False)):
        pair = [(f"{left.sound} {right.sound}", _SOUND_PAIR)]
        if left.char and right.char:
            pair.append((left.char + right.char, _PAIR))
        if not asked or left.partial or right.partial:
            pair.append((f"^{left.sound[0]}{right.sound[0]}", _INITIAL_PAIR))
        found[at] += pair
        found[at + 1] += pair
    for token, own in zip(cut, found, strict=True):
        if token.char:
            own.append((token.char, _CHAR))
        if not token.partial:
            own.append((f"~{token.sound}", _SOUND))
        own.sort(key=lambda clue: -clue[1])
    return tuple(map(tuple, found))


def features(text: Iterable[Iterable[Clue]]) -> frozenset[str]:
    """All features of a text."""
    return frozenset(feature for token in text for feature, _ in token)


def pairs(text: Iterable[Iterable[Clue]]) -> frozenset[str]:
    """The features that join two tokens: chance hardly ever makes two texts share one."""
    return frozenset(
        feature for token in text for feature, credit in token if credit >= _INITIAL_PAIR
    )


def explained(
    text: Iterable[Iterable[Clue]], weights: Iterable[float], known: frozenset[str]
) -> float:
    """The weighted share (0..1) of a text's tokens that the features `known` explain."""
    got = total = 0.0
    for token, weight in zip(text, weights, strict=True):
        total += weight
        for feature, credit in token:
            if feature in known:
                got += weight * credit
                break
    return got / total if total else 0.0
