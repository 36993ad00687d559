"""The kiosk's own keyboard: its pages, what is being composed, and what is offered for it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.keyboard import STROKE_SIGNS, Composition, Drawing, Entry, Page, is_chinese
from kiosk.domain.writing import UNWRITTEN, Field
from ui.offers import Offer, Offers
from ui.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

NEXT_S, NEXT_LARGER_S = 1.0, 2.0
"""After such a pause (in 长辈版) another stroke begins another character."""


class Taken(NamedTuple):
    """A character that was taken, and the drawing it was read from."""

    text: str
    drawing: Drawing


@QmlElement
@QmlUncreatable("made by ui.application")
class KeyboardViewModel(QObject):
    """What is written goes to the field by signals; nothing of it stays. `typed` characters stand
    where the caret is, in the place of a character that is being corrected; `erased`: the character
    before the caret goes, or the one being corrected; `settled`: none is corrected any more.
    """

    changed = Signal()
    typed = Signal(str)
    erased = Signal()
    settled = Signal()
    redrawn = Signal()
    """What is drawn has changed otherwise than by another stroke."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pages = Pages(desk)
        self._offers = Offers(desk.ask, self._show)
        self._wipe()

    def _wipe(self) -> None:
        """Nothing is being composed, drawn or corrected, nothing offered."""
        self._offers.forget()
        self._composition = Composition()
        self._drawing = Drawing()
        self._offer = Offer()
        self._taken: Taken | None = None
        self._corrected = ""
        self._due: Callable[[], None] | None = None
        self._lifted = 0.0
        self._before = ""
        self.redrawn.emit()

    # What the field is, and where it is left

    @Slot(str)
    def open(self, entry: str) -> None:
        """A field takes what is written from now on; `entry` is an `Entry`."""
        self._wipe()
        self._pages.entry = Entry(entry)
        self._pages.turned()
        self.changed.emit()

    @Slot()
    def leave(self) -> None:
        """The field has been left: nothing stays of what was not taken."""
        self._wipe()
        self.changed.emit()

    @Slot()
    def end_turn(self) -> None:
        """The citizen has left."""
        self._pages.choose(None)
        self.leave()

    @Slot()
    def look_again(self) -> None:
        """Size, language or adapters have changed, and with them perhaps the pages."""
        if self._pages.turned():
            self._turn_page()

    @Slot(str)
    def standAfter(self, text: str) -> None:
        """What stands before the caret, as far as it helps to guess."""
        self._before = text

    # Pages

    @Property("QStringList", notify=changed)
    def pages(self) -> list[str]:
        """The pages the field has."""
        return [page.value for page in self._pages.there]

    @Property(str, notify=changed)
    def page(self) -> str:
        """The page shown, a `Page`."""
        return self._pages.shown.value

    @Slot(str)
    def showPage(self, page: str) -> None:
        """Another way to write, kept for this turn."""
        self._pages.choose(Page(page))
        self._pages.turned()
        self._turn_page()

    def _turn_page(self) -> None:
        self._settle()
        self._begin_anew()
        self.changed.emit()

    @Property(bool, notify=changed)
    def offering(self) -> bool:
        """Whether the page has a bar of candidates."""
        return self._pages.shown in (Page.HAND, Page.PINYIN, Page.STROKES) or self._corrected != ""

    @Property(bool, notify=changed)
    def capitals(self) -> bool:
        """Whether letters begin as capitals."""
        return self._pages.keys.capitals

    @Property(bool, notify=changed)
    def lines(self) -> bool:
        """Whether the field has several lines."""
        return self._pages.keys.lines

    @Property(str, notify=changed)
    def extra(self) -> str:
        """The key beside the digits."""
        return self._pages.keys.extra

    # What is shown

    @Property(str, notify=changed)
    def composing(self) -> str:
        """What is being composed or corrected, as it is shown."""
        if self._corrected:
            return f"{self._corrected} →"
        return self._signs(self._offer.shown)

    @Property("QStringList", notify=changed)
    def candidates(self) -> list[str]:
        """What may be meant, the likeliest first."""
        return [candidate.text for candidate in self._offer.candidates]

    @Property("QVariantList", notify=changed)
    def strokes(self) -> list[list[float]]:
        """The strokes drawn: x and y of each point in turn."""
        return [[each for point in stroke for each in point] for stroke in self._drawing.strokes]

    @Property(int, notify=changed)
    def room(self) -> int:
        """How many points more can be drawn."""
        return self._drawing.room

    # Keys

    @Slot(str)
    def press(self, key: str) -> None:
        """A key with a character on it."""
        self._settle()
        composes = self._pages.shown is Page.PINYIN and "a" <= key <= "z"
        if composes or (self._pages.shown is Page.STROKES and key in STROKE_SIGNS):
            self._due = None
            self._composition = self._composition.typed(key)
            self._offer = self._offer._replace(shown=self._offer.shown + key)
            self._say(self._signs(key))
            self._ask_keys()
        else:
            self._when_offered(lambda: self._put(key))
        self.changed.emit()

    @Slot()
    def space(self) -> None:
        """Takes the first candidate; a space where nothing is composed."""
        self._settle()
        if self._composition.keys or self._drawing.strokes:
            self._when_offered(lambda: self.pick(0))
        else:
            self._write(" ")
        self.changed.emit()

    @Slot()
    def enter(self) -> None:
        """Takes the letters as they are; another line where nothing is composed."""
        self._settle()
        keys = self._composition.keys if self._pages.shown is Page.PINYIN else ""
        if keys:
            self._begin_anew()
            self._write(keys)
        elif self._pages.keys.lines:
            self._when_offered(lambda: self._put("\n"))
        self.changed.emit()

    @Slot()
    def erase(self) -> None:
        """Takes back what is composed or drawn, then what is written."""
        self._due = None
        if self._composition.keys:
            self._compose(self._composition.shortened())
        elif self._drawing.strokes:
            self.undoStroke()
        else:
            self._begin_anew()
            self.erased.emit()
        self.changed.emit()

    @Slot(int)
    def pick(self, index: int) -> None:
        """A candidate is meant."""
        if not 0 <= index < len(self._offer.candidates):
            return
        candidate = self._offer.candidates[index]
        if self._composition.keys:
            rest = self._composition.after(candidate)
            self._write(candidate.text)
            self._compose(rest)
        else:
            taken = Taken(candidate.text, self._drawing) if self._drawing.strokes else None
            self._begin_anew()
            self._write(candidate.text)
            self._taken = taken
        self.changed.emit()

    @Property(bool, notify=changed)
    def yields(self) -> bool:
        """Whether a character that cannot be written may be left to a window."""
        return self._pages.keys.field not in (None, Field.SEARCH)

    @Slot()
    def giveUp(self) -> None:
        """What is meant is not among the candidates: its place is marked."""
        self._begin_anew()
        self._write(UNWRITTEN)
        self.changed.emit()

    def _compose(self, composition: Composition) -> None:
        self._composition = composition
        if composition.keys:
            self._offer = self._offer._replace(shown=composition.keys)
            self._ask_keys()
        else:
            self._begin_anew()

    def _signs(self, keys: str) -> str:
        if self._pages.shown is not Page.STROKES:
            return keys
        return "".join(STROKE_SIGNS.get(key, key) for key in keys)

    def _when_offered(self, action: Callable[[], None]) -> None:
        """A key that takes what is offered waits for it."""
        if self._offers.pending:
            self._due = action
        else:
            action()

    def _put(self, text: str) -> None:
        """Takes what is composed as its first candidate, the rest as it is, and then this."""
        if self._composition.keys or self._drawing.strokes:
            self.pick(0)
        rest = self._composition.keys if self._pages.shown is Page.PINYIN else ""
        self._begin_anew()
        self._write(rest + text)

    def _begin_anew(self) -> None:
        """Nothing is composed; what was written stands."""
        before = self._before
        self._wipe()
        self._before = before

    def _write(self, text: str) -> None:
        self.typed.emit(text)
        self._corrected = ""
        self._say(text)

    # Handwriting

    @Slot()
    def penDown(self) -> None:
        """A stroke begins: after a pause it is the next character's, and what was drawn is taken
        as the likeliest."""
        pause = NEXT_LARGER_S if self._desk.session.larger else NEXT_S
        ready = self._drawing.strokes and self._offer.candidates and not self._offers.pending
        if ready and monotonic() - self._lifted > pause:
            self.pick(0)

    @Slot("QVariantList")
    def stroke(self, points: list[float]) -> None:
        """The pen has been lifted; x and y of each point in turn."""
        stroke = list(zip(points[::2], points[1::2], strict=False))
        self._lifted = monotonic()
        if stroke:
            self._drawing = self._drawing.drawn(stroke)
            self._ask_strokes()
        self.changed.emit()

    @Slot()
    def undoStroke(self) -> None:
        """Takes the last stroke back; where there is none, the character written last, whose
        strokes are there again."""
        if self._drawing.strokes:
            self._redraw(self._drawing.undone())
        elif self._taken and self._before.endswith(self._taken.text):
            text, drawing = self._taken
            self._taken = None
            for _ in text:
                self.erased.emit()
            self._redraw(drawing)
        self.changed.emit()

    @Slot()
    def clearStrokes(self) -> None:
        """Begin the character anew."""
        self._redraw(Drawing())
        self.changed.emit()

    def _redraw(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._lifted = monotonic()
        self.redrawn.emit()
        if drawing.strokes:
            self._ask_strokes()
        else:
            self._offers.forget()
            self._offer = Offer()

    # Correcting

    @Slot(str, result=bool)
    def correct(self, character: str) -> bool:
        """A character of the text has been touched. Whether others are offered for it: then what
        is picked, or written by hand, stands in its place."""
        self._begin_anew()
        field = self._pages.keys.field
        if field is not None and Page.PINYIN in self._pages.there and is_chinese(character):
            self._corrected = character
            self._offers.instead_of(character, field)
        self.changed.emit()
        return self._corrected != ""

    def _settle(self) -> None:
        """No character is corrected any more."""
        if self._corrected:
            self._begin_anew()
            self.settled.emit()

    # Candidates

    def _ask_keys(self) -> None:
        if field := self._pages.keys.field:
            keys, before = self._composition.keys, self._before
            self._offers.for_keys(self._pages.shown, keys, field, before)

    def _ask_strokes(self) -> None:
        if field := self._pages.keys.field:
            strokes, before = self._drawing.strokes, self._before
            self._offers.for_strokes(strokes, field, before, self._corrected)

    def _show(self, offer: Offer) -> None:
        self._offer = offer._replace(shown=offer.shown or self._composition.keys)
        due, self._due = self._due, None
        if due:
            due()
        self.changed.emit()

    def _say(self, text: str) -> None:
        if self._pages.keys.field is not None and self._desk.session.reading and text.strip():
            self._desk.say(text)
