import math
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.writing import Field, PenStroke
from kiosk.errors import ContentError
from kiosk.ports import Handwriting
from kiosk.wiring import writing
from services.catalogue.store import CompiledCatalogue
from services.writing.hand.handwriting import DrawnHandwriting
from tests.services.writing.hand.writers import (
    ELDER,
    MILD,
    Hand,
    characters,
    sampled,
    shuffled,
    side_by_side,
    written,
)

SEED = 7
POINTS = 20
SAMPLE = random.Random(SEED).sample(sorted(characters()), 60)


@pytest.fixture(scope="module")
def handwriting(catalogue: CompiledCatalogue) -> Handwriting:
    return writing.handwriting(catalogue)


def found(handwriting: Handwriting, hand: Hand, first: int) -> float:
    """The share of the sample that is among the first so many candidates."""
    hits = [
        each in handwriting.candidates(written(each, hand, SEED), Field.TEXT, limit=first)
        for each in SAMPLE
    ]
    return sum(hits) / len(hits)


def test_what_is_plainly_written_comes_first(handwriting: Handwriting) -> None:
    assert found(handwriting, MILD, 1) >= 0.95


def test_what_a_shaky_hand_writes_is_among_ten(handwriting: Handwriting) -> None:
    assert found(handwriting, ELDER, 10) >= 0.95


def test_the_order_of_the_strokes_does_not_matter(handwriting: Handwriting) -> None:
    for each in SAMPLE[:15]:
        strokes = written(each, MILD, SEED)
        assert set(handwriting.candidates(shuffled(strokes, SEED), Field.TEXT, limit=3)) & set(
            handwriting.candidates(strokes, Field.TEXT, limit=3)
        )


def test_the_unit_of_the_strokes_does_not_matter(handwriting: Handwriting) -> None:
    for unit in (1e-3, 1.0, 1e6):
        strokes = [[(x * unit, y * unit) for x, y in stroke] for stroke in characters()["安"]]
        assert handwriting.candidates(strokes, Field.TEXT)[0] == "安"


def test_there_are_ten_candidates_and_each_once(handwriting: Handwriting) -> None:
    candidates = handwriting.candidates(written("房", ELDER, SEED), Field.TEXT)
    assert len(candidates) == len(set(candidates)) == 10


def test_digits_and_capitals_are_read_as_well(handwriting: Handwriting) -> None:
    seven: list[PenStroke] = [[(0, 0), (60, 0), (20, 100)]]
    cross: list[PenStroke] = [[(0, 0), (70, 100)], [(70, 0), (0, 100)]]
    assert "7" in handwriting.candidates(seven, Field.ADDRESS)
    assert "X" in handwriting.candidates(cross, Field.ADDRESS)


@pytest.mark.parametrize("word", ["房产证", "社保卡", "合肥市", "身份证"])
def test_a_word_written_in_one_go_is_offered(handwriting: Handwriting, word: str) -> None:
    strokes = side_by_side(word, MILD, SEED)
    assert handwriting.candidates(strokes, Field.SEARCH)[0] == word


@pytest.mark.parametrize("character", ["一", "二", "心", "四", "西", "皿", "川", "北"])
def test_a_wide_character_is_no_word(handwriting: Handwriting, character: str) -> None:
    wide = [[(2 * x, y) for x, y in stroke] for stroke in characters()[character]]
    assert character in handwriting.candidates(wide, Field.TEXT, limit=3)


@pytest.mark.parametrize(
    ("blurred", "field", "before", "alone", "meant"),
    [
        (("未", "末", 0.4), Field.TEXT, "周", "未", "末"),
        (("天", "夫", 0.4), Field.TEXT, "丈", "天", "夫"),
        (("石", "右", 0.4), Field.NAME, "", "右", "石"),
        (("孔", "扎", 0.6), Field.NAME, "", "扎", "孔"),
        (("市", "布", 0.6), Field.ADDRESS, "合肥", "币", "市"),
    ],
)
def test_context_decides_between_look_alikes(
    handwriting: Handwriting,
    blurred: tuple[str, str, float],
    field: Field,
    before: str,
    alone: str,
    meant: str,
) -> None:
    strokes = between(*blurred)
    assert handwriting.candidates(strokes, Field.TEXT)[0] == alone
    assert handwriting.candidates(strokes, field, before)[0] == meant


def between(one: str, other: str, part: float) -> list[PenStroke]:
    """Some part of the way from one character to another of as many strokes."""
    pairs = zip(characters()[one], characters()[other], strict=True)
    ways = [
        (1 - part) * np.array(sampled(a, POINTS)) + part * np.array(sampled(b, POINTS))
        for a, b in pairs
    ]
    return [[(float(x), float(y)) for x, y in way] for way in ways]


