"""What stands in the queue's rows, and the statements that read and write many of them."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, RowMapping, Select, Update, bindparam, select, update

from kiosk.domain.submission.delivery import (
    Acknowledged,
    Buried,
    LeasedSubmission,
    RetryLater,
    Settlement,
)
from kiosk.domain.submission.model import (
    PRIORITIES,
    PRIORITY,
    Kind,
    QueuedSubmission,
    SealedSubmission,
    State,
)
from services.storage.tables import AT_ONCE, outbox

SEALED_COLUMNS = tuple(outbox.c[each.name] for each in fields(SealedSubmission))
"""What `sealed_of` needs. Every version of the table has them."""
_OF = outbox.c.id == bindparam("of")
_LEASED = update(outbox).where(_OF).where(outbox.c.state == State.LEASED)
_ACKNOWLEDGE = (
    update(outbox)
    .where(_OF)
    .where(outbox.c.state != State.ACKED)
    .values(state=State.ACKED, envelope=None, next_at=None, last_code="")
)
_RETRY = _LEASED.values(
    state=State.RETRY_WAIT, faults=outbox.c.faults + bindparam("fault", type_=Integer)
)
_BURY = _LEASED.values(state=State.DEAD, next_at=None)


def written(settlements: Sequence[Settlement]) -> Iterator[tuple[Update, list[dict[str, object]]]]:
    """One statement for each way to end, with its rows."""
    rows: dict[Update, list[dict[str, object]]] = {_ACKNOWLEDGE: [], _RETRY: [], _BURY: []}
    for one in settlements:
        match one:
            case Acknowledged():
                rows[_ACKNOWLEDGE].append(
                    {
                        "of": one.id,
                        "registered_at": one.registered_at,
                        "server_key_id": one.key_id,
                        "server_signature": one.signature,
                    }
                )
            case RetryLater():
                rows[_RETRY].append(
                    {
                        "of": one.id,
                        "next_at": one.at,
                        "last_code": one.code,
                        "fault": int(one.fault),
                    }
                )
            case Buried():
                rows[_BURY].append({"of": one.id, "last_code": one.code})
    return ((statement, values) for statement, values in rows.items() if values)


def take(
    connection: Connection, now: datetime, limit: int, max_bytes: int
) -> list[LeasedSubmission]:
    """Up to `limit` due submissions of up to `max_bytes` but one at least, urgent ones first."""
    taken: list[LeasedSubmission] = []
    size = 0
    for priority in PRIORITIES:
        due = (
            select(outbox)
            .where(outbox.c.priority == priority)
            .where(outbox.c.next_at <= now)
            .order_by(outbox.c.next_at, outbox.c.created_at, outbox.c.id)
            .limit(limit - len(taken))
        )
        with connection.execute(due) as rows:
            for row in rows.mappings():
                size += len(row["envelope"])
                if taken and size > max_bytes:
                    return taken
                taken.append(LeasedSubmission(sealed_of(row), row["attempts"] + 1, row["faults"]))
        if len(taken) == limit:
            break
    return taken


def first_of(priority: int) -> Select[datetime]:
    """When the next one of a priority is due."""
    return (
        select(outbox.c.next_at)
        .where(outbox.c.priority == priority)
        .where(outbox.c.next_at.is_not(None))
        .order_by(outbox.c.next_at)
        .limit(1)
    )


def waiting_after(after: UUID | None, limit: int) -> Select[Any]:
    """What waits, dead or alive, in the order of ids."""
    waiting = select(outbox).where(outbox.c.envelope.is_not(None))
    if after is not None:
        waiting = waiting.where(outbox.c.id > after)
    return waiting.order_by(outbox.c.id).limit(limit)


def row_of(sealed: SealedSubmission) -> dict[str, object]:
    """A new row."""
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
        "priority": PRIORITY.get(sealed.kind, 1),
    }


def metadata_of(row: RowMapping) -> QueuedSubmission:
    """What an operator may know."""
    return QueuedSubmission(
        id=row["id"],
        kind=Kind(row["kind"]),
        state=State(row["state"]),
        created_at=row["created_at"],
        attempts=row["attempts"],
        last_code=row["last_code"],
        size=len(row["envelope"]),
    )


def receipt_of(row: RowMapping) -> tuple[Acknowledged, bytes]:
    """The receipt in a tombstone, and the SHA-256 of what it is for."""
    receipt = Acknowledged(
        row["id"], row["registered_at"], row["server_key_id"], row["server_signature"]
    )
    return receipt, row["sha256"]


def sealed_of(row: RowMapping) -> SealedSubmission:
    """What was put."""
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
