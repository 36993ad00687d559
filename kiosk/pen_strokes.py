"""`kiosk handwriting`: strokes as others write them down, and what they are read as."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.writing import PenStroke

_TRUTH = ("character", "char", "text")
_TOP = 900
"""Where the `medians` of hanzi-writer-data have their top: their y runs upwards."""
_OF_STROKE, _OF_CHARACTER = 2, 3
"""How deep lists of numbers are: a point is one, a stroke two."""


@dataclass(frozen=True, slots=True)
class Written:
    """Strokes, what they are meant to be (empty: unknown) and the text that stands before them."""

    strokes: tuple[PenStroke, ...]
    truth: str = ""
    before: str = ""


def all_written(text: str) -> list[Written]:
    """What a file holds, as JSON or as one JSON value a line: objects with `strokes` (or `medians`)
    and what is known of them, strokes alone, lists of either, or objects of character → strokes.
    A stroke is a list of `[x, y]` or of `{"x": …, "y": …}`. A point that is none is left out, and
    what holds no strokes is an entry without. Raises `KnownError`."""
    try:
        values = _values(text)
        found = [each for value in values for each in _entries(value)]
    except RecursionError as error:
        raise KnownError("lists in lists without end") from error
    if not found:
        raise KnownError("no strokes in it")
    return found


def _values(text: str) -> list[dict[str, object] | list[object]]:
    try:
        values = [json.loads(text)]
    except ValueError as error:
        values = []
        for number, line in enumerate(text.splitlines(), 1):
            try:
                values += [json.loads(line)] if line.strip() else []
            except ValueError as wrong:
                if not values:
                    raise KnownError(f"not JSON: {error}") from error
                raise KnownError(f"line {number}: not JSON: {wrong}") from wrong
    for number, value in enumerate(values, 1):
        if not isinstance(value, dict | list):
            raise KnownError(f"value {number}: neither an object nor a list")
    return values


def _entries(value: object, truth: str = "") -> Iterator[Written]:
    match value:
        case dict() if "strokes" in value or "medians" in value:
            yield _entry(value, truth)
        case dict():
            for name, each in value.items():
                if isinstance(each, dict | list):
                    yield from _entries(each, truth if name.isascii() and len(name) > 1 else name)
        case list() if _depth(value) in (_OF_STROKE, _OF_CHARACTER):
            yield Written(_strokes(value), truth)
        case list():
            for each in value:
                yield from _entries(each, truth) if each else [Written((), truth)]
        case _:
            yield Written((), truth)


def _entry(value: dict[str, object], truth: str) -> Written:
    strokes = _strokes(value.get("strokes", value.get("medians")))
    if "strokes" not in value:
        strokes = tuple([(x, _TOP - y) for x, y in stroke] for stroke in strokes)
    named = (value[name] for name in _TRUTH if value.get(name))
    return Written(strokes, str(next(named, truth)), str(value.get("before") or ""))


def _depth(value: object) -> int:
    """How many lists are in one another, down to a number; a point as an object is one."""
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return int(isinstance(value, dict) and "x" in value)


def _strokes(value: object) -> tuple[PenStroke, ...]:
    if not isinstance(value, list):
        return ()
    strokes = [value] if _depth(value) == _OF_STROKE else value
    return tuple(
        [point for each in stroke for point in _points(each)]
        for stroke in strokes
        if isinstance(stroke, list)
    )


def _points(value: object) -> Iterator[tuple[float, float]]:
    """The point, if it is one. Numbers may be written as text."""
    match value:
        case [int() | float() | str() as x, int() | float() | str() as y, *_] | {
            "x": int() | float() | str() as x,
            "y": int() | float() | str() as y,
        }:
            try:
                yield float(x), float(y)
            except (ValueError, OverflowError):
                return
