import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from kiosk.domain.submission.case import CaseChange, CaseState
from kiosk.domain.submission.delivery import RetryLater
from kiosk.domain.submission.model import State
from kiosk.domain.submission.receipt import new_number, receipt_hash
from kiosk.domain.submission.retry import Circuit
from kiosk.errors import CentralUnreachable, StorageError
from kiosk.ports import Connection
from services import wire
from services.storage.cases import SqliteCases
from services.storage.central import SqliteCircuit
from services.storage.outbox import SqliteOutbox
from services.uplink.answers import CentralBusy
from services.uplink.client import CentralClient
from services.uplink.drain import Central, Drain
from services.uplink.faults import UNREACHABLE
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from services.uplink.signing import NotAdmitted
from services.uplink.states import CaseNews
from services.uplink.uplink import BackgroundUplink
from tests.services.uplink.central import CentralOnASocket, FakeCentral, submission

PATIENCE = 5.0

URL = "http://central.invalid"


class SystemClock:
    def now(self) -> datetime:
        return datetime.now().astimezone()


class LongestJitter(Random):
    """Every wait is as long as it can be."""

    def random(self) -> float:
        return 0.999


class Heard:
    """Collects a watcher's calls; `wait` blocks until a state was heard."""

    def __init__(self) -> None:
        self.states: list[Connection] = []
        self._more = threading.Condition()

    def __call__(self, state: Connection) -> None:
        with self._more:
            self.states.append(state)
            self._more.notify_all()

    def wait(self, *expected: Connection) -> None:
        with self._more:
            assert self._more.wait_for(
                lambda: tuple(self.states[-len(expected) :]) == expected, PATIENCE
            ), self.states


class Counting(FakeCentral):
    """Tells the test of every exchange."""

    def __init__(self, central: FakeCentral) -> None:
        super().__init__(central.secrets)
        self.changed = threading.Condition()
        self.hellos = 0
        self.sends = 0

    def hello(self) -> wire.Hello:
        with self.changed:
            self.hellos += 1
            self.changed.notify_all()
        return super().hello()

    def changes(self, cursor: int) -> tuple[list[CaseChange], int]:
        with self.changed:
            self.changed.notify_all()
            return super().changes(cursor)

    def send(self, batch: wire.Batch) -> wire.BatchResult:
        try:
            return super().send(batch)
        finally:
            with self.changed:
                self.sends += 1
                self.changed.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(condition, PATIENCE)


@pytest.fixture
def server(central: FakeCentral) -> Counting:
    return Counting(central)


Start = Callable[..., BackgroundUplink]


@pytest.fixture
def start(outbox: SqliteOutbox, own: KioskKey, keys: CentralKeys) -> Iterator[Start]:
    with ExitStack() as stack:

        def make(
            central: Central,
            hello_every: float = 30.0,
            queue: SqliteOutbox = outbox,
        ) -> BackgroundUplink:
            clock, random = SystemClock(), LongestJitter()
            drain = Drain(
                queue,
                central,
                kiosk_id="test-kiosk",
                own=own,
                keys=keys,
                clock=clock,
                random=random,
            )
            uplink = BackgroundUplink(
                drain,
                queue,
                central,
                clock=clock,
                random=random,
                news=CaseNews(central, SqliteCases(queue.store, URL)),
                circuits=SqliteCircuit(queue.store, URL),
                hello_every=hello_every,
            )
            uplink.start()
            stack.callback(uplink.stop)
            return uplink

        yield make


def settled(outbox: SqliteOutbox, state: State, count: int) -> bool:
    """Whether `count` rows reach `state`; the row changes just after the exchange ends."""
    deadline = time.monotonic() + PATIENCE
    pause = threading.Event()
    while outbox.status().counts[state] != count and time.monotonic() < deadline:
        pause.wait(0.005)
    return outbox.status().counts[state] == count


def test_what_was_put_before_and_after_the_start_arrives_over_a_real_socket(
    start: Start, outbox: SqliteOutbox, seal: Seal, central: FakeCentral
) -> None:
    server = CentralOnASocket(central)
    client = CentralClient(server.url)
    for _ in range(130):
        outbox.put(seal.seal(submission()))
    uplink = start(client)
    assert settled(outbox, State.ACKED, 130)
    outbox.put(seal.seal(submission()))
    uplink.poke()
    assert settled(outbox, State.ACKED, 131)
    assert len(central.held) == 131
    assert central.batches == [100, 30, 1]
    uplink.stop()
    client.close()
    server.close()


