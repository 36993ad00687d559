"""One round of the uplink: lease, send, believe only signed receipts, settle."""

import time
from base64 import b64encode
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple, Protocol

from kiosk.domain.submission.delivery import LeasedSubmission, RetryLater, Settlement
from kiosk.errors import CentralUnreachable, KnownError
from kiosk.ports import Clock
from services import wire
from services.uplink import uploads
from services.uplink.answers import BatchRefused, CentralBusy
from services.uplink.bounded import NobodyThere, longest_exchange
from services.uplink.faults import BUSY, NOT_ADMITTED, REFUSED, UNREACHABLE, weighed
from services.uplink.judge import judge, postponed, sealed_item
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.signing import NotAdmitted

LEASE = timedelta(minutes=1, seconds=uploads.LONGEST + longest_exchange(wire.MAX_BATCH_BYTES))
"""Longer than sending a batch takes."""
_METADATA_BYTES = 1024
"""More than one item's fields take as JSON, its envelope aside (about 600 bytes)."""
_ENVELOPE_BYTES = (wire.MAX_BATCH_BYTES - (wire.MAX_BATCH_ITEMS + 1) * _METADATA_BYTES) * 3 // 4
"""What a batch has left for envelopes, before base64 makes four bytes of three."""

_ABREAST = 5
"""Batches on the way at once while all goes well: some are read, opened or stored while the next is
made and the one before is written down, however long the line."""
_BATCHES = 16
"""In one round, which ends now and then so that the uplink can tell how it stands, or stop."""
QUICK = 1.0
"""Seconds. Where a batch takes longer the next one goes alone, or each would be too slow."""


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


class _Answer(NamedTuple):
    result: wire.BatchResult
    quick: bool


class Drain:
    """Carries due submissions to the central server. For one thread."""

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
        self._steady = False

    def round(self) -> bool:
        """Deliver one batch, or several abreast if the last one was taken; whether any was due.

        After an exchange that failed the next batch goes alone and is half as large, so that one
        bad submission does not hold up the others and a bad line has less to carry; with every
        success it may be twice as large again. Raises `NotProvisioned` and `StorageError`;
        `CentralUnreachable` and `NotAdmitted` after all was settled or put back to be tried later.
        """
        verify_key, _ = b64encode(self._own.verify_key), self._keys.key_id
        abreast, most = (_ABREAST, _BATCHES) if self._steady else (1, 1)
        under_way: deque[tuple[list[LeasedSubmission], Future[_Answer]]] = deque()
        failures: list[KnownError] = []
        sent = 0
        with ThreadPoolExecutor(abreast, "exchange") as exchanges:
            while True:
                while sent < most and len(under_way) < abreast and (leased := self._lease()):
                    batch = wire.Batch(
                        kiosk_id=self._kiosk_id,
                        verify_key=verify_key,
                        items=[sealed_item(one.sealed) for one in leased],
                    )
                    under_way.append((leased, exchanges.submit(self._send, batch)))
                    sent += 1
                if not under_way:
                    break
                leased, answer = under_way.popleft()
                if failure := self._finish(leased, answer, alone=abreast == 1):
                    failures.append(failure)
                most = most if self._steady else 0
        if failures:  # what the server asks for holds, whatever else went wrong beside it
            raise max(failures, key=lambda each: isinstance(each, CentralBusy))
        return sent > 0

    def _lease(self) -> list[LeasedSubmission]:
        return self._queue.lease(self._clock.now(), self._limit, _ENVELOPE_BYTES, LEASE)

    def _send(self, batch: wire.Batch) -> _Answer:
        begun = time.monotonic()
        return _Answer(self._central.send(batch), time.monotonic() - begun < QUICK)

    def _finish(
        self, leased: list[LeasedSubmission], answer: Future[_Answer], *, alone: bool
    ) -> KnownError | None:
        """Settle a batch once it is answered; why nothing more can be sent, if nothing can."""
        steady, self._steady = self._steady, False
        try:
            result, quick = answer.result()
        except BatchRefused:
            self._halve(leased)
            if len(leased) > 1:
                self._put_back(leased, REFUSED)
            else:
                self._postpone(leased, REFUSED)
            return None
        except NotAdmitted as error:
            self._put_back(leased, NOT_ADMITTED)
            return error
        except CentralBusy as busy:
            self._postpone(leased, BUSY, busy.retry_after)
            return busy
        except CentralUnreachable as error:
            if not isinstance(error, NobodyThere):
                self._halve(leased)
            self._postpone(leased, UNREACHABLE)
            return error
        if alone:
            self._limit = min(2 * self._limit, wire.MAX_BATCH_ITEMS)
            steady = self._limit == wire.MAX_BATCH_ITEMS
        self._steady = steady and quick
        self._settle(leased, judge(leased, result, self._keys, self._clock.now(), self._random))
        return None

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
