"""Envelopes that come in parts: every part is durable when it is answered, and an upload is whole
only as what its SHA-256 says. It is known by its kiosk and that SHA-256, so a kiosk that has
forgotten it finds it again."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kiosk.errors import KnownError
from services import wire
from services.central.tables import KioskRow, PartRow, UploadRow

LONGEST = wire.MAX_BATCH_BYTES
"""Bytes. No envelope that could travel in a batch is longer."""
MOST = 64
"""Uploads of one kiosk that are not used yet."""
KEPT = timedelta(days=1)
"""From the last part."""


class UnknownKioskError(KnownError):
    """No kiosk is enrolled by this name yet."""


class UnknownUploadError(KnownError):
    """The kiosk has no such upload, or has it no more."""


class WrongOffsetError(KnownError):
    """The part does not begin where the upload stands."""


class TooLargeError(KnownError):
    """More than an upload may have, than this one has, or than is kept for one kiosk."""


class ChecksumError(KnownError):
    """The part, or the whole with it, has another digest than was said; it is not kept."""


def begin(session: Session, kiosk_id: str, sha256: bytes, length: int, now: datetime) -> UploadRow:
    """The upload as far as it has come, or a new one. One of another length cannot become this
    envelope and gives way.

    Raises `TooLargeError`, `UnknownKioskError`.
    """
    if length > LONGEST:
        raise TooLargeError(f"at most {LONGEST} bytes")
    if session.get(KioskRow, kiosk_id, with_for_update=True) is None:  # begins one at a time
        raise UnknownKioskError("its first batch enrols a kiosk")
    here = session.get(UploadRow, (kiosk_id, sha256))
    if here is not None and here.expires_at > now and here.length == length:
        return here
    _remove(session, kiosk_id, sha256)
    unused = (
        UploadRow.kiosk_id == kiosk_id,
        UploadRow.used_at.is_(None),
        UploadRow.expires_at > now,
    )
    if session.scalars(select(func.count()).where(*unused)).one() >= MOST:
        raise TooLargeError(f"{MOST} uploads of this kiosk are not used yet")
    begun = UploadRow(
        kiosk_id=kiosk_id, sha256=sha256, length=length, offset=0, expires_at=now + KEPT
    )
    session.add(begun)
    return begun


def find(session: Session, kiosk_id: str, sha256: bytes, now: datetime) -> UploadRow:
    """How far it has come; in a transaction that writes nobody else moves it. Raises
    `UnknownUploadError`."""
    row = session.get(UploadRow, (kiosk_id, sha256), with_for_update=True)
    if row is None or row.expires_at <= now:
        raise UnknownUploadError("no such upload")
    return row


def append(
    session: Session, kiosk_id: str, sha256: bytes, offset: int, content: bytes, now: datetime
) -> UploadRow:
    """The upload with another part. Raises `UnknownUploadError`, `WrongOffsetError`,
    `TooLargeError`, `ChecksumError`."""
    row = find(session, kiosk_id, sha256, now)
    if offset != row.offset:
        raise WrongOffsetError(f"the upload stands at {row.offset}")
    if offset + len(content) > row.length:
        raise TooLargeError(f"the upload has {row.length} bytes")
    if not content:
        return row
    session.add(PartRow(kiosk_id=kiosk_id, sha256=sha256, start=offset, content=content))
    row.offset, row.expires_at = offset + len(content), now + KEPT
    session.flush()
    if row.offset == row.length:
        whole = finished(session, kiosk_id, [sha256])[sha256]
        if hashlib.sha256(whole).digest() != sha256:
            raise ChecksumError("the whole upload has another SHA-256")
    return row


def discard(session: Session, kiosk_id: str, sha256: bytes, now: datetime) -> None:
    """Forget it. Raises `UnknownUploadError`."""
    find(session, kiosk_id, sha256, now)
    _remove(session, kiosk_id, sha256)


def finished(session: Session, kiosk_id: str, sha256s: Collection[bytes]) -> dict[bytes, bytes]:
    """The envelopes that are here whole, of these."""
    whole = select(UploadRow.sha256).where(
        UploadRow.kiosk_id == kiosk_id,
        UploadRow.sha256.in_(sha256s),
        UploadRow.offset == UploadRow.length,
    )
    parts = (
        select(PartRow.sha256, PartRow.content)
        .where(PartRow.kiosk_id == kiosk_id, PartRow.sha256.in_(whole))
        .order_by(PartRow.sha256, PartRow.start)
    )
    found: defaultdict[bytes, bytearray] = defaultdict(bytearray)
    for sha256, content in session.execute(parts):
        found[sha256] += content
    return {sha256: bytes(content) for sha256, content in found.items()}


def use(session: Session, kiosk_id: str, sha256s: Collection[bytes], now: datetime) -> None:
    """These are submissions now. That they came stays known: a kiosk whose answer was lost need not
    send them again."""
    used = (UploadRow.kiosk_id == kiosk_id, UploadRow.sha256.in_(sha256s))
    session.execute(update(UploadRow).where(*used).values(used_at=now))
    parts = (PartRow.kiosk_id == kiosk_id, PartRow.sha256.in_(sha256s))
    session.execute(delete(PartRow).where(*parts))


def _remove(session: Session, kiosk_id: str, sha256: bytes) -> None:
    gone = (UploadRow.kiosk_id == kiosk_id, UploadRow.sha256 == sha256)
    session.execute(delete(UploadRow).where(*gone))
