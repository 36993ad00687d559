"""What is written on the kiosk's own keyboard, whichever way: where, by which strokes, and what may
be meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Field(StrEnum):
    """What a field is for; it says what is likely to be written there."""

    TEXT = "text"
    NAME = "name"
    ADDRESS = "address"
    SEARCH = "search"


UNWRITTEN = "〓"
"""Stands in a text for a character that its writer could not get into the machine (U+3013, the geta
mark, as printers set it for a type they lack)."""

PenStroke: TypeAlias = Sequence[tuple[float, float]]
"""Where the pen was from its touching down to its lifting, in order: x to the right, y downwards,
in any one unit. A dot is one point."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be meant by the first `used` of the letters (or keys) typed."""

    text: str
    used: int
