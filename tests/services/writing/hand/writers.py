"""Characters as people write them: strokes of a font, distorted by a hand that is known."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from kiosk.domain.writing import PenStroke
from kiosk.pen_strokes import all_written

DATA = Path(__file__).parents[3] / "bench" / "data" / "strokes.jsonl.gz"
SIDE = 1024
"""Of the square that a character of the data is written in."""
_STEP = 25
"""Between points of a finger's way, in the data's unit: a sample every 5 to 10 ms."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How far from the model a hand writes; standard deviations, lengths in sides of the square.

    `turn` (degrees), `slant` (shear) and `aspect` (logarithm) are of the whole character; it is
    bent in waves of up to `bend`; each stroke is out of place by `shift` and too long by `grow`
    (logarithm); each point trembles by `tremor`; a share of `joined` strokes is written on from the
    one before without lifting.
    """

    turn: float
    slant: float
    aspect: float
    bend: float
    shift: float
    grow: float
    tremor: float
    joined: float


MILD = Hand(3, 0.06, 0.06, 0.025, 0.015, 0.05, 0.004, 0)
ELDER = Hand(5, 0.12, 0.12, 0.045, 0.028, 0.09, 0.011, 0.2)


@cache
def characters() -> dict[str, Sequence[PenStroke]]:
    """The 3,755 characters of GB 2312 level 1 and their strokes."""
    entries = all_written(gzip.decompress(DATA.read_bytes()).decode())
    return {entry.truth: entry.strokes for entry in entries}


def written(character: str, hand: Hand, seed: int) -> list[PenStroke]:
    """The strokes of a character by a hand; the same seed and character, the same strokes."""
    chance = np.random.default_rng([seed, ord(character)])
    turn = np.radians(chance.normal(0, hand.turn))
    stretch = np.exp(chance.normal(0, hand.aspect))
    whole = (
        np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        @ np.array([[1, chance.normal(0, hand.slant)], [0, 1]])
        @ np.diag([stretch, 1 / stretch])
    )
    waves = chance.uniform(0.5, 1.5, (2, 2)) * 2 * np.pi
    phases = chance.uniform(0, 2 * np.pi, (2, 2))
    strokes: list[np.ndarray] = []
    for stroke in characters()[character]:
        points = sampled(stroke) / SIDE - 0.5
        middle = points.mean(axis=0)
        points = middle + (points - middle) * np.exp(chance.normal(0, hand.grow))
        points = (points + chance.normal(0, hand.shift, 2)) @ whole.T
        sines = np.sin(waves * points[:, ::-1, None] + phases)
        points = points + hand.bend * sines.sum(axis=2) / np.sqrt(2)
        points = points + chance.normal(0, hand.tremor, points.shape)
        if strokes and chance.random() < hand.joined:
            strokes[-1] = np.concatenate([strokes[-1], points])
        else:
            strokes.append(points)
    return [_pen_stroke(points) for points in strokes]


def side_by_side(text: str, hand: Hand, seed: int) -> list[PenStroke]:
    """A word, each character in a square of its own to the right of the one before."""
    return [
        [(x + at, y) for x, y in stroke]
        for at, character in enumerate(text)
        for stroke in written(character, hand, seed + at)
    ]


def shuffled(strokes: Sequence[PenStroke], seed: int) -> list[PenStroke]:
    """The same strokes in another order."""
    order = np.random.default_rng(seed).permutation(len(strokes))
    return [strokes[at] for at in order]


def sampled(stroke: PenStroke, count: int = 0) -> np.ndarray:
    """So many points evenly along a stroke, or as many as a finger leaves."""
    corners = np.asarray(stroke, dtype=float)
    lengths = np.concatenate([[0], np.hypot(*np.diff(corners, axis=0).T).cumsum()])
    along = np.linspace(0, lengths[-1], count or max(2, int(lengths[-1] / _STEP) + 1))
    return np.stack([np.interp(along, lengths, axis) for axis in corners.T], axis=1)


def _pen_stroke(points: np.ndarray) -> PenStroke:
    return [(float(x), float(y)) for x, y in points]