def test_context_never_hides_what_was_plainly_written(handwriting: Handwriting) -> None:
    for each in SAMPLE[:20]:
        strokes = characters()[each]
        plain = handwriting.candidates(strokes, Field.TEXT)[0]
        for field, before in ((Field.NAME, ""), (Field.NAME, "王"), (Field.SEARCH, "社保")):
            assert plain in handwriting.candidates(strokes, field, before)[:2]


@pytest.mark.parametrize(
    "nothing",
    [
        [],
        [[]],
        [[], []],
        [[(5.0, 5.0)]],
        [[(5.0, 5.0)] * 50],
        [[(math.nan, math.nan)]],
        [[(math.inf, 1.0), (-math.inf, 2.0)]],
        [[(1e300, 1e300), (-1e300, 0.0)]],
    ],
)
def test_nothing_is_read_from_no_strokes(
    handwriting: Handwriting, nothing: Sequence[PenStroke]
) -> None:
    assert not handwriting.candidates(nothing, Field.TEXT)


def test_a_point_that_is_no_number_is_left_out(handwriting: Handwriting) -> None:
    strokes = [[(math.nan, 0.0), *stroke, (0.0, math.inf)] for stroke in characters()["安"]]
    assert handwriting.candidates(strokes, Field.TEXT)[0] == "安"


def scribble(points: int) -> PenStroke:
    chance = random.Random(SEED)
    return [(chance.uniform(0, 400), chance.uniform(0, 400)) for _ in range(points)]


def two_fingers() -> PenStroke:
    """A pen and a palm that come as one stroke."""
    pen = [(40.0 + 3 * at, 100.0) for at in range(60)]
    palm = [(300.0 + at, 380.0) for at in range(60)]
    return [point for pair in zip(pen, palm, strict=True) for point in pair]


@pytest.mark.parametrize(
    "strokes",
    [
        [scribble(400)],
        [scribble(50_000)],
        [scribble(10)] * 5_000,
        [two_fingers()],
        [[(0.0, 0.0), (1e-300, 1e-300)]],
        [[(0.0, 0.0), (0.0, 1e9)]],
        [[(0.0, 0.0), (1e9, 0.0)]],
    ],
    ids=["scribble", "long", "sleeve", "palm", "tiny", "high", "wide"],
)
def test_anything_is_answered_soon(handwriting: Handwriting, strokes: Sequence[PenStroke]) -> None:
    handwriting.candidates(characters()["安"], Field.TEXT)  # loads
    began = time.process_time()
    assert len(handwriting.candidates(strokes, Field.TEXT)) <= 10
    assert time.process_time() - began < 0.5


numbers = st.floats() | st.floats(-1000, 1000) | st.integers(-(10**6), 10**6)
points = st.tuples(numbers, numbers)


@settings(max_examples=60)
@given(
    strokes=st.lists(st.lists(points, max_size=12), max_size=8),
    field=st.sampled_from(Field),
    before=st.text(max_size=5),
    limit=st.integers(-1, 30),
)
def test_any_strokes_have_as_many_candidates_as_are_asked_for_at_most(
    handwriting: Handwriting, strokes: list[PenStroke], field: Field, before: str, limit: int
) -> None:
    candidates = handwriting.candidates(strokes, field, before, limit)
    assert len(candidates) == len(set(candidates)) <= max(limit, 0)
    assert candidates == handwriting.candidates(strokes, field, before, limit)


def test_more_candidates_than_there_are_characters_can_be_asked_for(
    handwriting: Handwriting,
) -> None:
    assert "安" in handwriting.candidates(characters()["安"], Field.TEXT, limit=10**6)


def test_threads_may_read_at_once_and_from_the_first_time_on(
    catalogue: CompiledCatalogue, handwriting: Handwriting
) -> None:
    fresh = writing.handwriting(catalogue)
    asked = [written(each, ELDER, SEED) for each in SAMPLE[:24]]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda each: fresh.candidates(each, Field.TEXT), asked))
    assert together == [handwriting.candidates(each, Field.TEXT) for each in asked]


def test_what_was_read_before_changes_nothing(handwriting: Handwriting) -> None:
    strokes = written("森", ELDER, SEED)
    first = handwriting.candidates(strokes, Field.NAME, "王")
    for _ in range(5):
        handwriting.candidates(written("安", MILD, SEED), Field.NAME, "王")
    assert handwriting.candidates(strokes, Field.NAME, "王") == first


def test_broken_files_are_told(tmp_path: Path) -> None:
    handwriting = DrawnHandwriting(tmp_path, lambda _: (), dict)
    with pytest.raises(ContentError, match=r"\.onnx: cannot be used"):
        handwriting.candidates(characters()["安"], Field.TEXT)
