"""What keeps failing by itself is buried, however often the kiosk is started anew in between."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.domain.submission.delivery import Acknowledged, Buried, LeasedSubmission, RetryLater
from kiosk.domain.submission.model import State
from kiosk.domain.submission.retry import MOST_FAULTS
from services import wire
from services.storage.outbox import SqliteOutbox
from services.uplink.faults import BUSY, NOT_ADMITTED, REFUSED, UNREACHABLE, weighed
from services.uplink.judge import MISSING, UNVERIFIED
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from tests.services.uplink.central import CentralSecrets, submission

ID = UUID(int=1)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MEMORY = Path("/dev/shm")
OWN = (MISSING, REFUSED, "retry", "retry:odd")
THE_WORLD_S = (
    *(UNREACHABLE, BUSY, NOT_ADMITTED, UNVERIFIED),
    *(f"retry:{reason}" for reason in sorted(wire.RETRY_REASONS)),
)


@pytest.mark.parametrize("code", OWN)
def test_the_last_of_too_many_faults_of_its_own_is_the_end(code: str) -> None:
    later = RetryLater(ID, NOON, code)
    assert weighed(later, 0) == RetryLater(ID, NOON, code, fault=True)
    assert weighed(later, MOST_FAULTS - 2) == RetryLater(ID, NOON, code, fault=True)
    assert weighed(later, MOST_FAULTS - 1) == Buried(ID, code)


@pytest.mark.parametrize("code", THE_WORLD_S)
def test_the_world_s_failures_kill_nothing(code: str) -> None:
    later = RetryLater(ID, NOON, code)
    assert weighed(later, 0) == weighed(later, 10 * MOST_FAULTS) == later


@pytest.mark.parametrize("end", [Acknowledged(ID, NOON, "key", bytes(64)), Buried(ID, "rejected")])
def test_an_end_is_an_end(end: Acknowledged | Buried) -> None:
    assert weighed(end, MOST_FAULTS) == end


@pytest.fixture(scope="module")
def seal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seal]:
    folder = tmp_path_factory.mktemp("kiosk")
    keys = CentralKeys(CentralSecrets().provision(folder / "keyset.json"))
    return Seal("test-kiosk", KioskKey(folder), keys)


def test_faults_are_counted_over_every_restart(seal: Seal) -> None:
    class Poisoned(RuleBasedStateMachine):
        """Two submissions that fail for one reason or another."""

        def __init__(self) -> None:
            super().__init__()
            self.folder = TemporaryDirectory(dir=MEMORY)
            self.now = NOON
            self.start()
            self.faults = {}
            for _ in range(2):
                sealed = seal.seal(submission())
                self.outbox.put(sealed)
                self.faults[sealed.id] = 0
            self.leased: dict[UUID, LeasedSubmission] = {}

        def start(self) -> None:
            self.outbox = SqliteOutbox(Path(self.folder.name) / "q.sqlite")

        def alive(self) -> bool:
            return any(count < MOST_FAULTS for count in self.faults.values())

        @rule()
        def killed(self) -> None:
            self.outbox.close()
            self.start()

        @precondition(alive)
        @rule(code=st.sampled_from(OWN), times=st.integers(1, MOST_FAULTS))
        def fails_by_itself(self, code: str, times: int) -> None:
            for _ in range(times):
                for one in self.lease(1):
                    self.outbox.settle([weighed(RetryLater(one.sealed.id, NOON, code), one.faults)])
                    self.faults[one.sealed.id] += 1

        @precondition(alive)
        @rule(code=st.sampled_from(THE_WORLD_S))
        def fails_with_the_world(self, code: str) -> None:
            self.outbox.settle(
                [weighed(RetryLater(one.sealed.id, NOON, code), one.faults) for one in self.lease()]
            )

        @precondition(alive)
        @rule()
        def killed_before_it_is_written_down(self) -> None:
            self.lease()
            self.killed()

        @rule()
        def sent_once_more_by_the_operator(self) -> None:
            self.outbox.requeue()
            for id, count in self.faults.items():
                self.faults[id] = 0 if count >= MOST_FAULTS else count

        @invariant()
        def the_dead_are_those_with_too_many(self) -> None:
            dead = {one.id for one in self.outbox.waiting() if one.state is State.DEAD}
            assert dead == {id for id, count in self.faults.items() if count >= MOST_FAULTS}

        def lease(self, limit: int = 10) -> list[LeasedSubmission]:
            self.now += timedelta(hours=1)
            leased = self.outbox.lease(self.now, limit, 1 << 20, timedelta(minutes=1))
            assert all(one.faults == self.faults[one.sealed.id] for one in leased)
            return leased

        def teardown(self) -> None:
            self.outbox.close()
            self.folder.cleanup()

    Poisoned.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
    Poisoned.TestCase().runTest()
