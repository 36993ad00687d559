import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from kiosk.domain.submission.delivery import Acknowledged, Buried, RetryLater
from kiosk.domain.submission.model import Kind, SealedSubmission, State
from kiosk.domain.submission.receipt import receipt_hash
from services.storage.outbox import SqliteOutbox

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NUMBER = "BBC-7K4M-92QX-5"


def sealed(envelope: bytes = b"sealed", number: str = NUMBER, hours: int = 0) -> SealedSubmission:
    return SealedSubmission(
        id=uuid7(),
        kind=Kind.APPLICATION,
        created_at=NOW + timedelta(hours=hours, microseconds=7),
        kiosk_id="test-kiosk",
        key_id="k1",
        suite="suite",
        envelope=envelope,
        sha256=bytes(32),
        signature=bytes(64),
        receipt_hash=receipt_hash(number),
    )


def acknowledged(id: UUID) -> Acknowledged:
    return Acknowledged(id, NOW, "k1", bytes(64))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.sqlite"


@pytest.fixture
def outbox(file: Path) -> Iterator[SqliteOutbox]:
    outbox = SqliteOutbox(file)
    yield outbox
    outbox.close()


def lease(outbox: SqliteOutbox, now: datetime = NOW, limit: int = 100) -> list[SealedSubmission]:
    return [one.sealed for one in outbox.lease(now, limit, 1 << 20, MINUTE)]


def test_what_is_put_comes_out_as_it_was(outbox: SqliteOutbox) -> None:
    one = sealed()
    outbox.put(one)
    assert lease(outbox) == [one]


def test_an_item_put_twice_is_one_submission(outbox: SqliteOutbox) -> None:
    one = sealed()
    outbox.put(one)
    outbox.put(replace(one, envelope=b"sealed again"))
    assert outbox.status().counts[State.SEALED] == 1
    assert lease(outbox) == [one]


def test_several_are_stored_together_or_not_at_all(outbox: SqliteOutbox) -> None:
    good, broken = sealed(), replace(sealed(), envelope=None)
    with pytest.raises(IntegrityError):
        outbox.put_all([good, broken])
    assert outbox.status().waiting == 0
    outbox.put_all([good, sealed()])
    assert outbox.status().waiting == 2
    outbox.put_all([])
    assert outbox.status().waiting == 2


def test_a_number_is_waiting_until_it_is_acknowledged(outbox: SqliteOutbox) -> None:
    one = sealed()
    assert not outbox.is_waiting(NUMBER)
    outbox.put(one)
    assert outbox.is_waiting(NUMBER)
    lease(outbox)
    assert outbox.is_waiting(NUMBER)
    outbox.settle([acknowledged(one.id)])
    assert not outbox.is_waiting(NUMBER)


def test_the_acknowledged_leave_a_tombstone_without_envelope(
    outbox: SqliteOutbox, file: Path
) -> None:
    one = sealed(b"\x99envelope\x99" * 500)
    outbox.put(one)
    lease(outbox)
    outbox.settle([acknowledged(one.id)])
    outbox.put(one)
    outbox.close()
    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT state, envelope, registered_at FROM outbox").fetchall()
    connection.close()
    assert rows == [("acked", None, int(NOW.timestamp()) * 1_000_000)]
    assert b"\x99envelope\x99" not in file.read_bytes()


def test_a_leased_submission_is_nobody_else_s_until_the_lease_ends(outbox: SqliteOutbox) -> None:
    one = sealed()
    outbox.put(one)
    assert lease(outbox) == [one]
    assert lease(outbox) == []
    assert outbox.next_wake(NOW) == NOW + MINUTE
    assert lease(outbox, NOW + MINUTE) == [one]


def test_attempts_are_counted_over_restarts(outbox: SqliteOutbox, file: Path) -> None:
    outbox.put(sealed())
    attempts = []
    for n in range(3):
        reopened = SqliteOutbox(file)
        attempts += [one.attempts for one in reopened.lease(NOW + n * MINUTE, 1, 1, MINUTE)]
        reopened.close()
    assert attempts == [1, 2, 3]


def test_a_wait_survives_a_restart(outbox: SqliteOutbox, file: Path) -> None:
    one = sealed()
    outbox.put(one)
    lease(outbox)
    outbox.settle([RetryLater(one.id, NOW + 3 * MINUTE, "busy")])
    outbox.close()
    reopened = SqliteOutbox(file)
    assert reopened.next_wake(NOW) == NOW + 3 * MINUTE
    assert lease(reopened, NOW + 2 * MINUTE) == []
    assert lease(reopened, NOW + 3 * MINUTE) == [one]
    reopened.close()


