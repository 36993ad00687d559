"""Learns how the cases that came from this kiosk go on."""

import time
from collections.abc import Sequence
from typing import Protocol

from kiosk.domain.submission.case import CaseChange

EVERY = 300.0
"""Seconds between one look and the next."""


class Changes(Protocol):
    """The central server, as far as it says what has changed."""

    def changes(self, cursor: int) -> tuple[Sequence[CaseChange], int]:
        """The first changes after `cursor`, in order, and where to go on: from there at once, if
        that is another place. Raises `CentralUnreachable`, `NotAdmitted`."""


class Cases(Protocol):
    """Where it is kept. Every method may raise `StorageError`."""

    def cursor(self) -> int:
        """Up to where changes are kept; 0 for none."""

    def keep(self, changes: Sequence[CaseChange], after: int, cursor: int) -> None:
        """Write down, in one transaction, the changes after `after` up to `cursor`. If that is
        less, or `after` is not what is kept, everything is to be asked anew."""


class CaseNews:
    """Asks every few minutes for what has changed, page after page. For one thread."""

    def __init__(self, central: Changes, cases: Cases) -> None:
        self._central = central
        self._cases = cases
        self._at = 0.0

    def page(self) -> bool:
        """Ask for one page, if it is time; whether there may be more at once. What fails is asked
        again when it is time. Raises `CentralUnreachable`, `NotAdmitted`, `StorageError`."""
        now = time.monotonic()
        if now < self._at:
            return False
        self._at = now + EVERY
        before = self._cases.cursor()
        changes, cursor = self._central.changes(before)
        if cursor == before:
            return False
        self._cases.keep(changes, before, cursor)
        self._at = now
        return True
