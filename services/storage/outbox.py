"""The local queue of sealed submissions, in SQLite (WAL, `synchronous=FULL`)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import RowMapping, func, select, update
from sqlalchemy.dialects.sqlite import insert

from kiosk.domain.submission.delivery import (
    Acknowledged,
    Buried,
    LeasedSubmission,
    RetryLater,
    Settlement,
)
from kiosk.domain.submission.model import Kind, QueueStatus, SealedSubmission, State
from kiosk.domain.submission.receipt import receipt_hash
from kiosk.domain.submission.retry import LONGEST_RETRY_AFTER, LONGEST_WAIT
from services.storage.database import open_database, transaction
from services.storage.tables import AT_ONCE, counters, outbox

_FARTHEST = LONGEST_RETRY_AFTER + LONGEST_WAIT
_PUT = insert(outbox).on_conflict_do_nothing()


class SqliteOutbox:
    """Implements `kiosk.ports.Outbox` and the queue the uplink drains. Safe from any thread.

    A row is `sealed`, then `leased` by the uplink, then settled: `acked` (envelope purged, a
    tombstone with the server's receipt stays), `retry_wait` or `dead`. Every method may raise
    `StorageError`; then nothing was written.
    """

    def __init__(self, file: Path, *, busy_ms: int = 5000) -> None:
        """Open, create or migrate `file`. Raises `StorageError` with one line naming the file."""
        self._file = file
        self._engine = open_database(file, busy_ms=busy_ms)

    def close(self) -> None:
        """Give back the file. Using the outbox afterwards opens it again."""
        self._engine.dispose()

    def put(self, sealed: SealedSubmission) -> None:
        """Store durably before returning; putting the same id twice is one submission."""
        self.put_all([sealed])

    def put_all(self, sealed: Iterable[SealedSubmission]) -> None:
        """As `put`, all of them or none."""
        rows = [_row(each) for each in sealed]
        if not rows:  # an INSERT without rows is no SQL
            return
        with transaction(self._engine, self._file) as connection:
            connection.execute(_PUT, rows)

    def is_waiting(self, number: str, kinds: Collection[Kind] = tuple(Kind)) -> bool:
        """Whether something of these kinds under this receipt number is stored here, not yet
        acknowledged."""
        query = (
            select(outbox.c.id)
            .where(outbox.c.receipt_hash == receipt_hash(number))
            .where(outbox.c.envelope.is_not(None))
            .where(outbox.c.kind.in_(kinds))
            .limit(1)
        )
        with transaction(self._engine, self._file, read=True) as connection:
            return connection.execute(query).first() is not None

    def status(self) -> QueueStatus:
        """Counts for the operator, at a cost that does not grow with the queue."""
        oldest = select(func.min(outbox.c.created_at)).where(outbox.c.envelope.is_not(None))
        with transaction(self._engine, self._file, read=True) as connection:
            counts = {State(row.state): row.n for row in connection.execute(select(counters))}
            return QueueStatus(counts=counts, oldest_waiting=connection.scalar(oldest))

    def lease(
        self, now: datetime, limit: int, max_bytes: int, for_: timedelta
    ) -> list[LeasedSubmission]:
        """Take up to `limit` due submissions, for `for_`: never tried ones first, oldest first.

        Their envelopes stay within `max_bytes` together, but the first is always taken. What is not
        settled when the lease ends is due again.
        """
        due = (
            select(outbox)
            .where(outbox.c.next_at <= now)
            .order_by(outbox.c.next_at, outbox.c.id)
            .limit(limit)
        )
        # Rows due later than any wait can be were timed by a clock that has since been set back.
        mistimed = update(outbox).where(outbox.c.next_at > now + max(_FARTHEST, for_))
        with transaction(self._engine, self._file) as connection:
            connection.execute(mistimed.values(next_at=AT_ONCE))
            taken: list[LeasedSubmission] = []
            size = 0
            with connection.execute(due) as rows:
                for row in rows.mappings():
                    size += len(row["envelope"])
                    if taken and size > max_bytes:
                        break
                    taken.append(LeasedSubmission(_sealed(row), row["attempts"] + 1))
            if taken:
                ids = [leased.sealed.id for leased in taken]
                connection.execute(
                    update(outbox)
                    .where(outbox.c.id.in_(ids))
                    .values(
                        state=State.LEASED,
                        next_at=now + for_,
                        attempts=outbox.c.attempts + 1,
                    )
                )
        return taken

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """Write down how a batch's deliveries ended, in one transaction.

        `Acknowledged` purges the envelope, whatever state the row is in; the others touch only
        rows that are still leased. Settling twice is settling once.
        """
        with transaction(self._engine, self._file) as connection:
            for settlement in settlements:
                row = update(outbox).where(outbox.c.id == settlement.id)
                leased = row.where(outbox.c.state == State.LEASED)
                match settlement:
                    case Acknowledged():
                        connection.execute(
                            row.where(outbox.c.state != State.ACKED).values(
                                state=State.ACKED,
                                envelope=None,
                                next_at=None,
                                last_code="",
                                registered_at=settlement.registered_at,
                                server_key_id=settlement.key_id,
                                server_signature=settlement.signature,
                            )
                        )
                    case RetryLater():
                        connection.execute(
                            leased.values(
                                state=State.RETRY_WAIT,
                                next_at=settlement.at,
                                last_code=settlement.code,
                            )
                        )
                    case Buried():
                        connection.execute(
                            leased.values(state=State.DEAD, next_at=None, last_code=settlement.code)
                        )

    def release(self, code: str) -> None:
        """The cause `code` is gone: what waits because of it is due at once."""
        with transaction(self._engine, self._file) as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.next_at > AT_ONCE)
                .where(outbox.c.state == State.RETRY_WAIT)
                .where(outbox.c.last_code == code)
                .values(next_at=AT_ONCE)
            )

    def next_wake(self, now: datetime) -> datetime | None:
        """When the next submission is due (not before `now`); None if none waits for delivery."""
        query = select(func.min(outbox.c.next_at)).where(outbox.c.next_at.is_not(None))
        with transaction(self._engine, self._file, read=True) as connection:
            earliest = connection.scalar(query)
        return None if earliest is None else min(max(earliest, now), now + _FARTHEST)


def _row(sealed: SealedSubmission) -> dict[str, object]:
    return {
        "id": sealed.id,
        "kind": sealed.kind,
        "state": State.SEALED,
        "created_at": sealed.created_at,
        "kiosk_id": sealed.kiosk_id,
        "key_id": sealed.key_id,
        "suite": sealed.suite,
        "sha256": sealed.sha256,
        "signature": sealed.signature,
        "receipt_hash": sealed.receipt_hash,
        "envelope": sealed.envelope,
        "next_at": AT_ONCE,
    }


def _sealed(row: RowMapping) -> SealedSubmission:
    return SealedSubmission(
        id=row["id"],
        kind=Kind(row["kind"]),
        created_at=row["created_at"],
        kiosk_id=row["kiosk_id"],
        key_id=row["key_id"],
        suite=row["suite"],
        envelope=row["envelope"],
        sha256=row["sha256"],
        signature=row["signature"],
        receipt_hash=row["receipt_hash"],
    )