def test_only_what_waits_for_a_cause_is_released_with_it(outbox: SqliteOutbox) -> None:
    first, second = sealed(), sealed()
    outbox.put(first)
    outbox.put(second)
    lease(outbox)
    later = NOW + timedelta(minutes=5)
    outbox.settle(
        [RetryLater(first.id, later, "unreachable"), RetryLater(second.id, later, "busy")]
    )
    outbox.release("unreachable")
    assert lease(outbox) == [first]


def test_the_dead_stay_for_the_operator_and_are_not_sent(outbox: SqliteOutbox) -> None:
    one = sealed()
    outbox.put(one)
    lease(outbox)
    outbox.settle([Buried(one.id, "conflict")])
    assert lease(outbox, NOW + timedelta(days=365)) == []
    assert outbox.next_wake(NOW) is None
    assert outbox.is_waiting(NUMBER)
    assert outbox.status().counts[State.DEAD] == 1
    assert outbox.status().waiting == 1


def test_a_late_settlement_changes_nothing_that_is_over(outbox: SqliteOutbox) -> None:
    one = sealed()
    outbox.put(one)
    lease(outbox)
    outbox.settle([acknowledged(one.id)])
    outbox.settle([RetryLater(one.id, NOW, "late"), Buried(one.id, "late"), acknowledged(one.id)])
    assert outbox.status().counts == {state: int(state is State.ACKED) for state in State}


def test_an_acknowledgement_after_the_lease_ended_still_counts(outbox: SqliteOutbox) -> None:
    one = sealed()
    outbox.put(one)
    lease(outbox)
    outbox.settle([RetryLater(one.id, NOW, "unreachable")])
    outbox.settle([acknowledged(one.id)])
    assert outbox.status().waiting == 0


def test_a_batch_keeps_to_its_count_and_size_oldest_first(outbox: SqliteOutbox) -> None:
    items = [sealed(b"x" * 400) for _ in range(5)]
    for one in reversed(items):
        outbox.put(one)
    assert [one.sealed for one in outbox.lease(NOW, 100, 1000, MINUTE)] == items[:2]
    assert lease(outbox, limit=2) == items[2:4]
    assert [one.sealed for one in outbox.lease(NOW, 100, 1, MINUTE)] == items[4:]


def test_fresh_submissions_go_before_those_that_failed(outbox: SqliteOutbox) -> None:
    failed, fresh = sealed(), sealed()
    outbox.put(failed)
    lease(outbox)
    outbox.settle([RetryLater(failed.id, NOW, "refused")])
    outbox.put(fresh)
    assert lease(outbox, limit=1) == [fresh]


@pytest.mark.parametrize("jump", [timedelta(days=-365), timedelta(days=365)])
def test_a_clock_that_jumps_a_year_strands_nothing(outbox: SqliteOutbox, jump: timedelta) -> None:
    leased, waiting = sealed(), sealed()
    outbox.put(leased)
    outbox.put(waiting)
    lease(outbox)
    outbox.settle([RetryLater(waiting.id, NOW + MINUTE, "unreachable")])
    assert lease(outbox, NOW + jump) == [leased, waiting]


def test_the_status_knows_counts_and_the_oldest_waiting(outbox: SqliteOutbox) -> None:
    assert outbox.status().oldest_waiting is None
    young, old = sealed(hours=2), sealed(hours=1)
    outbox.put(young)
    outbox.put(old)
    assert outbox.status().oldest_waiting == old.created_at
    lease(outbox)
    outbox.settle([acknowledged(old.id)])
    assert outbox.status().oldest_waiting == young.created_at
    assert outbox.status().counts[State.LEASED] == 1
    assert outbox.status().counts[State.ACKED] == 1


def test_the_database_itself_refuses_to_delete_a_submission(
    outbox: SqliteOutbox, file: Path
) -> None:
    outbox.put(sealed())
    connection = sqlite3.connect(file)
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        connection.execute("DELETE FROM outbox")
    connection.close()


