import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.writing.hand.drawing import HEIGHT, SIZE, drawn, extent, tidied
from tests.services.writing.hand.writers import MILD, written

ROOM, WIDTH = 44, 128
strokes = st.lists(
    st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=8),
    min_size=1,
    max_size=6,
)


@given(strokes)
def test_a_drawing_has_ink_but_none_at_its_edge(strokes: list[list[tuple[float, float]]]) -> None:
    image = drawn(tidied(strokes), ROOM)
    assert image.shape == (HEIGHT, WIDTH)
    assert 0 < image.max() <= 1
    assert image.min() >= 0
    assert not image[[0, -1]].any()
    assert not image[:, [0, -1]].any()


def test_wherever_and_however_large_it_is_written_it_is_drawn_alike() -> None:
    plain = written("安", MILD, 1)
    elsewhere = [[(300 * x + 1000, 300 * y - 50) for x, y in stroke] for stroke in plain]
    assert drawn(tidied(elsewhere), ROOM) == pytest.approx(drawn(tidied(plain), ROOM), abs=1e-4)


def test_proportions_are_kept() -> None:
    square = [[(0.0, 0.0), (0.0, 100.0), (100.0, 100.0), (100.0, 0.0), (0.0, 0.0)]]
    ink = drawn(tidied(square), ROOM) > 0.5
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert abs(np.ptp(rows) - np.ptp(columns)) <= 1
    assert rows.mean() == pytest.approx((HEIGHT - 1) / 2, abs=0.5)
    assert columns.mean() == pytest.approx((WIDTH - 1) / 2, abs=0.5)


def test_what_is_too_wide_is_squeezed_into_its_room() -> None:
    flat = [[(0.0, 0.0), (0.0, 100.0), (160.0, 100.0), (160.0, 0.0), (0.0, 0.0)]]
    ink = drawn(tidied(flat), ROOM) > 0.5
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert np.ptp(rows) == pytest.approx(SIZE, abs=2)
    assert np.ptp(columns) == pytest.approx(ROOM, abs=2)


def test_a_line_is_as_dark_as_the_pen_is_wide() -> None:
    line = drawn(tidied([[(0.0, 0.0), (100.0, 0.0)]]), ROOM)
    assert line[:, WIDTH // 2].sum() == pytest.approx(2.3, abs=0.15)


def test_trembling_is_smoothed_away() -> None:
    straight = [(float(x), 50.0) for x in range(0, 400, 4)]
    trembling = [(x, y + 4 * math.sin(x / 4)) for x, y in straight]
    frame = [[(0.0, 0.0), (400.0, 0.0)], [(0.0, 400.0), (400.0, 400.0)]]
    difference = drawn(tidied([trembling, *frame]), ROOM) - drawn(tidied([straight, *frame]), ROOM)
    between_its_ends = difference[:, 50:78]
    assert np.abs(between_its_ends).max() < 0.2


def test_what_is_no_place_is_left_out() -> None:
    (stroke,) = tidied([[(1.0, float("nan")), (1.0, 2.0), (1e300, 2.0)], [], [(0.0, -1e10)]])
    assert stroke.tolist() == [[1.0, 2.0]]


def test_the_extent_is_of_all_strokes() -> None:
    assert extent(tidied([[(0.0, 0.0), (3.0, 1.0)], [(1.0, -4.0)]])) == (3.0, 5.0)
