"""The thread that carries the queue to the central server."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Protocol

from kiosk.domain.submission.retry import Circuit, next_attempt
from kiosk.errors import CentralUnreachable, KnownError, NotProvisioned, StorageError
from kiosk.ports import Clock, Connection
from services.uplink.answers import CentralBusy
from services.uplink.drain import Central, Drain, Queue
from services.uplink.faults import UNREACHABLE
from services.uplink.network import NetworkHints
from services.uplink.signing import NotAdmitted
from services.uplink.states import CaseNews

HANG_UP_EVERY = 1.0
"""Seconds: an exchange may begin just after the others were cut."""

_log = logging.getLogger(__name__)


class Circuits(Protocol):
    """Keeps how it stands with the server over restarts. Both methods may raise `StorageError`."""

    def circuit(self) -> Circuit:
        """What was kept last."""

    def keep(self, circuit: Circuit) -> None:
        """Durably, before returning."""


class BackgroundUplink:
    """Implements `kiosk.ports.Uplink`.

    Drains while something is due, then sleeps until the next submission is due, a poke, or the
    next hello (every `hello_every` seconds), which tells whether the central server is there.
    After a failed exchange it keeps quiet for a jittered while, unless poked: somebody has just
    submitted, or (`hints`) the network may be back, which a hello finds out at once. What waited
    for the connection is due again as soon as the server answers. Only the server's own
    Retry-After holds against a poke. That, and how often the server was not reached in a row,
    outlive the program (`circuits`): started anew it tries once, and waits on where it was. While
    the server is there and nothing is due, it asks for `news` of cases.
    """

    def __init__(
        self,
        drain: Drain,
        queue: Queue,
        central: Central,
        *,
        clock: Clock,
        random: Random,
        news: CaseNews,
        circuits: Circuits,
        hello_every: float = 30.0,
        hints: NetworkHints | None = None,
    ) -> None:
        self._drain = drain
        self._queue = queue
        self._central = central
        self._clock = clock
        self._random = random
        self._news = news
        self._circuits = circuits
        self._hello_every = hello_every
        self._hints = hints
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._poked = False
        self._watchers: dict[Callable[[Connection], None], Connection | None] = {}
        self._connection = Connection.UNKNOWN
        self._circuit = Circuit()
        self._quiet_until = self._busy_until = self._hello_at = 0.0
        self._trouble = ""

    def start(self) -> None:
        """Begin draining in a thread of its own. May follow a `stop`."""
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="uplink")
        self._thread.start()
        if self._hints is not None:
            self._hints.start(self.poke)

    def stop(self) -> None:
        """End the thread; returns when it has ended, at once unless it is just connecting.

        What was not acknowledged stays queued.
        """
        if self._hints is not None:
            self._hints.stop()
        with self._wake:
            self._stopping = True
            self._wake.notify()
        while self._thread is not None and self._thread.is_alive():
            self._central.hang_up()
            self._thread.join(HANG_UP_EVERY)

    def poke(self) -> None:
        """Something new is in the queue: try at once."""
        with self._wake:
            self._poked = True
            self._wake.notify()

    def watch(self, changed: Callable[[Connection], None]) -> None:
        """Call `changed` from the uplink's thread: now with the state as it is, then on change."""
        with self._wake:
            self._watchers[changed] = None
            self._wake.notify()

    def _run(self) -> None:
        self._remember()
        while True:
            self._tell()
            seconds = self._work()
            self._tell()
            with self._wake:
                if not (self._stopping or self._poked or None in self._watchers.values()):
                    self._wake.wait(seconds)
                if self._stopping:
                    return
                if self._poked:
                    self._poked = False
                    self._quiet_until = 0.0
                    if self._connection is Connection.OFFLINE:
                        self._hello_at = 0.0

    def _remember(self) -> None:
        """What was learned of the server before the kiosk was started anew."""
        try:
            self._circuit = self._circuits.circuit()
        except StorageError as error:
            self._report(error)
        self._busy_until = self._after(self._circuit.busy_for(self._clock.now()))

    def _keep(self, circuit: Circuit) -> None:
        if circuit != self._circuit:
            self._circuit = circuit
            self._circuits.keep(circuit)

    def _tell(self) -> None:
        with self._wake:
            state = self._connection
            behind = [watcher for watcher, told in self._watchers.items() if told is not state]
            self._watchers.update(dict.fromkeys(behind, state))
        for changed in behind:
            changed(state)

    def _work(self) -> float:
        """Do what is due; the seconds until there may be more to do."""
        try:
            try:
                if self._advance():
                    return 0.0
            except CentralUnreachable as error:
                self._lost(error)
            return self._pause()
        except StorageError as error:
            self._report(error)
            return self._hello_every

    def _advance(self) -> bool:
        now = time.monotonic()
        if now >= max(self._quiet_until, self._busy_until):
            try:
                if self._drain.round():
                    self._reached()
                    return True
            except (NotProvisioned, NotAdmitted) as error:
                self._report(error)
                self._quiet_until = now + self._hello_every
        if now >= self._hello_at:
            self._central.hello()
            self._reached()
        return self._connection is Connection.ONLINE and self._hear()

    def _hear(self) -> bool:
        """How cases go on: between batches, a page at a time. What fails here does not say that the
        server is not there: an older one knows no such question."""
        try:
            return self._news.page()
        except CentralUnreachable as error:
            self._report(error)
            return False

    def _reached(self) -> None:
        if self._connection is not Connection.ONLINE:
            self._queue.release(UNREACHABLE)
            self._connection = Connection.ONLINE
            self._quiet_until = 0.0
            self._trouble = ""
        self._hello_at = time.monotonic() + self._hello_every
        self._keep(self._circuit.reached())

    def _lost(self, error: CentralUnreachable) -> None:
        self._report(error)
        self._connection = Connection.OFFLINE
        now, circuit = self._clock.now(), self._circuit.lost()
        self._quiet_until = self._after(next_attempt(now, circuit.failures, self._random) - now)
        self._hello_at = time.monotonic() + self._hello_every
        if isinstance(error, CentralBusy):
            wait = next_attempt(now, 1, self._random, error.retry_after) - now
            circuit, self._busy_until = circuit.busy(now, wait), self._after(wait)
        self._keep(circuit)

    def _after(self, wait: timedelta) -> float:
        return time.monotonic() + wait.total_seconds()

    def _pause(self) -> float:
        until = self._hello_at
        now = self._clock.now()
        wake = self._queue.next_wake(now)
        if wake is not None:
            due = time.monotonic() + (wake - now).total_seconds()
            until = min(until, max(due, self._quiet_until, self._busy_until))
        return max(0.0, until - time.monotonic())

    def _report(self, error: KnownError) -> None:
        """One line when a trouble begins, none while it lasts."""
        line = str(error)
        if line != self._trouble:
            self._trouble = line
            _log.warning("uplink: %s", line)
