"""The kiosk's own keyboard: which pages a field has, and what is being composed on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.domain.writing import Candidate, Field, PenStroke

STROKE_SIGNS: Mapping[str, str] = {
    "h": "一",
    "s": "丨",
    "p": "丿",
    "n": "丶",
    "z": "乙",
    "*": "＊",
}
"""The keys of the five strokes (GB 18030 order: 横竖撇点折) and of any stroke, with their signs."""
MOST_KEYS = 60
MOST_STROKES = 200
MOST_POINTS = 20_000


class Page(StrEnum):
    """One way to write."""

    HAND = "hand"
    PINYIN = "pinyin"
    STROKES = "strokes"
    DIGITS = "digits"
    LETTERS = "letters"


class Entry(StrEnum):
    """What a field of a screen takes."""

    TEXT = "text"
    STORY = "story"
    NAME = "name"
    ADDRESS = "address"
    SEARCH = "search"
    CODE = "code"
    DOCUMENT = "document"
    PHONE = "phone"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Keys:
    """What a field is written with. Without a `field` nothing is offered, and nothing spoken.
    `extra` is the one key beside the digits; a field of several `lines` has Enter."""

    pages: tuple[Page, ...]
    field: Field | None = None
    extra: str = "-"
    capitals: bool = False
    lines: bool = False


_WORDS = (Page.HAND, Page.PINYIN, Page.STROKES, Page.DIGITS, Page.LETTERS)
KEYS: Mapping[Entry, Keys] = {
    Entry.TEXT: Keys(_WORDS, Field.TEXT),
    Entry.STORY: Keys(_WORDS, Field.TEXT, lines=True),
    Entry.NAME: Keys(_WORDS, Field.NAME),
    Entry.ADDRESS: Keys(_WORDS, Field.ADDRESS),
    Entry.SEARCH: Keys(_WORDS, Field.SEARCH),
    Entry.CODE: Keys((Page.LETTERS,), capitals=True),
    Entry.DOCUMENT: Keys((Page.DIGITS, Page.LETTERS), extra="X", capitals=True),
    Entry.PHONE: Keys((Page.DIGITS,)),
    Entry.AMOUNT: Keys((Page.DIGITS,), extra="."),
}


def first_page(pages: Sequence[Page], *, larger: bool, chinese: bool) -> Page:
    """The page a field opens on: who reads larger writes by hand, who reads English in letters."""
    wanted = Page.LETTERS if not chinese else Page.HAND if larger else Page.PINYIN
    if Page.DIGITS is pages[0]:
        return Page.DIGITS
    return wanted if wanted in pages else Page.LETTERS


def is_chinese(character: str) -> bool:
    """Whether something is one Chinese character (a unified ideograph)."""
    return len(character) == 1 and (
        "㐀" <= character <= "鿿" or "\U00020000" <= character <= "\U0003ffff"
    )


@dataclass(frozen=True, slots=True)
class Composition:
    """The letters, or the keys of strokes, that are not Chinese yet."""

    keys: str = ""

    def typed(self, key: str) -> "Composition":
        """With one more. What never ends, ends at `MOST_KEYS`."""
        return self if len(self.keys) >= MOST_KEYS else Composition(self.keys + key)

    def shortened(self) -> "Composition":
        """Without the last."""
        return Composition(self.keys[:-1])

    def after(self, candidate: Candidate) -> "Composition":
        """What stays once a candidate has been picked: what it does not stand for."""
        return Composition(self.keys[max(1, candidate.used) :])


@dataclass(frozen=True, slots=True)
class Drawing:
    """The strokes of what is being written by hand."""

    strokes: tuple[PenStroke, ...] = ()

    @property
    def room(self) -> int:
        """How many points more are taken."""
        if len(self.strokes) >= MOST_STROKES:
            return 0
        return max(0, MOST_POINTS - sum(len(stroke) for stroke in self.strokes))

    def drawn(self, stroke: PenStroke) -> "Drawing":
        """With one more stroke, as far as there is `room`."""
        kept = stroke[: self.room]
        return replace(self, strokes=(*self.strokes, kept)) if kept else self

    def undone(self) -> "Drawing":
        """Without the last stroke."""
        return replace(self, strokes=self.strokes[:-1])
