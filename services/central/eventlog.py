"""The append-only event log: every link holds the SHA-256 of the link before it and its content
as stored, so the chain is checked without opening what is sealed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kiosk.errors import BugError
from services.central.tables import AuditRow, ChainHeadRow, EventRow
from services.central.vault import Vault, about

GENESIS = bytes(32)
_HEAD = 1
_WRITTEN = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of walking the whole log. `broken_at` is the first sequence number that does not
    fit (0: everything fits)."""

    events: int
    broken_at: int


def append(
    session: Session,
    vault: Vault,
    *,
    case_id: str,
    action: str,
    at: datetime,
    actor: str,
    detail: str = "",
) -> None:
    """Add one link in the caller's transaction (see `wait_turn`)."""
    head = wait_turn(session)
    seq = head.seq + 1
    row = EventRow(
        seq=seq,
        case_id=case_id,
        action=action,
        at=at,
        actor=actor,
        detail=vault.seal(detail, about(case_id, f"event {seq}")),
        previous_hash=head.hash,
    )
    row.hash = _digest_of(row)
    session.add(row)
    head.seq, head.hash = row.seq, row.hash
    session.flush()


def append_all(
    session: Session, vault: Vault, action: str, at: datetime, actors: Mapping[str, str]
) -> None:
    """The same link for each of many cases, by the actor of each, without detail; as `append`."""
    head = wait_turn(session)
    seq, previous, rows = head.seq, head.hash, []
    for case_id, actor in actors.items():
        seq += 1
        link: dict[str, Any] = {
            "seq": seq,
            "case_id": case_id,
            "action": action,
            "at": at,
            "actor": actor,
            "detail": vault.seal("", about(case_id, f"event {seq}")),
            "previous_hash": previous,
        }
        previous = _digest(**link)
        rows.append({**link, "hash": previous})
    session.connection().execute(insert(EventRow), rows)
    head.seq, head.hash = seq, previous
    session.flush()


def wait_turn(session: Session) -> ChainHeadRow:
    """The chain's head, at which writers wait for each other: from here to the end of the
    transaction nobody else is past it, on databases with many writers too."""
    head = session.get(ChainHeadRow, _HEAD, with_for_update=True)
    if head is None:
        raise BugError("the event log has no head")
    return head


def length(session: Session) -> int:
    """The sequence number of the last link; all before it are there."""
    return session.get_one(ChainHeadRow, _HEAD).seq


def detail(vault: Vault, row: EventRow) -> str:
    """What is written in one link. Raises `StorageError`."""
    return vault.open(row.detail, about(row.case_id, f"event {row.seq}"))


def verify(session: Session) -> Check:
    """Walk the log from its first link to its head, at a cost that grows with its length."""
    previous, expected = GENESIS, 1
    for row in session.scalars(
        select(EventRow).order_by(EventRow.seq).execution_options(yield_per=500)
    ):
        if (row.seq, row.previous_hash, row.hash) != (expected, previous, _digest_of(row)):
            return Check(expected - 1, row.seq)
        previous, expected = row.hash, expected + 1
    head = session.get(ChainHeadRow, _HEAD)
    if head is None or (head.seq, head.hash) != (expected - 1, previous):
        return Check(expected - 1, expected)
    return Check(expected - 1, 0)


def audit(session: Session, *, at: datetime, actor: str, action: str, subject: str) -> None:
    """Record who touched what, in the caller's transaction. No personal data."""
    session.add(AuditRow(at=at, actor=actor, action=action, subject=subject))


def _digest_of(row: EventRow) -> bytes:
    return _digest(
        seq=row.seq,
        case_id=row.case_id,
        action=row.action,
        at=row.at,
        actor=row.actor,
        detail=row.detail,
        previous_hash=row.previous_hash,
    )


def _digest(
    *,
    seq: int,
    case_id: str,
    action: str,
    at: datetime,
    actor: str,
    detail: bytes,
    previous_hash: bytes,
) -> bytes:
    content = [seq, case_id, action, at.astimezone(UTC).isoformat(), actor, detail.hex()]
    return hashlib.sha256(previous_hash + _WRITTEN.encode(content).encode()).digest()
