"""The ways in which a run of keys may be cut into syllables."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.writing.keys.syllables import LONGEST, SLIP, Meaning, Syllables

_MARGIN, _MARGIN_OF_FEW = 1.0, 3.0
"""Cuts that cost so much more than the best one are not looked at."""
_FEW = 5
"""So few letters may well be initials, whatever else they spell."""
_FOREIGN = 20.0
_BREAKS = "'’‘ `"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Edge:
    """One step: the letters up to `end` are a syllable, or (without `meaning`) stand for
    themselves."""

    end: int
    meaning: Meaning | None

    @property
    def cost(self) -> float:
        """What the likeliest meaning costs."""
        return self.meaning.least if self.meaning else _FOREIGN


@dataclass(frozen=True)
class Graph:
    """`letters` are the keys without breaks; `used[n]` says how many keys the first n letters
    take, with the breaks after them. `steps[n]` are the ways on from letter n."""

    letters: str
    used: Sequence[int]
    steps: Sequence[Sequence[Edge]]
    best: Sequence[int]
    """Where the syllables of the likeliest cut end."""


def graph(keys: str, syllables: Syllables, *, slips: bool = False) -> Graph:
    """Cut `keys`. Any will do: what is no letter stands for itself. With `slips` every syllable is
    written out, but one may have been mistyped."""
    letters, used, breaks = _letters(keys)
    steps = [
        _steps(letters, start, breaks, syllables, slips=slips) for start in range(len(letters))
    ]
    rest = [(0.0, 0)] * (len(letters) + 1)
    onward = [0] * len(letters)
    for start in range(len(letters) - 1, -1, -1):
        cost, count, back = min(
            (edge.cost + rest[edge.end][0], 1 + rest[edge.end][1], -edge.end)
            for edge in steps[start]
        )
        rest[start], onward[start] = (cost, count), -back
    before = [0.0] + [float("inf")] * len(letters)
    for start, edges in enumerate(steps):
        for edge in edges:
            before[edge.end] = min(before[edge.end], before[start] + edge.cost)
    margin = _MARGIN_OF_FEW if len(letters) <= _FEW else _MARGIN
    limit = rest[0][0] + margin + (SLIP if slips else 0)
    likely = [
        [edge for edge in edges if before[start] + edge.cost + rest[edge.end][0] <= limit]
        for start, edges in enumerate(steps)
    ]
    best = []
    at = 0
    while at < len(letters):
        at = onward[at]
        best.append(at)
    return Graph(letters, used, likely, best)


def _letters(keys: str) -> tuple[str, Sequence[int], frozenset[int]]:
    letters: list[str] = []
    used = [0]
    breaks = set()
    for place, key in enumerate(keys, 1):
        if key in _BREAKS:
            used[-1] = place
            breaks.add(len(letters))
        else:
            lower = key.lower().replace("ü", "v")
            letters.append(lower if lower in _LETTERS else key)
            used.append(place)
    return "".join(letters), used, frozenset(breaks)


def _steps(
    letters: str, start: int, breaks: frozenset[int], syllables: Syllables, *, slips: bool
) -> list[Edge]:
    found = []
    for end in range(start + 1, min(start + LONGEST, len(letters)) + 1):
        piece = letters[start:end]
        last = end == len(letters)
        begun = syllables.unfinished.get(piece) if last else None
        if not last and not slips:
            begun = syllables.begun.get(piece)
        meant = syllables.whole.get(piece, begun)
        if meant and begun and meant is not begun:
            meant = meant.or_else(begun)
        if not meant and slips:
            meant = syllables.slip(piece)
        if meant:
            found.append(Edge(end, meant))
        if end in breaks:
            break
    return found or [Edge(start + 1, None)]
