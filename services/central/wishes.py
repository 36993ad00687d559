"""What citizens did with their cases at a kiosk: each comes as a submission of its own under the
number of the case, before it or after it. That the citizen may is shown by the case's query code.

One with another code is taken in like any other and has no effect, as with papers
(`attachments.py`); its words are not kept.
"""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.submission.afterwards import Wish
from kiosk.domain.submission.case import Rating
from kiosk.domain.submission.model import Kind
from services import wire
from services.central import afterwards, eventlog
from services.central.keys import ServerKeys
from services.central.tables import CaseRow, SubmissionRow, WishRow
from services.central.vault import Vault, about


def wish_of(payload: wire.Payload) -> Wish:
    """What the citizen wants. Raises `ValueError` if it is nothing that can be wanted."""
    level = payload.facts.get("rating")
    if isinstance(level, bool | str):
        raise ValueError("a level is a number")
    try:
        said_at = payload.created_at.astimezone(UTC)
    except OverflowError as error:  # a moment at the edge of the calendar has no UTC form
        raise ValueError("there is no such moment") from error
    text = "\n".join(answer.answer for answer in payload.answers)
    return Wish(Kind(payload.kind), said_at, text, None if level is None else Rating(level))


def keep(session: Session, keys: ServerKeys, payload: wire.Payload, now: datetime) -> bool:
    """Do what is wanted of a case that is here, or keep it until it is; the submission is stored.
    Returns whether the query code has been seen to be the case's. Nobody else may be writing (see
    `eventlog.wait_turn`)."""
    wish, id_, number = wish_of(payload), str(payload.id), payload.number
    case = session.scalar(select(CaseRow).where(CaseRow.number == number))
    if case is None:
        code_hash = keys.codes.hash(number, payload.code)
        session.add(_sealed(keys.vault, id_, number, code_hash, wish))
        return False
    if not keys.codes.match(number, payload.code, case.code_hash):
        _note_stranger(session, id_, now)
        return False
    _arrive(session, keys.vault, case, id_, wish, now)
    return True


def claim(session: Session, keys: ServerKeys, case: CaseRow, code: str, now: datetime) -> None:
    """This case has arrived, with this query code: what waits for it is done in the order it was
    said. Nobody else may be writing (see `eventlog.wait_turn`)."""
    waiting = select(WishRow).where(WishRow.number == case.number)
    for row in session.scalars(waiting.order_by(WishRow.said_at, WishRow.id)).all():
        if keys.codes.match(case.number, code, row.code_hash):
            _arrive(session, keys.vault, case, row.id, _opened(keys.vault, row), now)
        else:
            _note_stranger(session, row.id, now)
        session.delete(row)


def _sealed(vault: Vault, id_: str, number: str, code_hash: str, wish: Wish) -> WishRow:
    return WishRow(
        id=id_,
        number=number,
        code_hash=code_hash,
        kind=wish.kind,
        said_at=wish.at,
        rating=wish.rating,
        text=vault.seal(wish.text, about(id_, "wish")),
    )


def _opened(vault: Vault, row: WishRow) -> Wish:
    rating = None if row.rating is None else Rating(row.rating)
    return Wish(Kind(row.kind), row.said_at, vault.open(row.text, about(row.id, "wish")), rating)


def _arrive(
    session: Session, vault: Vault, case: CaseRow, id_: str, wish: Wish, now: datetime
) -> None:
    afterwards.arrive(session, vault, case, wish, now, _kiosk(session, id_))


def _note_stranger(session: Session, id_: str, now: datetime) -> None:
    """The operator should know which kiosk sends such wishes."""
    eventlog.audit(session, at=now, actor=_kiosk(session, id_), action="code_differs", subject=id_)


def _kiosk(session: Session, id_: str) -> str:
    return f"kiosk:{session.get_one(SubmissionRow, id_).kiosk_id}"
