"""What the five strokes offer."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.writing import Field
from kiosk.errors import ContentError
from kiosk.ports import Typing
from services.writing.keys.strokes import FiveStrokes


def texts(strokes: Typing, keys: str, limit: int = 50) -> list[str]:
    return [each.text for each in strokes.candidates(keys, Field.TEXT, limit=limit)]


@pytest.mark.parametrize(
    ("keys", "meant"),
    [("pn", "人"), ("phzhznp", "我"), ("hsh", "土"), ("34", "人"), ("丿丶", "人"), ("PN", "人")],
)
def test_the_exact_character_comes_first(strokes: Typing, keys: str, meant: str) -> None:
    assert meant in texts(strokes, keys)[:3]


def test_then_come_those_that_begin_so_the_frequent_ones_first(strokes: Typing) -> None:
    offered = texts(strokes, "szhhhpzn")
    assert offered
    assert "的" in texts(strokes, "pszhh")[:3]
    assert all(each.used == 5 for each in strokes.candidates("pszhh", Field.TEXT))


def test_a_wildcard_is_any_one_stroke(strokes: Typing) -> None:
    assert {"人", "入", "八", "又"} <= set(texts(strokes, "*n"))
    assert "土" in texts(strokes, "h?h")
    assert "土" not in texts(strokes, "h?n", limit=1000)


@given(keys=st.text("hspnz", min_size=1, max_size=30))
@settings(max_examples=50)
def test_more_strokes_leave_fewer_characters(strokes: Typing, keys: str) -> None:
    found = [set(texts(strokes, keys[:end], 200_000)) for end in range(1, len(keys) + 1)]
    assert all(longer <= shorter for shorter, longer in pairwise(found))


@given(keys=st.text(max_size=40))
@settings(max_examples=50)
def test_any_keys_are_answered(strokes: Typing, keys: str) -> None:
    assert all(1 <= each.used <= len(keys) for each in strokes.candidates(keys, Field.TEXT))
    strokes.split(keys)
    strokes.others(keys, Field.TEXT)


def test_strokes_are_shown_as_they_are_written(strokes: Typing) -> None:
    assert strokes.split("hspnz") == strokes.split("12345") == "一丨丿丶乙"
    assert strokes.split("x?") == "*"


def test_others_differ_in_one_stroke_at_most(strokes: Typing) -> None:
    assert "末" in strokes.others("未", Field.TEXT)[:3]
    assert "未" not in strokes.others("未", Field.TEXT)
    assert list(strokes.others("ab", Field.TEXT)) == []


def test_characters_beyond_the_first_plane_are_reached(strokes: Typing) -> None:
    assert any(ord(text) > 0xFFFF for text in texts(strokes, "hh", 5000))


def test_a_missing_or_foreign_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        FiveStrokes(tmp_path / "missing").candidates("h", Field.TEXT)
