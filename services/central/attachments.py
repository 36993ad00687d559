"""Photographed papers: each comes as a submission of its own under the number of its form, before
it or after it, with the form or with an addition to it. That it belongs there is shown by the
form's query code. What joins a case that is withdrawn by then is noted for the clerk.

One with another code is taken in like any other but belongs to no case. An answer of its own would
tell which code is right, to whoever guesses and as often as they like.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.submission.case import CaseState
from services import wire
from services.central import eventlog
from services.central.keys import ServerKeys
from services.central.tables import AttachmentRow, CaseRow, SubmissionRow
from services.central.vault import Vault, about

LATE_PICTURE = "late_picture"
"""The action of the event log for a picture that joins a withdrawn case."""
_MOST_PAGES = 999


def keep(session: Session, keys: ServerKeys, payload: wire.Payload, now: datetime) -> None:
    """Keep a paper whose submission is stored: with its case, or until its form arrives. Nobody
    else may be writing (see `eventlog.wait_turn`)."""
    row = _sealed(keys.vault, payload)
    case = session.scalar(select(CaseRow).where(CaseRow.number == payload.number))
    if case is None:
        row.code_hash = keys.codes.hash(payload.number, payload.code)
    elif keys.codes.match(payload.number, payload.code, case.code_hash):
        _join(session, keys.vault, row, case, now)
    else:
        _note_stranger(session, row, now)
    session.add(row)


def claim(session: Session, keys: ServerKeys, case: CaseRow, code: str, now: datetime) -> None:
    """The form of this case has arrived, with this query code: the papers that wait for it are the
    case's. Nobody else may be writing (see `eventlog.wait_turn`)."""
    waiting = select(AttachmentRow).where(
        AttachmentRow.number == case.number, AttachmentRow.code_hash.is_not(None)
    )
    for row in session.scalars(waiting.order_by(AttachmentRow.page, AttachmentRow.id)).all():
        if row.code_hash is not None and keys.codes.match(case.number, code, row.code_hash):
            _join(session, keys.vault, row, case, now)
        else:
            _note_stranger(session, row, now)
        row.code_hash = None


def _join(session: Session, vault: Vault, row: AttachmentRow, case: CaseRow, now: datetime) -> None:
    row.case_id = case.id
    if case.state == CaseState.WITHDRAWN:
        detail = f"{vault.open(row.paper, about(row.id, 'paper'))}（第{row.page}张）"
        actor = _kiosk(session, row)
        eventlog.append(
            session,
            vault,
            case_id=case.id,
            action=LATE_PICTURE,
            at=now,
            actor=actor,
            detail=detail,
        )


def _sealed(vault: Vault, payload: wire.Payload) -> AttachmentRow:
    id_ = str(payload.id)
    paper, page = payload.facts.get("paper", ""), payload.facts.get("page", 1)
    return AttachmentRow(
        id=id_,
        number=payload.number,
        page=page if isinstance(page, int) and 1 <= page <= _MOST_PAGES else 1,
        paper=vault.seal(str(paper), about(id_, "paper")),
        content=vault.seal_bytes(payload.content, about(id_, "content")),
        belongs_to=_submission_id(payload.facts.get("belongs_to")),
    )


def _submission_id(written: str | int | bool | None) -> str | None:
    try:
        return str(UUID(str(written)))
    except ValueError:
        return None


def _note_stranger(session: Session, row: AttachmentRow, now: datetime) -> None:
    """The operator should know which kiosk sends such papers."""
    actor = _kiosk(session, row)
    eventlog.audit(session, at=now, actor=actor, action="code_differs", subject=row.id)


def _kiosk(session: Session, row: AttachmentRow) -> str:
    return f"kiosk:{session.get_one(SubmissionRow, row.id).kiosk_id}"
