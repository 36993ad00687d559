"""What comes of what a citizen does with a case afterwards: additions, withdrawal, 没解决, rating,
转为反映. What is possible when is the domain's rule."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.submission.afterwards import Standing, Wish, possible
from kiosk.domain.submission.case import CaseState, Note, Rating
from kiosk.domain.submission.model import Kind
from services.central import bookings, cases, eventlog
from services.central.cases import WrongOrderError
from services.central.tables import CaseRow, EventRow
from services.central.vault import Vault

OUT_OF_ORDER = frozenset({Kind.ADDITION, Kind.RATING})
"""What leaves a case where it is: it counts as of when it was said, though a withdrawal or a
reopening that was said later has overtaken it on the way."""


def standing(case: CaseRow) -> Standing:
    """What of the case decides what can still be done with it."""
    rating = None if case.rating is None else Rating(case.rating)
    return Standing(CaseState(case.state), case.citizen_told_at, rating, case.enquiry)


def fulfil(
    session: Session, vault: Vault, case: CaseRow, wish: Wish, at: datetime, actor: str
) -> None:
    """Do it. Raises `WrongOrderError` if the case is not open to it any more.

    A bad rating, a reopening and an upgrade are to be followed up. What has been answered as an
    enquiry is taken up again as a complaint.
    """
    said_at = min(wish.at, at)  # no clock runs ahead of ours
    now = standing(case)
    if wish.kind not in possible(now, said_at) and not (
        wish.kind in OUT_OF_ORDER
        and wish.kind in possible(replace(now, state=_state(session, case, said_at)), said_at)
    ):
        raise WrongOrderError(f"the case is {case.state}; too late for {wish.kind}")
    match wish.kind:
        case Kind.WITHDRAWAL:
            bookings.release(session, case.id)
            cases.enter(session, vault, case, CaseState.WITHDRAWN, at, wish.text, actor)
        case Kind.REOPENING:
            case.follow_up_since = case.follow_up_since or at
            cases.reopen(session, vault, case, at, wish.text, actor)
        case Kind.UPGRADE:
            case.enquiry, case.upgraded_at = False, said_at
            case.follow_up_since = case.follow_up_since or at
            _note(session, vault, case, Note.UPGRADED, wish, at, actor)
            if case.closed_at is not None:
                cases.reopen(session, vault, case, at, "", actor)
        case Kind.RATING:
            case.rating = wish.rating
            if wish.rating is not None and wish.rating.is_bad:
                case.follow_up_since = case.follow_up_since or at
            _note(session, vault, case, Note.RATED, wish, at, actor)
        case Kind.ADDITION if not _just_said(session, vault, case, wish.text):
            _note(session, vault, case, Note.ADDED, wish, at, actor)


def arrive(
    session: Session, vault: Vault, case: CaseRow, wish: Wish, at: datetime, actor: str
) -> None:
    """What was said at a kiosk is here: it is done, or noted as having come too late, for clerk and
    citizen to read."""
    try:
        fulfil(session, vault, case, wish, at, actor)
    except WrongOrderError:
        _note(session, vault, case, Note(f"late_{wish.kind}"), wish, at, actor)


def _state(session: Session, case: CaseRow, at: datetime) -> CaseState:
    """The case's state at a moment, as the centre knew it; RECEIVED before it was here."""
    state = session.scalar(
        select(EventRow.action)
        .where(EventRow.case_id == case.id, EventRow.at <= at, EventRow.action.in_(CaseState))
        .order_by(EventRow.seq.desc())
        .limit(1)
    )
    return CaseState(state or CaseState.RECEIVED)


def _just_said(session: Session, vault: Vault, case: CaseRow, text: str) -> bool:
    """Whether the latest addition has the same words, as from a page that was loaded again."""
    latest = session.scalar(
        select(EventRow)
        .where(EventRow.case_id == case.id, EventRow.action == Note.ADDED)
        .order_by(EventRow.seq.desc())
        .limit(1)
    )
    return latest is not None and eventlog.detail(vault, latest) == text


def _note(
    session: Session,
    vault: Vault,
    case: CaseRow,
    note: Note,
    wish: Wish,
    at: datetime,
    actor: str,
) -> None:
    detail = wish.text if wish.rating is None else str(int(wish.rating))
    eventlog.append(session, vault, case_id=case.id, action=note, at=at, actor=actor, detail=detail)