def test_stopping_is_prompt_even_in_the_middle_of_a_wait(start: Start, server: Counting) -> None:
    uplink = start(server)
    server.until(lambda: server.hellos == 1)
    begun = time.monotonic()
    uplink.stop()
    assert time.monotonic() - begun < 1
    assert not any(thread.name == "uplink" for thread in threading.enumerate())


def test_watchers_hear_the_state_as_it_is_and_then_changes_only(
    start: Start, server: Counting
) -> None:
    heard, late = Heard(), Heard()
    uplink = start(server, hello_every=0.02)
    uplink.watch(heard)
    heard.wait(Connection.ONLINE)
    uplink.watch(late)
    late.wait(Connection.ONLINE)
    server.reachable = False
    heard.wait(Connection.ONLINE, Connection.OFFLINE)
    server.until(lambda: server.hellos > 8)
    server.reachable = True
    heard.wait(Connection.ONLINE, Connection.OFFLINE, Connection.ONLINE)
    late.wait(Connection.ONLINE, Connection.OFFLINE, Connection.ONLINE)


def test_an_idle_uplink_is_silent_between_hellos(start: Start, server: Counting) -> None:
    uplink = start(server)
    heard = Heard()
    uplink.watch(heard)
    heard.wait(Connection.ONLINE)
    threading.Event().wait(0.3)
    assert (server.hellos, server.sends) == (1, 0)


def test_a_poke_tries_at_once_although_the_network_just_failed(
    start: Start, outbox: SqliteOutbox, seal: Seal, server: Counting
) -> None:
    server.reachable = False
    outbox.put(seal.seal(submission()))
    uplink = start(server)
    assert settled(outbox, State.RETRY_WAIT, 1)
    server.reachable = True
    outbox.put(seal.seal(submission()))
    begun = time.monotonic()
    uplink.poke()
    assert settled(outbox, State.ACKED, 2)
    assert time.monotonic() - begun < 1


def test_what_waited_for_the_network_goes_as_soon_as_it_is_back(
    start: Start, outbox: SqliteOutbox, seal: Seal, server: Counting
) -> None:
    one = seal.seal(submission())
    outbox.put(one)
    now = SystemClock().now()
    outbox.lease(now, 1, 1, timedelta(minutes=1))
    outbox.settle([RetryLater(one.id, now + timedelta(minutes=4), UNREACHABLE)])
    server.reachable = False
    start(server, hello_every=0.02)
    server.until(lambda: server.hellos > 2)
    server.reachable = True
    assert settled(outbox, State.ACKED, 1)


def test_a_poke_alone_finds_out_that_the_network_is_back(
    start: Start, outbox: SqliteOutbox, seal: Seal, server: Counting
) -> None:
    """The network-up hint: nothing new is in the queue, and what is there is not due."""
    one = seal.seal(submission())
    outbox.put(one)
    now = SystemClock().now()
    outbox.lease(now, 1, 1, timedelta(minutes=1))
    outbox.settle([RetryLater(one.id, now + timedelta(minutes=4), UNREACHABLE)])
    server.reachable = False
    heard = Heard()
    uplink = start(server)
    uplink.watch(heard)
    heard.wait(Connection.OFFLINE)
    server.reachable = True
    uplink.poke()
    assert settled(outbox, State.ACKED, 1)


def test_a_dead_network_is_not_hammered_however_long_the_queue(
    start: Start, outbox: SqliteOutbox, seal: Seal, server: Counting
) -> None:
    for _ in range(250):
        outbox.put(seal.seal(submission()))
    server.reachable = False
    start(server)
    server.until(lambda: server.sends >= 1)
    threading.Event().wait(0.25)
    assert server.sends + server.hellos <= 2


def test_the_server_s_retry_after_holds_even_against_a_poke(
    start: Start, outbox: SqliteOutbox, seal: Seal, server: Counting
) -> None:
    busy(server, timedelta(minutes=1))
    outbox.put(seal.seal(submission()))
    uplink = start(server)
    assert settled(outbox, State.RETRY_WAIT, 1)
    outbox.put(seal.seal(submission()))
    for _ in range(5):
        uplink.poke()
        threading.Event().wait(0.02)
    assert server.sends == 1


