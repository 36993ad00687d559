"""The same request twice is answered once (draft-ietf-httpapi-idempotency-key-header-06): what was
stored under a kiosk's key answers it again, byte for byte.

Kept are the answers with a receipt for everything, where anything was stored: those stay true, and
without storing anything they come out the same anyway. Where something was refused, or is to be
tried again, the whole is looked at anew: the server may have been mended.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

from sqlalchemy.orm import Session

from kiosk.errors import KnownError
from services import wire
from services.central.office import Office
from services.central.tables import AnsweredRow

KEPT = timedelta(days=1)


class AnotherRequestError(KnownError):
    """The key has been used for a request with another body."""


class UnderWayError(KnownError):
    """The first request with the key is not answered yet."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A kiosk's request by its key."""

    office: Office
    kiosk_id: str
    key: str
    body: bytes

    def answered(self) -> bytes | None:
        """What it was answered before. Raises `AnotherRequestError`."""
        with self.office.database.read() as session:
            row = self._found(session)
        if row is not None and not hmac.compare_digest(row.fingerprint, self._fingerprint()):
            raise AnotherRequestError("the key has been used for another request")
        return None if row is None else row.answer

    def keep(self, session: Session, results: Sequence[wire.ItemResult]) -> None:
        """Keep the answer, in the transaction that stores what was sent; nobody else may be writing
        (see `eventlog.wait_turn`)."""
        if any(one.receipt is None for one in results) or self._found(session) is not None:
            return
        row = AnsweredRow(
            kiosk_id=self.kiosk_id,
            key=self.key,
            fingerprint=self._fingerprint(),
            answer=answer(results),
            at=self.office.clock.now(),
        )
        session.merge(row)  # one that is out of date may still be there

    def _found(self, session: Session) -> AnsweredRow | None:
        row = session.get(AnsweredRow, (self.kiosk_id, self.key))
        return row if row is not None and row.at > self.office.clock.now() - KEPT else None

    def _fingerprint(self) -> bytes:
        return hashlib.sha256(self.body).digest()


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The requests being answered now, in memory. Safe to use from any thread."""

    _keys: set[tuple[str, str]] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def entered(self, repeat: Repeat) -> Iterator[None]:
        """While the block runs nobody else answers it. Raises `UnderWayError`."""
        name = (repeat.kiosk_id, repeat.key)
        with self._lock:
            if name in self._keys:
                raise UnderWayError("the first request with this key is not answered yet")
            self._keys.add(name)
        try:
            yield
        finally:
            with self._lock:
                self._keys.remove(name)


def answer(results: Sequence[wire.ItemResult]) -> bytes:
    """The answer's body."""
    return wire.BatchResult(results=list(results)).model_dump_json().encode()
