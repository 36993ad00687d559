"""Searching the catalogue as the citizen types, off the GUI thread."""

from collections.abc import Callable
from typing import Protocol

from kiosk.domain.catalogue.search import Found
from kiosk.ports import Catalogue
from ui.desk import Backstage


class Ask(Protocol):
    """Work for the worker threads, and what to do with its result."""

    def __call__(
        self, work: Callable[[Backstage], Found], done: Callable[[Found], None], /
    ) -> object:
        """See `Desk.ask`."""


class Finder:
    """Keeps the newest question only: an answer that comes after a newer question is dropped."""

    def __init__(
        self, catalogue: Catalogue, ask: Ask, limit: int, told: Callable[[], None]
    ) -> None:
        self._catalogue = catalogue
        self._ask = ask
        self._limit = limit
        self._told = told
        self.clear()

    def clear(self) -> None:
        """Nothing has been typed."""
        self.text = ""
        self.found = Found()
        self.answered = False

    def type(self, text: str) -> None:
        """The citizen's words so far; `told` is called when what they find is there."""
        self.text = text
        search, limit = self._catalogue.search, self._limit

        def show(found: Found) -> None:
            if text == self.text:
                self.found = found
                self.answered = True
                self._told()

        if text.strip():
            self._ask(lambda _: search(text, limit), show)
        else:
            self.clear()
            self._told()
