from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.writing.hand.decoding import Readings, one, several

COLUMNS = 3


@st.composite
def readings(draw: st.DrawFn) -> Readings:
    steps = draw(st.integers(1, 5))
    weights = draw(st.lists(st.integers(1, 50), min_size=steps * 3, max_size=steps * 3))
    table = np.array(weights, dtype=np.float32).reshape(steps, COLUMNS)
    return table / table.sum(axis=1, keepdims=True)


def read_as(way: tuple[int, ...]) -> tuple[int, ...]:
    """What a way through the columns says: repeats are one, blanks nothing."""
    return tuple(column for column, _ in groupby(way) if column)


@given(readings())
def test_one_character_is_as_likely_as_all_ways_to_write_it_together(readings: Readings) -> None:
    total = np.zeros(COLUMNS)
    for way in product(range(COLUMNS), repeat=len(readings)):
        if len(said := read_as(way)) == 1:
            total[said[0]] += np.prod([readings[step, column] for step, column in enumerate(way)])
    assert np.exp(one(readings))[1:] == pytest.approx(total[1:], rel=1e-3)


@given(readings())
def test_no_character_is_never_meant(readings: Readings) -> None:
    assert one(readings)[0] == -np.inf


def test_characters_are_told_apart_from_left_to_right() -> None:
    readings = np.array(
        [[0.9, 0.1, 0], [0.1, 0.9, 0], [0.2, 0.7, 0.1], [0.9, 0, 0.1], [0.3, 0.3, 0.4]],
        dtype=np.float32,
    )
    assert [int(each.argmax()) for each in several(readings)] == [1, 2]
