"""Clauses put together from recordings: dates, numbers, and wording around what was filled in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from services.voice import sound
from services.voice.spoken import bare
from services.voice.synthesizer import NotSaid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kiosk.domain.words import Language
    from services.voice.bank import Recorded
    from services.voice.sound import Pcm

_BREATH_SECONDS = 0.15
_TOKENS = re.compile(r"[A-Za-z0-9']+|\w|[^\w\s]+")
"""An English word or number, a Chinese character, a sign."""


class Spliced:
    """A `Synthesizer` of what recordings cover from end to end."""

    def __init__(self, recorded: Recorded) -> None:
        self._recorded = recorded
        self._longest = cache(
            lambda language: max(map(len, recorded.bank(language).recordings), default=0)
        )

    def available(self) -> bool:
        """Whether anything is recorded. Raises `ContentError`."""
        return self._recorded.available()

    def render(self, clause: str, language: Language) -> Pcm:
        """Raises `NotSaid` where a part was not recorded, `VoiceTrouble`, `ContentError`."""
        bank = self._recorded.bank(language)
        parts = []
        for piece in pieces(bare(clause), bank.recordings, self._longest(language)):
            if piece:
                parts.append(sound.close(bank.sound(piece)))
            elif parts:
                parts.append(sound.silence(_BREATH_SECONDS, parts[0].rate))
        if not parts:
            raise NotSaid("not recorded")
        return sound.joined(parts)


def pieces(clause: str, known: Collection[str], longest: int) -> Iterator[str]:
    """The fewest texts of those `known`, none over `longest` characters, that cover a clause; an
    empty one is a breath, at each sign between them. Nothing where they do not cover it."""
    spans = [(found.start(), found.end()) for found in _TOKENS.finditer(clause)]
    best: list[list[str] | None] = [None] * len(spans) + [[]]
    for first in reversed(range(len(spans))):
        start = spans[first][0]
        if not clause[start].isalnum():
            rest = best[first + 1]
            best[first] = None if rest is None else ["", *rest]
            continue
        for after in range(first + 1, len(spans) + 1):
            end = spans[after - 1][1]
            if end - start > longest:
                break
            rest, now = best[after], best[first]
            if rest is None or clause[start:end] not in known:
                continue
            if now is None or len(rest) < len(now):
                best[first] = [clause[start:end], *rest]
    yield from best[0] or ()
