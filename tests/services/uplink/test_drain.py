"""The queue and the drain against a dictionary: whatever happens, nothing handed in is lost."""

import atexit
import shutil
import sqlite3
import tempfile
import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.domain.submission.model import SealedSubmission, State, Submission
from kiosk.domain.submission.retry import MOST_FAULTS
from kiosk.errors import CentralUnreachable, NotProvisioned
from services import wire
from services.storage.outbox import SqliteOutbox
from services.uplink import drain
from services.uplink.answers import BatchRefused, CentralBusy
from services.uplink.drain import LEASE, Drain
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from tests.services.uplink.central import CentralSecrets, FakeCentral, StoppedClock, submission

SECRETS = CentralSecrets()


class PowerCutError(Exception):
    """The kiosk dies between the answer and writing it down."""


class Kiosk:
    """One kiosk whose process can end at any moment."""

    def __init__(self, folder: Path, central: FakeCentral) -> None:
        self.folder = folder
        self.clock = StoppedClock()
        self.central = central
        self.own = KioskKey(folder)
        self.keys = CentralKeys(central.secrets.provision(folder / "keyset.json"))
        self.seal = Seal("test-kiosk", self.own, self.keys)
        self.random = Random(7)
        self.dies_before_settling = False
        self.boot()

    def boot(self) -> None:
        self.outbox = SqliteOutbox(self.folder / "kiosk.sqlite")
        self.drain = Drain(
            self,
            self.central,
            kiosk_id="test-kiosk",
            own=self.own,
            keys=self.keys,
            clock=self.clock,
            random=self.random,
        )

    def lease(self, *args: object) -> list:
        return self.outbox.lease(*args)

    def settle(self, settlements: object) -> None:
        if self.dies_before_settling:
            raise PowerCutError
        self.outbox.settle(settlements)

    def release(self, code: str) -> None:
        self.outbox.release(code)

    def next_wake(self, now: object) -> object:
        return self.outbox.next_wake(now)

    def round(self) -> bool:
        try:
            return self.drain.round()
        except CentralUnreachable:
            return True
        except PowerCutError:
            self.outbox.close()
            self.boot()
            return True


MEMORY = Path("/dev/shm")
"""Where syncing costs nothing: what it is for is tested by power cuts (tests/faults)."""


@cache
def installed() -> Path:
    """A kiosk's folder before its first citizen, made once: the database migrated, a key made."""
    folder = in_memory()
    Kiosk(folder, FakeCentral(SECRETS)).outbox.close()
    atexit.register(shutil.rmtree, folder)
    return folder


def in_memory() -> Path:
    return Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))


