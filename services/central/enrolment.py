"""How kiosks come to be known here, by a token that is used once, and how to be rid of one."""

import hashlib
import hmac
import re
import secrets
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from kiosk.errors import KnownError
from services import wire
from services.central import eventlog
from services.central.office import Office
from services.central.problems import ProblemError
from services.central.tables import EnrolmentRow, KioskRow

TOKEN_LIFE = timedelta(days=1)
_TOKEN_BYTES = 24
_OPERATOR = "operator"


class KioskNameError(KnownError):
    """No kiosk is known by this name, or none can go by it."""


def issue(office: Office, kiosk_id: str) -> str:
    """A fresh token for one kiosk, good for `TOKEN_LIFE`. One that was issued for it before and not
    used is good no more.

    Raises `KioskNameError`.
    """
    if not re.fullmatch(wire.KIOSK_ID, kiosk_id):
        raise KioskNameError(f"{kiosk_id}: a kiosk's id is 1 to 32 of a-z, 0-9 and -")
    token, now = secrets.token_urlsafe(_TOKEN_BYTES), office.clock.now()
    row = EnrolmentRow(token_hash=_hash(token), kiosk_id=kiosk_id, expires_at=now + TOKEN_LIFE)
    with office.database.write() as session:
        _void(session, kiosk_id)
        session.add(row)
        eventlog.audit(session, at=now, actor=_OPERATOR, action="token_issued", subject=kiosk_id)
    return token


def redeem(office: Office, enrolment: wire.Enrolment) -> None:
    """Enrol a kiosk, which has signed with this key, for its token. One that is known already has
    this key from now on, and is revoked no more. Twice is once: the first answer may be lost. With
    open enrolment one that is not known needs no token.

    Raises `ProblemError`.
    """
    now, id_, key = office.clock.now(), enrolment.kiosk_id, enrolment.verify_key
    good = (
        EnrolmentRow.token_hash == _hash(enrolment.token),
        EnrolmentRow.kiosk_id == id_,
        EnrolmentRow.used_at.is_(None),
        EnrolmentRow.expires_at > now,
    )
    use = update(EnrolmentRow).where(*good).values(used_at=now).returning(EnrolmentRow.kiosk_id)
    with office.database.write() as session:
        used = session.scalars(use).all()
        kiosk = session.get(KioskRow, id_)
        if not used:
            if kiosk and not kiosk.revoked_at and hmac.compare_digest(kiosk.verify_key, key):
                return
            if kiosk or not office.open_enrolment:
                raise ProblemError(wire.ProblemType.TOKEN)
        if kiosk is None:
            session.add(KioskRow(id=id_, verify_key=key, enrolled_at=now))
        else:
            kiosk.verify_key, kiosk.enrolled_at, kiosk.revoked_at = key, now, None
        how = "token" if used else "open"
        eventlog.audit(session, at=now, actor=f"kiosk:{id_}", action="enrolled", subject=how)


def revoke(office: Office, kiosk_id: str) -> None:
    """Take nothing from a kiosk any more, nor enrol it with a token issued before.

    Raises `KioskNameError`.
    """
    now = office.clock.now()
    with office.database.write() as session:
        kiosk = session.get(KioskRow, kiosk_id)
        if kiosk is None:
            raise KioskNameError(f"{kiosk_id}: no kiosk is enrolled by this name")
        _void(session, kiosk_id)
        kiosk.revoked_at = kiosk.revoked_at or now
        eventlog.audit(session, at=now, actor=_OPERATOR, action="revoked", subject=kiosk_id)


def _void(session: Session, kiosk_id: str) -> None:
    unused = (EnrolmentRow.kiosk_id == kiosk_id, EnrolmentRow.used_at.is_(None))
    session.execute(delete(EnrolmentRow).where(*unused))


def _hash(token: str) -> bytes:
    """Without salt or stretching: a token is too long to be guessed."""
    return hashlib.sha256(token.encode()).digest()
