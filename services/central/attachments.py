"""Photographed papers: each comes as a submission of its own under the number of its form, before
it or after it. That it belongs there is shown by the form's query code.

One with another code is taken in like any other but belongs to no case. An answer of its own would
tell which code is right, to whoever guesses and as often as they like.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import wire
from services.central import eventlog
from services.central.codes import code_matches
from services.central.tables import AttachmentRow, CaseRow, SubmissionRow
from services.central.vault import Vault, about

_MOST_PAGES = 999


def keep(
    session: Session, vault: Vault, payload: wire.Payload, code_hash: str, now: datetime
) -> None:
    """Keep a paper whose submission is stored: with its case, or until its form arrives."""
    eventlog.wait_turn(session)  # the form may be arriving this very moment
    row = _sealed(vault, payload)
    case = session.scalar(select(CaseRow).where(CaseRow.number == payload.number))
    if case is None:
        row.code_hash = code_hash
    elif code_matches(payload.code, case.code_hash):
        row.case_id = case.id
    else:
        _note_stranger(session, row, now)
    session.add(row)


def claim(session: Session, case: CaseRow, code: str, now: datetime) -> None:
    """The form of this case has arrived, with this query code: the papers that wait for it are the
    case's. Nobody else may be writing (see `eventlog.wait_turn`)."""
    waiting = select(AttachmentRow).where(
        AttachmentRow.number == case.number, AttachmentRow.code_hash.is_not(None)
    )
    for row in session.scalars(waiting).all():
        if row.code_hash is not None and code_matches(code, row.code_hash):
            row.case_id = case.id
        else:
            _note_stranger(session, row, now)
        row.code_hash = None


def _sealed(vault: Vault, payload: wire.Payload) -> AttachmentRow:
    id_ = str(payload.id)
    paper, page = payload.facts.get("paper", ""), payload.facts.get("page", 1)
    return AttachmentRow(
        id=id_,
        number=payload.number,
        page=page if isinstance(page, int) and 1 <= page <= _MOST_PAGES else 1,
        paper=vault.seal(str(paper), about(id_, "paper")),
        content=vault.seal_bytes(payload.content, about(id_, "content")),
    )


def _note_stranger(session: Session, row: AttachmentRow, now: datetime) -> None:
    """The operator should know which kiosk sends such papers."""
    submission = session.get_one(SubmissionRow, row.id)
    actor = f"kiosk:{submission.kiosk_id}"
    eventlog.audit(session, at=now, actor=actor, action="code_differs", subject=row.id)
