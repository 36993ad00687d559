"""The local queue of sealed submissions, in SQLite (WAL, `synchronous=FULL`)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import (
    Connection,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from kiosk.domain.submission.delivery import (
    Acknowledged,
    LeasedSubmission,
    Settlement,
)
from kiosk.domain.submission.model import (
    PRIORITIES,
    Kind,
    QueuedSubmission,
    QueueStatus,
    SealedSubmission,
    State,
)
from kiosk.domain.submission.receipt import receipt_hash
from kiosk.domain.submission.retry import LONGEST_RETRY_AFTER, LONGEST_WAIT
from kiosk.errors import StorageFull
from services.storage.rows import (
    first_of,
    metadata_of,
    receipt_of,
    row_of,
    sealed_of,
    take,
    waiting_after,
    written,
)
from services.storage.store import Store
from services.storage.tables import AT_ONCE, counters, last, outbox

_FARTHEST = LONGEST_RETRY_AFTER + LONGEST_WAIT
_PUT = insert(outbox).on_conflict_do_nothing()
_COPIED = (State.SEALED, State.RETRY_WAIT, State.EXPORTED)
"""What is on no other way while a copy of it is made."""


class SqliteOutbox:
    """Implements `kiosk.ports.Outbox` and the queue the uplink drains. Safe from any thread.

    A row is `sealed`, then `leased` by the uplink, then settled: `acked` (envelope purged, a
    tombstone with the server's receipt stays), `retry_wait` or `dead`. Every method may raise
    `StorageError`; then nothing was written.

    What is kept beside the queue shares its `store`. Where that has given up its reserve, `put`
    refuses with `StorageFull` until there is room again.
    """

    def __init__(self, file: Path, *, busy_ms: int = 5000) -> None:
        """Open, create or migrate `file`. Raises `StorageError` with one line naming the file."""
        self.store = Store(file, busy_ms=busy_ms)
        self.file = file

    def close(self) -> None:
        """Give back the file. Using the outbox afterwards opens it again."""
        self.store.close()

    def put(self, sealed: SealedSubmission) -> None:
        """Store durably before returning; putting the same id twice is one submission."""
        self.put_all([sealed])

    def put_all(self, sealed: Iterable[SealedSubmission]) -> None:
        """As `put`, all of them or none."""
        rows = [row_of(each) for each in sealed]
        if not rows:  # an INSERT without rows is no SQL
            return
        if self.store.reserve.spent:
            raise StorageFull(f"{self.file}: the disk is full")
        self.store.write(lambda connection: connection.execute(_PUT, rows))

    def accepts(self) -> bool:
        """Whether there is room for more, kept free from now on."""
        return self.store.reserve.hold()

    def last_unseen(self) -> datetime | None:
        """When the last submission was made, if its turn has not come to its end since."""
        return self.store.read(lambda connection: connection.scalar(select(last.c.stored_at)))

    def seen(self) -> None:
        """The turn has come to its end."""
        self.store.write(lambda connection: connection.execute(delete(last)))

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
        return self.store.read(lambda connection: connection.execute(query).first() is not None)

    def status(self) -> QueueStatus:
        """Counts for the operator, at a cost that does not grow with the queue."""
        oldest = select(func.min(outbox.c.created_at)).where(outbox.c.envelope.is_not(None))

        def work(connection: Connection) -> QueueStatus:
            counts = {State(row.state): row.n for row in connection.execute(select(counters))}
            return QueueStatus(counts=counts, oldest_waiting=connection.scalar(oldest))

        return self.store.read(work)

    def lease(
        self, now: datetime, limit: int, max_bytes: int, for_: timedelta
    ) -> list[LeasedSubmission]:
        """Take up to `limit` due submissions, for `for_`: by `PRIORITY`, then never tried ones
        first, oldest first.

        Their envelopes stay within `max_bytes` together, but the first is always taken. What is not
        settled when the lease ends is due again.
        """
        # Rows due later than any wait can be were timed by a clock that has since been set back.
        mistimed = (
            update(outbox)
            .where(outbox.c.priority.in_(PRIORITIES))
            .where(outbox.c.next_at > now + max(_FARTHEST, for_))
            .values(next_at=AT_ONCE)
        )

        def work(connection: Connection) -> list[LeasedSubmission]:
            connection.execute(mistimed)
            taken = take(connection, now, limit, max_bytes)
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

        taken = self.store.write(work, emptying=True)
        self.store.tidy()
        return taken

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """Write down how a batch's deliveries ended, in one transaction.

        `Acknowledged` purges the envelope, whatever state the row is in; the others touch only
        rows that are still leased. Settling twice is settling once.
        """

        def work(connection: Connection) -> None:
            for statement, rows in written(settlements):
                connection.execute(statement, rows)

        if settlements:
            self.store.write(work, emptying=True)

    def release(self, code: str) -> None:
        """The cause `code` is gone: what waits because of it is due at once."""
        waiting = (
            update(outbox)
            .where(outbox.c.priority.in_(PRIORITIES))
            .where(outbox.c.next_at > AT_ONCE)
            .where(outbox.c.state == State.RETRY_WAIT)
            .where(outbox.c.last_code == code)
            .values(next_at=AT_ONCE)
        )
        self.store.write(lambda connection: connection.execute(waiting), emptying=True)

    def next_wake(self, now: datetime) -> datetime | None:
        """When the next submission is due (not before `now`); None if none waits for delivery."""

        def work(connection: Connection) -> list[datetime]:
            moments = (connection.scalar(first_of(priority)) for priority in PRIORITIES)
            return [moment for moment in moments if moment is not None]

        earliest = min(self.store.read(work), default=None)
        return None if earliest is None else min(max(earliest, now), now + _FARTHEST)

    # What an operator does

    def waiting(self, after: UUID | None = None, limit: int = 100) -> list[QueuedSubmission]:
        """What waits here, dead or alive, in the order of ids: those `after` one."""
        query = waiting_after(after, limit)

        def work(connection: Connection) -> list[QueuedSubmission]:
            return [metadata_of(row) for row in connection.execute(query).mappings()]

        return self.store.read(work)

    def receipts(self, limit: int) -> list[tuple[Acknowledged, bytes]]:
        """The receipts of the last submissions that were acknowledged, each with the SHA-256 of
        what it is for."""
        query = (
            select(outbox)
            .where(outbox.c.state == State.ACKED)
            .order_by(text("rowid DESC"))
            .limit(limit)
        )

        def work(connection: Connection) -> list[tuple[Acknowledged, bytes]]:
            return [receipt_of(row) for row in connection.execute(query).mappings()]

        return self.store.read(work)

    def requeue(self, ids: Collection[UUID] = ()) -> int:
        """Have the dead (all of them, or those named) tried again from the beginning; how many."""
        dead = update(outbox).where(outbox.c.state == State.DEAD)
        if ids:
            dead = dead.where(outbox.c.id.in_(ids))
        risen = dead.values(state=State.SEALED, next_at=AT_ONCE, attempts=0, faults=0, last_code="")
        return self.store.write(lambda connection: connection.execute(risen).rowcount)

    def copies(self, after: UUID | None, limit: int) -> list[SealedSubmission]:
        """What is to be carried by hand, in the order of ids: all that waits, the dead aside."""
        query = waiting_after(after, limit).where(outbox.c.state != State.DEAD)

        def work(connection: Connection) -> list[SealedSubmission]:
            return [sealed_of(row) for row in connection.execute(query).mappings()]

        return self.store.read(work)

    def find(self, ids: Collection[UUID]) -> list[SealedSubmission]:
        """Those of these that wait here."""
        query = select(outbox).where(outbox.c.id.in_(ids)).where(outbox.c.envelope.is_not(None))

        def work(connection: Connection) -> list[SealedSubmission]:
            return [sealed_of(row) for row in connection.execute(query).mappings()]

        return self.store.read(work)

    def exported(self, ids: Collection[UUID]) -> None:
        """Copies of these are written. They are sent as well, once there is a line."""
        copied = update(outbox).where(outbox.c.id.in_(ids)).where(outbox.c.state.in_(_COPIED))
        self.store.write(lambda connection: connection.execute(copied.values(state=State.EXPORTED)))
