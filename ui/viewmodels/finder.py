"""Searching the catalogue as the citizen types, off the GUI thread."""

from collections.abc import Callable
from typing import Protocol

from kiosk.domain.catalogue.search import Hit
from ui.desk import Backstage

Hits = tuple[Hit, ...]


class Ask(Protocol):
    """Work for the worker threads, and what to do with its result."""

    def __call__(
        self, work: Callable[[Backstage], Hits], done: Callable[[Hits], None], /
    ) -> object:
        """See `Desk.ask`."""


class Finder:
    """Keeps the newest question only: an answer that comes after a newer question is dropped."""

    def __init__(self, ask: Ask, limit: int, found: Callable[[], None]) -> None:
        self._ask = ask
        self._limit = limit
        self._found = found
        self.text = ""
        self.hits: Hits = ()

    def type(self, text: str) -> None:
        """The citizen's words so far; `found` is called when the hits are there."""
        self.text = text

        def look(backstage: Backstage) -> Hits:
            return backstage.search.search(text, self._limit)

        def show(hits: Hits) -> None:
            if text == self.text:
                self.hits = hits
                self._found()

        if text.strip():
            self._ask(look, show)
        else:
            self.hits = ()
            self._found()
