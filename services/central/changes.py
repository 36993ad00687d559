"""How the cases that came from a kiosk have gone on: nothing of what they are about."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.submission.case import CaseState
from kiosk.domain.submission.receipt import receipt_hash
from services import wire
from services.central import eventlog
from services.central.tables import CaseRow, EventRow, SubmissionRow

_STATES = frozenset(CaseState)
LOOKED_AT = 10_000
"""Events for one answer: about a hundredth of a second, however long the log."""


def since(session: Session, kiosk_id: str, cursor: int) -> wire.StateChanges:
    """The changes among the first `LOOKED_AT` events after `cursor`, at most `wire.MOST_CHANGES`.
    So whoever begins at 0 walks the log once, and no answer keeps others waiting."""
    end = min(cursor + LOOKED_AT, eventlog.length(session))
    query = (
        select(EventRow.seq, CaseRow.number, EventRow.action, EventRow.at)
        .join(CaseRow, CaseRow.id == EventRow.case_id)
        .join(SubmissionRow, SubmissionRow.id == CaseRow.id)
        .where(EventRow.seq > cursor, EventRow.seq <= end, EventRow.action.in_(_STATES))
        .where(SubmissionRow.kiosk_id == kiosk_id)
        .order_by(EventRow.seq)
        .limit(wire.MOST_CHANGES)
    )
    rows = session.execute(query).all()
    changes = [
        wire.StateChange.model_construct(receipt_hash=receipt_hash(number), state=action, at=at)
        for _, number, action, at in rows
    ]
    full = len(rows) == wire.MOST_CHANGES
    return wire.StateChanges(changes=changes, cursor=rows[-1].seq if full else end)
