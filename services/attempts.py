"""A limit against guessing, which kiosk and central server share."""

import math
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic


class AttemptLimit:
    """At most `most` failed attempts per key within `window` seconds. Safe to use from any thread.

    An attempt counts as failed from its start until `succeeded` is called, so that many at once
    get no more tries than one after another. Memory is bounded: the keys longest unused go first.
    """

    def __init__(
        self,
        most: int,
        window: float,
        clock: Callable[[], float] = monotonic,
        most_keys: int = 20_000,
    ) -> None:
        self._most = most
        self._window = window
        self._clock = clock
        self._most_keys = most_keys
        self._attempts: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def attempt(self, key: str) -> int:
        """Begin an attempt: 0 if it may go on, else the seconds to wait (at least 1)."""
        with self._lock:
            now = self._clock()
            recent = [at for at in self._attempts.get(key, []) if now - at < self._window]
            if len(recent) >= self._most:
                return max(1, math.ceil(recent[0] + self._window - now))
            self._attempts[key] = [*recent, now]
            self._attempts.move_to_end(key)
            if len(self._attempts) > self._most_keys:
                self._attempts.popitem(last=False)
            return 0

    def succeeded(self, key: str) -> None:
        """The attempt was a good one: forget the key's latest failure."""
        with self._lock:
            attempts = self._attempts.get(key, [])
            if attempts:
                attempts.pop()
            if not attempts:
                self._attempts.pop(key, None)