class NothingIsLost(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(wire, "MAX_BATCH_ITEMS", 2)  # so that batches go abreast
        self.folder = shutil.copytree(installed(), in_memory(), dirs_exist_ok=True)
        self.central = FakeCentral(SECRETS)
        self.kiosk = Kiosk(self.folder, self.central)
        self.stored: dict[UUID, tuple[Submission, SealedSubmission]] = {}
        self.buried: set[UUID] = set()

    def teardown(self) -> None:
        try:
            self.the_network_heals_and_everything_arrives()
        finally:
            self.patch.undo()
            self.kiosk.outbox.close()
            shutil.rmtree(self.folder)

    @rule(times=st.integers(1, 3))
    def hand_in(self, times: int) -> None:
        handed_in = submission()
        sealed = self.kiosk.seal.seal(handed_in)
        for _ in range(times):
            self.kiosk.outbox.put(sealed)
        self.stored[sealed.id] = (handed_in, sealed)

    @precondition(lambda self: self.stored)
    @rule(data=st.data())
    def press_submit_again_after_a_crash(self, data: st.DataObject) -> None:
        handed_in, _ = self.stored[data.draw(st.sampled_from(sorted(self.stored)))]
        self.kiosk.outbox.put(self.kiosk.seal.seal(handed_in))

    @rule(weather=st.sampled_from(["fine", "fine", "down", "lost", "forged", "retry", "power cut"]))
    def drain(self, weather: str) -> None:
        self.central.reachable = weather != "down"
        self.central.loses_answers = weather == "lost"
        self.central.forges = weather == "forged"
        self.central.says = wire.Outcome.RETRY if weather == "retry" else None
        self.kiosk.dies_before_settling = weather == "power cut"
        self.kiosk.round()
        self.central.reachable, self.central.loses_answers = True, False
        self.central.forges, self.central.says = False, None
        self.kiosk.dies_before_settling = False

    @rule()
    def another_content_took_the_id(self) -> None:
        handed_in = submission()
        sealed = self.kiosk.seal.seal(handed_in)
        self.central.held[sealed.id] = SECRETS.receipt(sealed.id, bytes(32))
        self.kiosk.outbox.put(sealed)
        self.stored[sealed.id] = (handed_in, sealed)
        self.buried.add(sealed.id)

    @rule(seconds=st.sampled_from([1, 10, 61, 400, 86_400 * 365, -86_400 * 365]))
    def time_passes_or_jumps(self, seconds: int) -> None:
        self.kiosk.clock.advance(timedelta(seconds=seconds))

    @rule()
    def restart(self) -> None:
        self.kiosk.outbox.close()
        self.kiosk.boot()

    @invariant()
    def everything_handed_in_is_here_or_there_and_counted(self) -> None:
        here, counts = self.in_the_file()
        for _, sealed in self.stored.values():
            held = self.central.held.get(sealed.id)
            there = held is not None and held.sha256 == sealed.sha256
            assert sealed.id in here or there
        assert sum(counts.values()) == len(self.stored)
        assert counts[State.DEAD] <= len(self.buried)

    @precondition(lambda self: self.stored)
    @rule(data=st.data())
    def ask_what_is_still_here(self, data: st.DataObject) -> None:
        handed_in, sealed = self.stored[data.draw(st.sampled_from(sorted(self.stored)))]
        here, counts = self.in_the_file()
        assert self.kiosk.outbox.is_waiting(handed_in.number) is (sealed.id in here)
        assert self.kiosk.outbox.status().counts == counts

    def in_the_file(self) -> tuple[set[UUID], dict[State, int]]:
        """What waits, and the counters, read beside the queue: it would take ten times as long."""
        with closing(sqlite3.connect(self.kiosk.outbox.file)) as file:
            here = file.execute("SELECT id FROM outbox WHERE envelope NOT NULL").fetchall()
            counts = file.execute("SELECT state, n FROM counters").fetchall()
        return {UUID(id) for (id,) in here}, {State(state): n for state, n in counts}

    def the_network_heals_and_everything_arrives(self) -> None:
        for _ in range(4 * len(self.stored) + 4):
            self.kiosk.round()
            self.kiosk.clock.advance(timedelta(minutes=6))
            if self.kiosk.outbox.next_wake(self.kiosk.clock.now()) is None:
                break
        counts = self.kiosk.outbox.status().counts
        assert counts[State.ACKED] == len(self.stored) - len(self.buried)
        assert counts[State.DEAD] == len(self.buried)
        assert self.central.held.keys() == self.stored.keys()
        assert self.kiosk.outbox.next_wake(self.kiosk.clock.now()) is None


TestNothingIsLost = NothingIsLost.TestCase
TestNothingIsLost.settings = settings(
    max_examples=1000, stateful_step_count=50, deadline=None, derandomize=True
)


@pytest.fixture
def kiosk(tmp_path: Path, central: FakeCentral) -> Kiosk:
    kiosk = Kiosk(tmp_path, central)
    yield kiosk
    kiosk.outbox.close()


def hand_in(kiosk: Kiosk, count: int) -> list[SealedSubmission]:
    items = [kiosk.seal.seal(submission()) for _ in range(count)]
    for one in items:
        kiosk.outbox.put(one)
    return items


def test_a_long_queue_goes_in_batches_of_a_hundred(kiosk: Kiosk, central: FakeCentral) -> None:
    hand_in(kiosk, 230)
    while kiosk.round():
        assert kiosk.outbox.status().counts[State.LEASED] == 0
    assert central.batches == [100, 100, 30]
    assert kiosk.outbox.status().waiting == 0


class Crowded(FakeCentral):
    """Answers no batch but the first before `abreast` are on the way; notes how many were."""

    def __init__(self, abreast: int) -> None:
        super().__init__(SECRETS)
        self.abreast = abreast
        self.meeting = threading.Barrier(abreast, timeout=10)
        self.counting = threading.Lock()
        self.under_way = self.most = 0

    def send(self, batch: wire.Batch) -> wire.BatchResult:
        if self.batches:
            self.meeting.wait()
        with self.counting:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        try:
            return super().send(batch)
        finally:
            with self.counting:
                self.under_way -= 1


def test_after_a_good_batch_five_go_abreast(tmp_path: Path) -> None:
    central = Crowded(abreast=5)
    kiosk = Kiosk(tmp_path, central)
    hand_in(kiosk, 600)
    assert kiosk.drain.round() is True
    assert central.batches == [100]
    assert kiosk.drain.round() is True
    assert central.batches == [100] * 6
    assert kiosk.outbox.status().counts[State.ACKED] == 600
    kiosk.outbox.close()


def test_over_a_slow_line_batches_go_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drain, "QUICK", 0.0)
    central = Crowded(abreast=1)
    kiosk = Kiosk(tmp_path, central)
    hand_in(kiosk, 400)
    rounds = 0
    while kiosk.drain.round():
        rounds += 1
    assert (rounds, central.most) == (4, 1)
    kiosk.outbox.close()


