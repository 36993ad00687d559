"""Strokes drawn in grey, as the recogniser wants to see them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.domain.writing import PenStroke

Points: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""One row a point: x to the right, y downwards."""
Image: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float32]]
"""Rows of pixels, 0 where the paper is blank to 1 where the ink is full."""

HEIGHT = 48
"""Pixels; the recogniser takes no other height."""
SIZE = 38
"""Pixels that the writing takes of them."""
_MARGIN = 42
"""Blank pixels at the left and at the right: without, more is misread."""
_SQUEEZED = 1.6
"""How much higher than in proportion wide writing may be drawn."""
_PEN_RADIUS = 1.15
"""Pixels."""
_SPACING = 1.0
"""Pixels between the points of a stroke as it is drawn."""
_SMOOTHINGS = 5
"""How often each point moves half-way to the middle of its neighbours."""

_MOST_STROKES, _MOST_POINTS, _MOST_DRAWN = 256, 128, 8192
"""Strokes, points of one stroke, and points drawn of all. No character comes near; what a sleeve
wipes over the panel must not stall the kiosk, and is read as far as this reaches."""
_FARTHEST, _TINY = 1e9, 1e-9
"""Beyond this nobody writes, and below this nothing is to be seen, in whatever unit."""


def tidied(strokes: Sequence[PenStroke]) -> list[Points]:
    """The strokes that can be drawn, each with at least one point. What is not a number, or out of
    all reach, is left out."""
    points = (
        np.asarray(stroke[:: len(stroke) // _MOST_POINTS + 1], dtype=np.float64).reshape(-1, 2)
        for stroke in strokes[:_MOST_STROKES]
        if len(stroke)
    )
    near = (each[(np.abs(each) <= _FARTHEST).all(axis=1)] for each in points)
    return [each for each in near if len(each)]


def extent(strokes: Sequence[Points]) -> tuple[float, float]:
    """Width and height of what is written, in the strokes' unit."""
    all_points = np.concatenate(strokes)
    width, height = np.ptp(all_points, axis=0)
    return float(width), float(height)


def drawn(strokes: Sequence[Points], room: int) -> Image:
    """The writing as large as fits into `room` pixels across and `SIZE` down, in the middle of
    blank paper; tremor smoothed away. Its proportions are kept, but what is too wide is squeezed a
    little."""
    points = np.concatenate(strokes)
    low, span = points.min(axis=0), np.maximum(np.ptp(points, axis=0), _TINY)
    across, down = room / span[0], SIZE / span[1]
    scale = np.array([min(across, down), min(_SQUEEZED * across, down)])
    width = room + 2 * _MARGIN
    # Pixel (0, 0) has its middle at (0, 0).
    corner = (np.array([width, HEIGHT]) - span * scale - 1) / 2
    return _inked(list(_even((each - low) * scale + corner for each in strokes)), width)


def _even(strokes: Iterator[Points]) -> Iterator[Points]:
    """Each stroke with points evenly apart, and smooth."""
    left = _MOST_DRAWN
    for stroke in strokes:
        lengths = np.concatenate([[0.0], np.hypot(*np.diff(stroke, axis=0).T).cumsum()])
        along = np.linspace(0.0, lengths[-1], math.ceil(lengths[-1] / _SPACING) + 1)[:left]
        even = np.stack([np.interp(along, lengths, axis) for axis in stroke.T], axis=1)
        for _ in range(_SMOOTHINGS):
            even[1:-1] = (even[:-2] + 2 * even[1:-1] + even[2:]) / 4
        yield even
        left -= len(even)
        if not left:
            return


def _inked(strokes: Sequence[Points], width: int) -> Image:
    """A round pen drawn through points at most some pixels apart; a pixel's ink is what of it, near
    enough, the pen covers."""
    starts = np.concatenate([each[:-1] if len(each) > 1 else each for each in strokes])
    ends = np.concatenate([each[1:] if len(each) > 1 else each for each in strokes])
    ways = ends - starts
    around = math.ceil(_PEN_RADIUS + 0.5)
    window = np.arange(2 * around + 1 + math.ceil(np.abs(ways).max()))
    first = np.floor(np.minimum(starts, ends)).astype(int) - around
    columns, rows = first[:, :1] + window, first[:, 1:] + window
    # Axes from here on: part of a stroke, row of its window, column of its window.
    from_x, from_y = (columns - starts[:, :1])[:, None, :], (rows - starts[:, 1:])[:, :, None]
    way_x, way_y = ways[:, 0, None, None], ways[:, 1, None, None]
    squared = np.maximum(way_x**2 + way_y**2, 1e-9)
    part = ((from_x * way_x + from_y * way_y) / squared).clip(0, 1)
    distance = np.hypot(from_x - part * way_x, from_y - part * way_y)
    covered = (_PEN_RADIUS + 0.5 - distance).clip(0, 1).astype(np.float32)
    inside = ((columns >= 0) & (columns < width))[:, None, :] & ((rows >= 0) & (rows < HEIGHT))[
        :, :, None
    ]
    places = rows[:, :, None] * width + columns[:, None, :]
    ink = np.zeros(width * HEIGHT, dtype=np.float32)
    np.maximum.at(ink, places[inside], covered[inside])
    return ink.reshape(HEIGHT, width)
