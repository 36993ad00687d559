"""Searching the catalogue as the citizen types, off the GUI thread."""

from collections.abc import Callable

from kiosk.domain.catalogue.search import Hit
from ui.desk import Backstage, Desk


class Finder:
    """Keeps the newest question only: an answer that comes after a newer question is dropped."""

    def __init__(self, desk: Desk, limit: int, found: Callable[[], None]) -> None:
        self._desk = desk
        self._limit = limit
        self._found = found
        self.text = ""
        self.hits: tuple[Hit, ...] = ()

    def type(self, text: str) -> None:
        """The citizen's words so far; `found` is called when the hits are there."""
        self.text = text

        def look(backstage: Backstage) -> tuple[Hit, ...]:
            return backstage.search.search(text, self._limit)

        def show(hits: tuple[Hit, ...]) -> None:
            if text == self.text:
                self.hits = hits
                self._found()

        if text.strip():
            self._desk.ask(look, show)
        else:
            self.hits = ()
            self._found()