@pytest.mark.parametrize("failure", [CentralUnreachable("test: 500"), BatchRefused("test: 400")])
def test_what_is_on_the_way_beside_a_batch_that_fails_is_settled(
    choosy: Kiosk, failure: Exception
) -> None:
    items = hand_in(choosy, 400)
    choosy.central.failure = failure
    choosy.drain.round()
    choosy.central.bad = frozenset({items[250].id})
    choosy.round()
    counts = choosy.outbox.status().counts
    assert (counts[State.ACKED], counts[State.RETRY_WAIT], counts[State.LEASED]) == (300, 100, 0)
    assert choosy.central.batches == [100] * 4
    choosy.central.bad = frozenset()
    choosy.clock.advance(timedelta(minutes=5))
    while choosy.round():
        pass
    assert choosy.central.batches[4:] == [50, 50]


def test_what_a_busy_server_asks_for_holds_whatever_fails_beside_it(tmp_path: Path) -> None:
    class Faltering(Choosy):
        others: frozenset[UUID] = frozenset()

        def send(self, batch: wire.Batch) -> wire.BatchResult:
            if any(item.id in self.others for item in batch.items):
                raise CentralUnreachable("test: reset")
            return super().send(batch)

    central = Faltering(SECRETS)
    kiosk = Kiosk(tmp_path, central)
    items = hand_in(kiosk, 400)
    assert kiosk.drain.round() is True
    central.failure = CentralBusy("test: busy", timedelta(minutes=10))
    central.bad, central.others = frozenset({items[150].id}), frozenset({items[250].id})
    with pytest.raises(CentralBusy):
        kiosk.drain.round()
    kiosk.outbox.close()


def test_an_empty_queue_sends_nothing(kiosk: Kiosk, central: FakeCentral) -> None:
    assert kiosk.drain.round() is False
    assert central.batches == []


def test_a_lost_answer_is_asked_for_again_and_is_one_case(
    kiosk: Kiosk, central: FakeCentral
) -> None:
    (one,) = hand_in(kiosk, 1)
    central.loses_answers = True
    with pytest.raises(CentralUnreachable):
        kiosk.drain.round()
    assert kiosk.outbox.status().counts[State.RETRY_WAIT] == 1
    central.loses_answers = False
    kiosk.clock.advance(LEASE)
    assert kiosk.drain.round() is True
    assert kiosk.outbox.status().counts[State.ACKED] == 1
    assert list(central.held) == [one.id]


def test_a_busy_server_s_wait_is_kept_in_the_queue(kiosk: Kiosk, central: FakeCentral) -> None:
    hand_in(kiosk, 2)

    def busy(_: wire.Batch) -> wire.BatchResult:
        raise CentralBusy("test: busy", timedelta(minutes=10))

    central.send = busy
    with pytest.raises(CentralBusy):
        kiosk.drain.round()
    now = kiosk.clock.now()
    wake = kiosk.outbox.next_wake(now)
    assert now + timedelta(minutes=10) <= wake <= now + timedelta(minutes=10, seconds=2)


