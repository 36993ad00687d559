"""Which pages the keyboard has for a field, and which of them is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.keyboard import KEYS, Entry, Keys, Page, first_page
from kiosk.domain.words import Language

if TYPE_CHECKING:
    from ui.desk import Desk


class Pages:
    """A page that the citizen has chosen stays for the turn, wherever a field has it. Until what
    writes Chinese is there, there are letters only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._chosen: Page | None = None
        self._known: tuple[Page, tuple[Page, ...]] | None = None
        self.entry = Entry.TEXT

    @property
    def keys(self) -> Keys:
        """What the field is written with."""
        return KEYS[self.entry]

    @property
    def there(self) -> tuple[Page, ...]:
        """Every page of the field."""
        pages = self.keys.pages
        return (Page.LETTERS,) if Page.PINYIN in pages and self._desk.ready is None else pages

    @property
    def shown(self) -> Page:
        """The present page."""
        pages, session = self.there, self._desk.session
        if self._chosen in pages:
            return self._chosen
        chinese = session.language is Language.ZH
        return first_page(pages, larger=session.larger, chinese=chinese)

    def choose(self, page: Page | None) -> None:
        """Show this one from now on; None: whichever is likely."""
        self._chosen = page

    def turned(self) -> bool:
        """Whether other pages are there, or another is shown, than when this was last asked."""
        before, self._known = self._known, (self.shown, self.there)
        return self._known != before
