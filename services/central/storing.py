"""How what is new is stored: one item after another, or many plain cases at once."""

import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import insert, select, union_all
from sqlalchemy.orm import Session

from kiosk.domain.complaint.triage import is_enquiry
from kiosk.domain.counter.booking import bookable_days, open_slots
from kiosk.domain.submission.afterwards import AFTERWARDS
from kiosk.domain.submission.case import CaseState
from kiosk.domain.submission.model import Kind
from services import wire
from services.central import attachments, bookings, clocks, eventlog, wishes
from services.central.keys import ServerKeys
from services.central.office import Office
from services.central.opening import RefusedError
from services.central.tables import (
    AttachmentRow,
    AuditRow,
    CaseRow,
    KioskRow,
    SubmissionRow,
    WishRow,
)
from services.central.vault import about
from services.receipts import sign_together
from services.wire import ItemResult, Outcome

_OF_A_CASE = AFTERWARDS | {Kind.ATTACHMENT}
_PLAIN = frozenset(Kind) - _OF_A_CASE - {Kind.BOOKING}
"""What opens a case and does nothing else."""
_NUMBERED = (CaseRow, WishRow, AttachmentRow)
"""Where receipt numbers are."""
_SLOT = "%Y-%m-%dT%H:%M"


class Sender(Protocol):
    """Whose batch it is."""

    @property
    def kiosk_id(self) -> str:
        """The kiosk's name."""

    @property
    def verify_key(self) -> bytes:
        """Its key (Ed25519, 32 bytes)."""


class New(NamedTuple):
    """A good item that is not stored yet, what was in it, and how far ahead its kiosk's clock is,
    if that is known."""

    id: UUID
    item: wire.SealedItem
    payload: wire.Payload
    ahead: timedelta | None


def check_kiosk(session: Session, office: Office, batch: Sender) -> KioskRow | None:
    """The kiosk, if it is known. Raises `RefusedError`."""
    kiosk = session.get(KioskRow, batch.kiosk_id)
    if kiosk is None and not office.open_enrolment:
        raise RefusedError(Outcome.RETRY, "kiosk_not_enrolled")
    if kiosk is not None and not hmac.compare_digest(kiosk.verify_key, batch.verify_key):
        raise RefusedError(Outcome.RETRY, "kiosk_key_mismatch")
    if kiosk is not None and kiosk.revoked_at is not None:
        raise RefusedError(Outcome.RETRY, "kiosk_revoked")
    return kiosk


def known_of(session: Session, ids: Iterable[UUID]) -> dict[str, SubmissionRow]:
    """What is stored of these already."""
    rows = select(SubmissionRow).where(SubmissionRow.id.in_([str(id_) for id_ in ids]))
    return {row.id: row for row in session.scalars(rows)}


def answer_again(before: SubmissionRow, item: wire.SealedItem) -> ItemResult:
    """The answer for an id that is known already: the first receipt again, or a conflict."""
    if (before.sha256, before.kiosk_id) != (item.sha256, item.kiosk_id):
        raise RefusedError(Outcome.CONFLICT, "content_differs")
    return ItemResult(id=item.id, outcome=Outcome.DUPLICATE, receipt=_receipt(before))


def store_together(
    session: Session, office: Office, batch: Sender, new: Sequence[New], *, folded: bool
) -> dict[UUID, ItemResult]:
    """Store those that open a case and meet nothing that is here or beside them, a statement for
    each table; the others, and all of a kiosk that is new or refused, are left to `store`. With
    `folded` one signature stands under their receipts (see `services.receipts`). Nobody else may be
    writing (see `eventlog.wait_turn`). Raises `StorageError`."""
    try:
        kiosk = check_kiosk(session, office, batch)
    except RefusedError:
        kiosk = None
    if kiosk is None:
        return {}
    plain = _meeting_nothing(session, [one for one in new if one.payload.kind in _PLAIN])
    if not plain:
        return {}
    now = office.clock.now().astimezone(UTC)
    receipts = _signed_receipts(office, [one.item for one in plain], now, folded=folded)
    connection = session.connection()
    connection.execute(
        insert(SubmissionRow), [_submission(each, batch.kiosk_id) for each in receipts]
    )
    connection.execute(insert(CaseRow), [_case(office.keys, one, now) for one in plain])
    actors = {str(one.id): f"kiosk:{one.item.kiosk_id}" for one in plain}
    eventlog.append_all(session, office.keys.vault, CaseState.RECEIVED, now, actors)
    audits = [
        {"at": now, "actor": actor, "action": Outcome.ACCEPTED, "subject": id_}
        for id_, actor in actors.items()
    ]
    connection.execute(insert(AuditRow), audits)
    return {
        receipt.id: ItemResult(id=receipt.id, outcome=Outcome.ACCEPTED, receipt=receipt)
        for receipt in receipts
    }


def _meeting_nothing(session: Session, new: Sequence[New]) -> list[New]:
    """Those whose id and number are neither here nor in another of them."""
    ids = Counter(str(one.id) for one in new)
    numbers = Counter(one.payload.number for one in new)
    ids.update(session.scalars(select(SubmissionRow.id).where(SubmissionRow.id.in_(ids))))
    here = union_all(*(select(row.number).where(row.number.in_(numbers)) for row in _NUMBERED))
    numbers.update(session.scalars(here))
    return [one for one in new if ids[str(one.id)] == numbers[one.payload.number] == 1]


