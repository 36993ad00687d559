"""How the cases that came from a kiosk have gone on: nothing of what they are about."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.submission.case import CaseState
from kiosk.domain.submission.receipt import receipt_hash
from services import wire
from services.central import eventlog
from services.central.tables import CaseRow, EventRow, SubmissionRow

_STATES = frozenset(CaseState)


def since(session: Session, kiosk_id: str, cursor: int) -> wire.StateChanges:
    """The first changes after `cursor`, at most `wire.MOST_CHANGES`."""
    head = eventlog.length(session)
    query = (
        select(EventRow.seq, CaseRow.number, EventRow.action, EventRow.at)
        .join(CaseRow, CaseRow.id == EventRow.case_id)
        .join(SubmissionRow, SubmissionRow.id == CaseRow.id)
        .where(EventRow.seq > cursor, EventRow.seq <= head, EventRow.action.in_(_STATES))
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
    return wire.StateChanges(changes=changes, cursor=rows[-1].seq if full else head)