def test_a_kiosk_without_a_keyset_still_knows_its_connection(
    outbox: SqliteOutbox,
    own: KioskKey,
    tmp_path: Path,
    server: Counting,
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock, random = SystemClock(), Random(1)
    keys = CentralKeys(tmp_path / "none.json")
    drain = Drain(
        outbox, server, kiosk_id="test-kiosk", own=own, keys=keys, clock=clock, random=random
    )
    uplink = BackgroundUplink(
        drain,
        outbox,
        server,
        clock=clock,
        random=random,
        news=CaseNews(server, SqliteCases(outbox.store, URL)),
        circuits=SqliteCircuit(outbox.store, URL),
        hello_every=0.02,
    )
    heard = Heard()
    uplink.watch(heard)
    uplink.start()
    heard.wait(Connection.ONLINE)
    server.until(lambda: server.hellos > 5)
    uplink.stop()
    assert len([r for r in caplog.records if "none.json" in r.getMessage()]) <= 2


def test_the_thread_survives_a_database_somebody_keeps_locked(
    start: Start,
    outbox: SqliteOutbox,
    seal: Seal,
    server: Counting,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    quick = SqliteOutbox(tmp_path / "kiosk" / "kiosk.sqlite", busy_ms=10)
    outbox.put(seal.seal(submission()))
    other = sqlite3.connect(tmp_path / "kiosk" / "kiosk.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked"):
        quick.put(seal.seal(submission()))
    uplink = start(server, hello_every=0.05, queue=quick)
    deadline = time.monotonic() + PATIENCE
    while "locked" not in caplog.text and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    other.close()
    assert settled(outbox, State.ACKED, 1)
    uplink.stop()
    quick.close()


def test_news_of_cases_are_heard_after_the_first_hello(
    start: Start, outbox: SqliteOutbox, server: Counting
) -> None:
    server.case_changes = [
        CaseChange(receipt_hash(new_number("BBC")), CaseState.RECEIVED, SystemClock().now())
        for _ in range(5)
    ]
    uplink = start(server)
    server.until(lambda: server.asked_for_changes == 4)
    uplink.stop()
    known = SqliteCases(outbox.store, URL)
    assert known.counts()[CaseState.RECEIVED] == 5


@pytest.mark.parametrize("error", [CentralUnreachable("test: 404"), NotAdmitted("test: 403")])
def test_a_server_that_tells_nothing_of_cases_is_there_all_the_same(
    start: Start, outbox: SqliteOutbox, seal: Seal, server: Counting, error: Exception
) -> None:
    server.says_nothing_of_cases = error
    heard = Heard()
    uplink = start(server, hello_every=0.02)
    uplink.watch(heard)
    server.until(lambda: server.hellos > 5)
    outbox.put(seal.seal(submission()))
    uplink.poke()
    assert settled(outbox, State.ACKED, 1)
    assert heard.states[-1] is Connection.ONLINE
    assert Connection.OFFLINE not in heard.states
    assert server.asked_for_changes == 1


def busy(server: Counting, retry_after: timedelta) -> None:
    """From now on it asks to be left alone."""

    def refuse(_: wire.Batch) -> wire.BatchResult:
        with server.changed:
            server.sends += 1
            server.changed.notify_all()
        raise CentralBusy("test: busy", retry_after)

    server.send = refuse


def test_the_server_s_retry_after_holds_even_after_a_restart(
    start: Start, outbox: SqliteOutbox, seal: Seal, server: Counting
) -> None:
    busy(server, timedelta(minutes=1))
    outbox.put(seal.seal(submission()))
    first = start(server)
    assert settled(outbox, State.RETRY_WAIT, 1)
    first.stop()
    outbox.put(seal.seal(submission()))
    again, heard = start(server), Heard()
    again.watch(heard)
    heard.wait(Connection.ONLINE)
    again.stop()
    assert server.sends == 1


def test_a_retry_after_of_another_day_s_clock_does_not_hold(
    start: Start, outbox: SqliteOutbox, seal: Seal, server: Counting
) -> None:
    tomorrow = SystemClock().now() + timedelta(days=1)
    SqliteCircuit(outbox.store, URL).keep(Circuit(0, tomorrow))
    outbox.put(seal.seal(submission()))
    start(server)
    assert settled(outbox, State.ACKED, 1)


def test_failures_in_a_row_are_counted_over_restarts_and_end_with_the_first_answer(
    start: Start, outbox: SqliteOutbox, server: Counting
) -> None:
    kept = SqliteCircuit(outbox.store, URL)
    server.reachable = False
    for times in (1, 2, 3):
        uplink, heard = start(server), Heard()
        uplink.watch(heard)
        heard.wait(Connection.OFFLINE)
        uplink.stop()
        assert kept.circuit().failures == times
    server.reachable = True
    uplink, heard = start(server), Heard()
    uplink.watch(heard)
    heard.wait(Connection.ONLINE)
    uplink.stop()
    assert kept.circuit().failures == 0