def test_what_somebody_waits_for_goes_first_and_papers_last(outbox: SqliteOutbox) -> None:
    kinds = [Kind.ATTACHMENT, Kind.APPLICATION, Kind.RATING, Kind.COMPLAINT]
    items = [replace(sealed(), kind=kind) for kind in kinds]
    outbox.put_all(items)
    assert lease(outbox, limit=1) == [items[3]]
    assert lease(outbox) == [items[1], items[2], items[0]]


def test_an_operator_sees_what_waits_and_nothing_of_what_is_in_it(outbox: SqliteOutbox) -> None:
    items = [sealed(b"x" * n) for n in (5, 6, 7)]
    outbox.put_all(items)
    lease(outbox, limit=2)
    outbox.settle([acknowledged(items[0].id), Buried(items[1].id, "conflict")])
    dead, waiting = outbox.waiting()
    assert (dead.id, dead.state, dead.last_code, dead.size) == (
        items[1].id,
        State.DEAD,
        "conflict",
        6,
    )
    assert waiting.state is State.SEALED
    assert outbox.waiting(after=dead.id) == [waiting]
    assert outbox.waiting(limit=1) == [dead]


def test_the_dead_can_be_tried_again_all_or_by_name(outbox: SqliteOutbox) -> None:
    items = [sealed() for _ in range(3)]
    outbox.put_all(items)
    lease(outbox)
    outbox.settle([Buried(one.id, "conflict") for one in items])
    assert outbox.requeue([items[1].id]) == 1
    (again,) = outbox.lease(NOW, 100, 1 << 20, MINUTE)
    assert (again.sealed, again.attempts) == (items[1], 1)
    assert outbox.requeue() == 2
    assert lease(outbox) == [items[0], items[2]]


def test_what_was_copied_for_the_road_is_told_apart_and_still_sent(outbox: SqliteOutbox) -> None:
    items = [sealed() for _ in range(4)]
    outbox.put_all(items)
    lease(outbox, limit=2)
    outbox.settle([Buried(items[0].id, "conflict")])
    assert outbox.copies(None, 2) == items[1:3]
    assert outbox.copies(items[2].id, 2) == items[3:]
    outbox.exported([one.id for one in items[1:]])
    counts = outbox.status().counts
    assert (counts[State.EXPORTED], counts[State.LEASED], counts[State.DEAD]) == (2, 1, 1)
    assert lease(outbox) == items[2:]
    outbox.settle([acknowledged(one.id) for one in items[1:]])
    assert outbox.status().counts[State.ACKED] == 3


def test_it_is_known_whether_a_citizen_has_seen_that_the_last_one_is_stored(
    outbox: SqliteOutbox, file: Path
) -> None:
    assert outbox.last_unseen() is None
    one = sealed()
    outbox.put(one)
    outbox.close()
    reopened = SqliteOutbox(file)
    assert reopened.last_unseen() == one.created_at
    reopened.seen()
    assert reopened.last_unseen() is None
    reopened.close()


def test_many_threads_may_put_while_one_leases(outbox: SqliteOutbox) -> None:
    items = [sealed() for _ in range(80)]
    threads = [
        threading.Thread(target=lambda part=part: [outbox.put(one) for one in items[part::4]])
        for part in range(4)
    ]
    for thread in threads:
        thread.start()
    taken: list[SealedSubmission] = []
    while any(thread.is_alive() for thread in threads):
        taken += lease(outbox)
    for thread in threads:
        thread.join()
    taken += lease(outbox)
    assert sorted(one.id for one in taken) == [one.id for one in sorted(items, key=lambda i: i.id)]


def test_queries_of_the_open_queue_use_an_index(outbox: SqliteOutbox, file: Path) -> None:
    connection = sqlite3.connect(file)
    for query in (
        "SELECT * FROM outbox WHERE priority = 1 AND next_at <= 1"
        " ORDER BY next_at, created_at, id LIMIT 100",
        "SELECT next_at FROM outbox WHERE priority = 1 AND next_at IS NOT NULL"
        " ORDER BY next_at LIMIT 1",
        "UPDATE outbox SET next_at = 0 WHERE priority IN (0, 1, 2) AND next_at > 5",
        "SELECT min(created_at) FROM outbox WHERE envelope IS NOT NULL",
        "SELECT id FROM outbox WHERE receipt_hash = 1 AND envelope IS NOT NULL LIMIT 1",
    ):
        (step,) = connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
        assert step[3].startswith("SEARCH outbox USING")
    connection.close()
