"""The hall's “办不成事” window on paper: where it is, and when somebody is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.slip.model import Block, Line
from kiosk.domain.words import Words


@dataclass(frozen=True, slots=True)
class Window:
    """A window and the hall it is in; `opens` and `closes` are its hours on working days,
    `HH:MM`."""

    hall: str
    place: str
    opens: str
    closes: str


def window_blocks(window: Window, words: Words) -> Iterator[Block]:
    """Hall, window, hours."""
    say = words.say
    yield Line(say("slips.guide.hall"), window.hall)
    yield Line(say("slips.guide.window"), window.place)
    hours = say("guide.hours", opens=window.opens, closes=window.closes)
    yield Line(say("slips.guide.open"), hours)
