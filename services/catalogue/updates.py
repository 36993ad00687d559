"""Bringing new editions of the catalogue to the kiosk, in a thread of its own."""

import logging
from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Protocol, TypeAlias

from kiosk.errors import CentralUnreachable, KnownError, NotProvisioned
from kiosk.ports import Catalogue

EVERY_SECONDS = 60.0
MOST_PATIENCE = 64
"""After a refusal the next look is twice as far, up to so many times `EVERY_SECONDS`: a bad edition
is not fetched and compiled every minute."""
STOP_SECONDS = 3.0

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
        self._patience = 1
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
        """End the thread: nothing is handed on any more. A download or a compilation under way is
        waited for only `STOP_SECONDS`; what it leaves is found or made anew at the next start."""
        self._stopped.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def _run(self, ready: Callable[[Catalogue], None]) -> None:
        while True:
            self._wanted.clear()  # before looking at `_stopped`, which `stop` sets first
            if self._stopped.is_set():
                return
            newer = self._look()
            if newer is not None and not self._stopped.is_set():
                ready(newer)
            self._wanted.wait(self._every * self._patience)

    def _look(self) -> Catalogue | None:
        try:
            fetched = self._fetch(self._number, self._shelf.lines())
            if fetched is None:
                self._all_well()
                return None
            catalogue = self._shelf.put(*fetched)
        except (CentralUnreachable, NotProvisioned):
            return None
        except KnownError as error:
            self._report(str(error))
            return None
        self._all_well()
        self._number = catalogue.number
        return catalogue

    def _all_well(self) -> None:
        self.trouble, self._patience = "", 1

    def _report(self, trouble: str) -> None:
        self._patience = min(2 * self._patience, MOST_PATIENCE)
        if trouble != self.trouble:
            self.trouble = trouble
            log.warning("catalogue: %s", trouble)