class Choosy(FakeCentral):
    """Fails whenever one of these is in the batch."""

    bad: frozenset[UUID] = frozenset()
    failure: Exception = BatchRefused("test: refused")

    def send(self, batch: wire.Batch) -> wire.BatchResult:
        if any(item.id in self.bad for item in batch.items):
            self.batches.append(len(batch.items))
            raise self.failure
        return super().send(batch)


@pytest.fixture
def choosy(tmp_path: Path) -> Kiosk:
    kiosk = Kiosk(tmp_path, Choosy(SECRETS))
    yield kiosk
    kiosk.outbox.close()


@pytest.mark.parametrize("place", [0, 37, 99])
def test_one_bad_of_a_hundred_is_found_by_halving_and_the_others_go(
    choosy: Kiosk, place: int
) -> None:
    items = hand_in(choosy, 100)
    choosy.central.bad = frozenset({items[place].id})
    rounds = 0
    while choosy.drain.round():
        rounds += 1
    assert rounds < 25
    counts = choosy.outbox.status().counts
    assert (counts[State.ACKED], counts[State.RETRY_WAIT]) == (99, 1)


def test_one_that_the_server_falls_over_does_not_hold_up_the_others_either(choosy: Kiosk) -> None:
    items = hand_in(choosy, 100)
    choosy.central.bad = frozenset({items[37].id})
    choosy.central.failure = CentralUnreachable("test: 500")
    for _ in range(40):
        choosy.round()
        choosy.clock.advance(timedelta(minutes=5))
    counts = choosy.outbox.status().counts
    assert (counts[State.ACKED], counts[State.RETRY_WAIT]) == (99, 1)


def test_one_that_is_refused_alone_for_too_long_is_buried_and_the_next_one_goes(
    choosy: Kiosk,
) -> None:
    (bad,) = hand_in(choosy, 1)
    choosy.central.bad = frozenset({bad.id})
    for _ in range(MOST_FAULTS):
        choosy.round()
        choosy.clock.advance(timedelta(minutes=5))
    hand_in(choosy, 1)
    choosy.round()
    counts = choosy.outbox.status().counts
    assert (counts[State.DEAD], counts[State.ACKED]) == (1, 1)


def test_a_batch_grows_again_after_a_failure(kiosk: Kiosk, central: FakeCentral) -> None:
    hand_in(kiosk, 230)
    central.loses_answers = True
    for _ in range(3):
        kiosk.round()
    central.loses_answers = False
    kiosk.clock.advance(timedelta(minutes=5))
    while kiosk.round():
        pass
    assert central.batches == [100, 50, 25, 12, 24, 48, 96, 50]
    assert kiosk.outbox.status().waiting == 0


def test_without_a_keyset_nothing_is_leased(kiosk: Kiosk, central: FakeCentral) -> None:
    hand_in(kiosk, 1)
    (kiosk.folder / "keyset.json").unlink()
    kiosk.keys = CentralKeys(kiosk.folder / "keyset.json")
    kiosk.boot()
    with pytest.raises(NotProvisioned):
        kiosk.drain.round()
    assert kiosk.outbox.status().counts[State.SEALED] == 1
    assert central.batches == []


def test_three_large_pictures_go_one_batch_after_another(tmp_path: Path) -> None:
    central = Weighing(SECRETS)
    kiosk = Kiosk(tmp_path / "kiosk", central)
    pictures = [replace(submission(), content=bytes(400 << 10)) for _ in range(3)]
    kiosk.outbox.put_all([kiosk.seal.seal(picture) for picture in pictures])
    while kiosk.drain.round():
        pass
    assert central.held.keys() == {picture.id for picture in pictures}
    assert max(central.sizes) <= wire.MAX_BATCH_BYTES
    kiosk.outbox.close()


class Weighing(FakeCentral):
    """Notes how large each batch is on the line."""

    def send(self, batch: wire.Batch) -> wire.BatchResult:
        self.sizes = [*getattr(self, "sizes", []), len(batch.model_dump_json())]
        return super().send(batch)
