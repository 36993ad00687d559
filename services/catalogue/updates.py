"""Bringing new editions of the catalogue to the kiosk, in a thread of its own."""

import logging
from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Protocol, TypeAlias

from kiosk.errors import CentralUnreachable, KnownError, NotProvisioned
from kiosk.ports import Catalogue

EVERY_SECONDS = 60.0

Fetch: TypeAlias = Callable[[int, Sequence[bytes]], tuple[int, bytes] | None]
"""Number and verified text of an edition newer than a number, given the lines of the last one."""

log = logging.getLogger(__name__)


class Editions(Protocol):
    """Where editions are kept; see `services.catalogue.shelf.Shelf`."""

    def lines(self) -> tuple[bytes, ...]:
        """The lines of the newest edition fetched."""

    def put(self, number: int, whole: bytes) -> Catalogue:
        """Keep a verified bundle, and open it."""


class BackgroundUpdates:
    """Implements `kiosk.ports.CatalogueUpdates`. What is refused leaves everything as it is."""

    def __init__(
        self, fetch: Fetch, shelf: Editions, number: int, every: float = EVERY_SECONDS
    ) -> None:
        """`number` is the edition in use, `every` the seconds between two looks."""
        self._fetch = fetch
        self._shelf = shelf
        self._number = number
        self._every = every
        self._wanted, self._stopped = Event(), Event()
        self._thread: Thread | None = None
        self.trouble = ""
        """Why the last edition offered is not used, for the operator; empty if all is well."""

    def start(self, ready: Callable[[Catalogue], None]) -> None:
        """Look now and then from now on."""
        self._thread = Thread(target=self._run, args=(ready,), name="catalogue", daemon=True)
        self._thread.start()

    def poke(self) -> None:
        """Look at once."""
        self._wanted.set()

    def stop(self) -> None:
        """End the thread; returns when it has ended."""
        self._stopped.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, ready: Callable[[Catalogue], None]) -> None:
        while True:
            self._wanted.clear()  # before looking at `_stopped`, which `stop` sets first
            if self._stopped.is_set():
                return
            newer = self._look()
            if newer is not None and not self._stopped.is_set():
                ready(newer)
            self._wanted.wait(self._every)

    def _look(self) -> Catalogue | None:
        try:
            fetched = self._fetch(self._number, self._shelf.lines())
            if fetched is None:
                self.trouble = ""
                return None
            catalogue = self._shelf.put(*fetched)
        except (CentralUnreachable, NotProvisioned):
            return None
        except KnownError as error:
            self._report(str(error))
            return None
        self.trouble = ""
        self._number = catalogue.number
        return catalogue

    def _report(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            log.warning("catalogue: %s", trouble)