def store(session: Session, office: Office, batch: Sender, new: New) -> ItemResult:
    """Store one item. Nobody else may be writing (see `eventlog.wait_turn`). Raises `RefusedError`,
    `StorageError`."""
    item, payload = new.item, new.payload
    if (before := session.get(SubmissionRow, str(item.id))) is not None:
        return answer_again(before, item)
    taken = select(CaseRow.id).where(CaseRow.number == payload.number)
    if payload.kind not in _OF_A_CASE and session.scalar(taken) is not None:
        raise RefusedError(Outcome.CONFLICT, "number_taken")
    now, keys = office.clock.now().astimezone(UTC), office.keys
    actor, id_ = f"kiosk:{item.kiosk_id}", str(item.id)
    if check_kiosk(session, office, batch) is None:
        session.add(KioskRow(id=batch.kiosk_id, verify_key=batch.verify_key, enrolled_at=now))
        eventlog.audit(session, at=now, actor=actor, action="enrolled", subject="")
        session.flush()
    if payload.kind in AFTERWARDS and office.guesses.attempt(payload.number):
        raise RefusedError(Outcome.RETRY, "too_many_attempts")
    (receipt,) = _signed_receipts(office, [item], now, folded=False)
    session.add(SubmissionRow(**_submission(receipt, item.kiosk_id)))
    session.flush()
    if payload.kind == Kind.ATTACHMENT:
        attachments.keep(session, keys, payload, now)
    elif payload.kind in AFTERWARDS:
        if wishes.keep(session, keys, payload, now, new.ahead):
            office.guesses.succeeded(payload.number)
    else:
        case = CaseRow(**_case(keys, new, now))
        session.add(case)
        session.flush()
        if payload.kind == Kind.BOOKING:
            _book(session, office, payload)
        eventlog.append(
            session, keys.vault, case_id=id_, action=CaseState.RECEIVED, at=now, actor=actor
        )
        wishes.claim(session, keys, case, payload.code, now)
        attachments.claim(session, keys, case, payload.code, now)
    eventlog.audit(session, at=now, actor=actor, action=Outcome.ACCEPTED, subject=id_)
    return ItemResult(id=item.id, outcome=Outcome.ACCEPTED, receipt=receipt)


def _signed_receipts(
    office: Office, items: Sequence[wire.SealedItem], now: datetime, *, folded: bool
) -> list[wire.Receipt]:
    key_id, sign = office.keys.keyset.key_id, office.keys.sign
    promises = [
        wire.receipt_bytes(id=item.id, sha256=item.sha256, registered_at=now, key_id=key_id)
        for item in items
    ]
    signatures = sign_together(sign, promises) if folded else [sign(each) for each in promises]
    return [
        wire.Receipt.model_construct(
            id=item.id, sha256=item.sha256, registered_at=now, key_id=key_id, signature=signature
        )
        for item, signature in zip(items, signatures, strict=True)
    ]


def _submission(receipt: wire.Receipt, kiosk_id: str) -> dict[str, Any]:
    return {
        "id": str(receipt.id),
        "kiosk_id": kiosk_id,
        "sha256": receipt.sha256,
        "registered_at": receipt.registered_at,
        "key_id": receipt.key_id,
        "receipt_signature": receipt.signature,
    }


def _case(keys: ServerKeys, new: New, now: datetime) -> dict[str, Any]:
    payload, case_id = new.payload, str(new.id)
    told = payload.model_dump_json(exclude={"code", "number", "content"})

    def sealed(column: str, text: str) -> bytes:
        return keys.vault.seal(text, about(case_id, column))

    return {
        "id": case_id,
        "number": payload.number,
        "code_hash": keys.codes.hash(payload.number, payload.code),
        "kind": payload.kind,
        "item_name": sealed("item_name", payload.item_name),
        "payload": sealed("payload", told),
        "received_at": now,
        "captured_at": clocks.captured_at(payload.created_at, new.ahead, now),
        "state": CaseState.RECEIVED,
        "department": sealed("department", ""),
        "result": sealed("result", ""),
        "enquiry": payload.kind == Kind.COMPLAINT and is_enquiry(payload.verdict),
    }


def _book(session: Session, office: Office, payload: wire.Payload) -> None:
    """Book the time of a form in the hall its division has on that day."""
    edition, now, id_ = office.edition(), office.clock.now(), str(payload.id)
    item = edition.items.get(payload.item_id or "") if edition else None
    division, at = str(payload.facts.get("division", "")), _slot_time(payload.facts.get("slot"))
    hall = edition.directory.hall(division, at.date()) if edition and at else None
    slot = "" if at is None else f"{at:{_SLOT}}"
    if edition is None or item is None or hall is None:
        bookings.refuse(session, id_, slot)
        return
    days = bookable_days(office.feedback.workdays, now.date())
    is_open = slot in {each.id for each in open_slots(edition.directory, division, days)}
    bookings.confirm(session, id_, hall, item, slot, now, is_open=is_open)


def _slot_time(slot: str | int | None) -> datetime | None:
    """When a slot begins (local time of the hall), if it is one."""
    try:
        return datetime.strptime(str(slot), _SLOT)
    except ValueError:
        return None


def _receipt(row: SubmissionRow) -> wire.Receipt:
    return wire.Receipt.model_construct(
        id=UUID(row.id),
        sha256=row.sha256,
        registered_at=row.registered_at,
        key_id=row.key_id,
        signature=row.receipt_signature,
    )
