"""One round of the uplink: lease, send, believe only signed receipts, settle."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from kiosk.domain.submission.delivery import LeasedSubmission, RetryLater, Settlement
from kiosk.errors import CentralUnreachable
from kiosk.ports import Clock
from services import wire
from services.uplink.answers import BatchRefused, CentralBusy
from services.uplink.bounded import NobodyThere, longest_exchange
from services.uplink.faults import BUSY, NOT_ADMITTED, REFUSED, UNREACHABLE, weighed
from services.uplink.judge import judge, postponed, sealed_item
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.signing import NotAdmitted

LEASE = timedelta(minutes=1, seconds=longest_exchange(wire.MAX_BATCH_BYTES))
"""Longer than any exchange takes."""
_METADATA_BYTES = 1024
"""More than one item's fields take as JSON, its envelope aside (about 600 bytes)."""
_ENVELOPE_BYTES = (wire.MAX_BATCH_BYTES - (wire.MAX_BATCH_ITEMS + 1) * _METADATA_BYTES) * 3 // 4
"""What a batch has left for envelopes, before base64 makes four bytes of three."""


class Queue(Protocol):
    """What the uplink needs of the local queue. Every method may raise `StorageError`."""

    def lease(
        self, now: datetime, limit: int, max_bytes: int, for_: timedelta
    ) -> list[LeasedSubmission]:
        """Take up to `limit` due submissions with `max_bytes` of envelopes, for `for_`."""

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """Write down, in one transaction, how deliveries ended."""

    def release(self, code: str) -> None:
        """What waits because of `code` is due at once."""

    def next_wake(self, now: datetime) -> datetime | None:
        """When the next submission is due (not before `now`); None if none waits for delivery."""


class Central(Protocol):
    """What the uplink says to the central server. `hello` and `send` raise `CentralUnreachable`."""

    def hello(self) -> wire.Hello:
        """Whether it is there."""

    def send(self, batch: wire.Batch) -> wire.BatchResult:
        """Hand over a batch. Raises `NotAdmitted` besides."""

    def hang_up(self) -> None:
        """Make what another thread is sending fail at once."""


class Drain:
    """Carries due submissions to the central server, a batch at a time. For one thread."""

    def __init__(
        self,
        queue: Queue,
        central: Central,
        *,
        kiosk_id: str,
        own: KioskKey,
        keys: CentralKeys,
        clock: Clock,
        random: Random,
    ) -> None:
        self._queue = queue
        self._central = central
        self._kiosk_id = kiosk_id
        self._own = own
        self._keys = keys
        self._clock = clock
        self._random = random
        self._limit = wire.MAX_BATCH_ITEMS

    def round(self) -> bool:
        """Deliver one batch; whether anything was due.

        After an exchange that failed the next batch is half as large, so that one bad submission
        does not hold up the others and a bad line has less to carry; with every success it may be
        twice as large again. Raises `NotProvisioned` and `StorageError`; `CentralUnreachable` and
        `NotAdmitted` after the batch was put back to be tried later.
        """
        verify_key, _ = self._own.verify_key, self._keys.key_id
        leased = self._queue.lease(self._clock.now(), self._limit, _ENVELOPE_BYTES, LEASE)
        if not leased:
            return False
        batch = wire.Batch(
            kiosk_id=self._kiosk_id,
            verify_key=b64encode(verify_key),
            items=[sealed_item(one.sealed) for one in leased],
        )
        try:
            answer = self._central.send(batch)
        except BatchRefused:
            self._halve(leased)
            if len(leased) > 1:
                self._put_back(leased, REFUSED)
            else:
                self._postpone(leased, REFUSED)
            return True
        except NotAdmitted:
            self._put_back(leased, NOT_ADMITTED)
            raise
        except CentralBusy as busy:
            self._postpone(leased, BUSY, busy.retry_after)
            raise
        except CentralUnreachable as error:
            if not isinstance(error, NobodyThere):
                self._halve(leased)
            self._postpone(leased, UNREACHABLE)
            raise
        self._limit = min(2 * self._limit, wire.MAX_BATCH_ITEMS)
        self._settle(leased, judge(leased, answer, self._keys, self._clock.now(), self._random))
        return True

    def _halve(self, leased: list[LeasedSubmission]) -> None:
        self._limit = max(1, len(leased) // 2)

    def _put_back(self, leased: list[LeasedSubmission], code: str) -> None:
        """What is to be tried again at once, or as soon as the uplink tries anything again."""
        now = self._clock.now()
        self._queue.settle([RetryLater(one.sealed.id, now, code) for one in leased])

    def _postpone(
        self, leased: list[LeasedSubmission], code: str, retry_after: timedelta | None = None
    ) -> None:
        now = self._clock.now()
        self._settle(leased, postponed(leased, code, now, self._random, retry_after))

    def _settle(self, leased: list[LeasedSubmission], settlements: Sequence[Settlement]) -> None:
        """One settlement for each, in order."""
        both = zip(leased, settlements, strict=True)
        self._queue.settle([weighed(settlement, one.faults) for one, settlement in both])
