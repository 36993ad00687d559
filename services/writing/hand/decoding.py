"""From readings to characters: connectionist temporal classification (Graves et al. 2006)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Readings: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float32]]
"""One row for each step from left to right, one column a character: probabilities, 0 to 1. The
first column is that of no (further) character."""
Logs: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float32]]
"""Natural logarithms of probabilities, one for each character."""

_NEVER = 1e-30


def one(readings: Readings) -> Logs:
    """How likely all that is written is this one character."""
    blank = readings[:, :1]
    nothing = np.ones(1, dtype=np.float32)
    begun = ended = np.zeros(readings.shape[1], dtype=np.float32)
    for step, empty in zip(readings, blank, strict=True):
        nothing, begun, ended = nothing * empty, (nothing + begun) * step, (begun + ended) * empty
    return _logs(begun + ended)


def several(readings: Readings) -> Sequence[Logs]:
    """What each of the characters may be that are written from left to right."""
    best = readings.argmax(axis=1)
    runs = groupby(range(len(best)), key=lambda step: best[step])
    return [_logs(readings[list(steps)].max(axis=0)) for column, steps in runs if column]


def _logs(probabilities: np.ndarray[tuple[int], np.dtype[np.float32]]) -> Logs:
    logs: Logs = np.log(np.maximum(probabilities, np.float32(_NEVER)))
    logs[0] = -np.inf
    return logs
