"""Taking sealed submissions in: each item is checked and opened on its own, and stored once; a
batch is one transaction."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, NamedTuple, TypeGuard
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import Field, JsonValue, ValidationError
from pydantic.types import Base64Bytes
from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from kiosk.domain.complaint.triage import is_enquiry
from kiosk.domain.counter.booking import bookable_days, open_slots
from kiosk.domain.submission.afterwards import AFTERWARDS
from kiosk.domain.submission.case import CaseState
from kiosk.domain.submission.model import Kind
from kiosk.domain.submission.receipt import normal_code, normal_number
from kiosk.errors import StorageError
from services import wire
from services.central import acceptlog, attachments, bookings, eventlog, wishes
from services.central.database import STORAGE_FAILURES
from services.central.keys import ServerKeys
from services.central.office import Office
from services.central.tables import CaseRow, KioskRow, SubmissionRow
from services.central.vault import about
from services.suites import UnreadableError
from services.wire import ItemResult, Outcome

_ED25519_BYTES = 32
_KINDS = frozenset(Kind)
_OF_A_CASE = AFTERWARDS | {Kind.ATTACHMENT}
_JPEG = b"\xff\xd8\xff"
_LONGEST_PICTURE = 500 << 10
_SLOT = "%Y-%m-%dT%H:%M"


class IncomingBatch(wire.Message):
    """`wire.Batch` as it may arrive: a malformed item does not spoil the batch."""

    version: int
    kiosk_id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,32}$")]
    verify_key: Annotated[Base64Bytes, Field(min_length=_ED25519_BYTES, max_length=_ED25519_BYTES)]
    items: Annotated[
        list[Annotated[wire.SealedItem | dict[str, JsonValue], Field(union_mode="left_to_right")]],
        Field(min_length=1, max_length=wire.MAX_BATCH_ITEMS),
    ]


class _RefusedError(Exception):
    """This item is answered without a receipt."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason

    def answer(self, id_: UUID) -> ItemResult:
        """What the kiosk is told."""
        return ItemResult(id=id_, outcome=self.outcome, reason=self.reason)


class _New(NamedTuple):
    """A good item that is not stored yet, and what was in it."""

    id: UUID
    item: wire.SealedItem
    payload: wire.Payload


_FINAL = frozenset({Outcome.CONFLICT, Outcome.REJECTED})
"""What a kiosk gives up after; the audit log knows why."""


def take_batch(office: Office, batch: IncomingBatch) -> list[ItemResult]:
    """Answer every item whose id can be read, after what is new is stored for good. One that cannot
    be stored is no concern of the others; where nothing can be, none of it was."""
    readable = [(id_, item) for item in batch.items if (id_ := _readable_id(item)) is not None]
    try:
        if batch.version != wire.VERSION:
            raise _RefusedError(Outcome.RETRY, "unsupported_version")
        with office.database.read() as session:
            _check_kiosk(session, office, batch)
            known = _known(session, (id_ for id_, _ in readable))
    except _RefusedError as refused:
        return [refused.answer(id_) for id_, _ in readable]
    except STORAGE_FAILURES:
        return [_not_stored(id_) for id_, _ in readable]
    looked_at = [_look(office, batch, id_, item, known) for id_, item in readable]
    settled = [one for one in looked_at if _is_settled(one)]
    if len(settled) == len(looked_at):
        return settled
    try:
        with office.database.write() as session:
            eventlog.wait_turn(session)
            held = session.get(KioskRow, batch.kiosk_id)  # while it is, no item reads it again
            results = [_settle(session, office, batch, one) for one in looked_at]
            del held
            accepted = (one.receipt for one in results if one.outcome is Outcome.ACCEPTED)
            acceptlog.append(session, [receipt for receipt in accepted if receipt is not None])
        return results
    except STORAGE_FAILURES:
        return [one if _is_settled(one) else _not_stored(one.id) for one in looked_at]


def _look(
    office: Office,
    batch: IncomingBatch,
    id_: UUID,
    item: wire.SealedItem | dict[str, JsonValue],
    known: Mapping[str, SubmissionRow],
) -> ItemResult | _New:
    try:
        if not isinstance(item, wire.SealedItem):
            raise _RefusedError(Outcome.REJECTED, "malformed")
        _check_signature(batch, item)
        if (before := known.get(str(id_))) is not None:
            return _again(before, item)
        return _New(id_, item, _open(office, item))
    except _RefusedError as refused:
        return refused.answer(id_)


def _is_settled(one: ItemResult | _New) -> TypeGuard[ItemResult]:
    """Whether there is nothing to write down for it."""
    return isinstance(one, ItemResult) and one.outcome not in _FINAL


def _settle(
    session: Session, office: Office, batch: IncomingBatch, one: ItemResult | _New
) -> ItemResult:
    result = _store_apart(session, office, batch, one) if isinstance(one, _New) else one
    if result.outcome in _FINAL:
        eventlog.audit(
            session,
            at=office.clock.now(),
            actor=f"kiosk:{batch.kiosk_id}",
            action=f"{result.outcome}:{result.reason}",
            subject=str(result.id),
        )
    return result


def _store_apart(session: Session, office: Office, batch: IncomingBatch, new: _New) -> ItemResult:
    """Store it within a savepoint. What fails with the whole database (see `STORAGE_FAILURES`) is
    raised: SQLite may have ended the transaction by then."""
    try:
        with session.begin_nested():
            return _store(session, office, batch, new.item, new.payload)
    except _RefusedError as refused:
        return refused.answer(new.id)
    except (IntegrityError, DataError, StorageError):
        return _not_stored(new.id)


def _not_stored(id_: UUID) -> ItemResult:
    return ItemResult(id=id_, outcome=Outcome.RETRY, reason="storage")


def _check_kiosk(session: Session, office: Office, batch: IncomingBatch) -> KioskRow | None:
    kiosk = session.get(KioskRow, batch.kiosk_id)
    if kiosk is None and not office.open_enrolment:
        raise _RefusedError(Outcome.RETRY, "kiosk_not_enrolled")
    if kiosk is not None and not hmac.compare_digest(kiosk.verify_key, batch.verify_key):
        raise _RefusedError(Outcome.RETRY, "kiosk_key_mismatch")
    if kiosk is not None and kiosk.revoked_at is not None:
        raise _RefusedError(Outcome.RETRY, "kiosk_revoked")
    return kiosk


def _check_signature(batch: IncomingBatch, item: wire.SealedItem) -> None:
    if item.kiosk_id != batch.kiosk_id:
        raise _RefusedError(Outcome.REJECTED, "kiosk_id_mismatch")
    if not hmac.compare_digest(hashlib.sha256(item.envelope).digest(), item.sha256):
        raise _RefusedError(Outcome.REJECTED, "digest_mismatch")
    if item.created_at.tzinfo is None:
        raise _RefusedError(Outcome.REJECTED, "malformed")
    try:
        signed = wire.item_bytes(
            id=item.id,
            kind=item.kind,
            created_at=item.created_at,
            kiosk_id=item.kiosk_id,
            key_id=item.key_id,
            sha256=item.sha256,
        )
        Ed25519PublicKey.from_public_bytes(batch.verify_key).verify(item.signature, signed)
    except OverflowError as error:  # a moment at the edge of the calendar has no UTC form
        raise _RefusedError(Outcome.REJECTED, "malformed") from error
    except (InvalidSignature, ValueError) as error:
        raise _RefusedError(Outcome.REJECTED, "signature_invalid") from error


def _open(office: Office, item: wire.SealedItem) -> wire.Payload:
    """What was handed in. A key or a suite that is not here may be here tomorrow: the server is
    started anew, or its key file is put back."""
    pair = office.keys.pairs.get(item.key_id)
    if pair is None:
        raise _RefusedError(Outcome.RETRY, "unknown_key")
    if item.suite != pair.public.suite:
        raise _RefusedError(Outcome.RETRY, "unknown_suite")
    info = wire.seal_info(id=item.id, kind=item.kind, kiosk_id=item.kiosk_id, key_id=item.key_id)
    try:
        plaintext = pair.open(item.envelope, info)
        payload = wire.Payload.model_validate_json(plaintext)
    except UnreadableError as error:
        raise _RefusedError(Outcome.REJECTED, "envelope_unreadable") from error
    except ValidationError:
        raise _RefusedError(Outcome.REJECTED, "payload_invalid") from None
    if payload.version != wire.VERSION:
        raise _RefusedError(Outcome.RETRY, "unsupported_version")
    if payload.id != item.id:
        raise _RefusedError(Outcome.REJECTED, "id_mismatch")
    if payload.kind != item.kind or payload.kind not in _KINDS:
        raise _RefusedError(Outcome.REJECTED, "kind_mismatch")
    return _normal(payload)


def _normal(payload: wire.Payload) -> wire.Payload:
    """The payload with number and code in their normal form, if all of it can be kept."""
    try:
        number, code = normal_number(payload.number), normal_code(payload.code)
    except ValueError:
        raise _RefusedError(Outcome.REJECTED, "number_invalid") from None
    if payload.created_at.tzinfo is None or "\0" in payload.item_name:
        raise _RefusedError(Outcome.REJECTED, "payload_invalid")
    if not _fits(payload):
        raise _RefusedError(Outcome.REJECTED, "payload_invalid")
    return payload.model_copy(update={"number": number, "code": code})


def _fits(payload: wire.Payload) -> bool:
    """Whether an attachment holds a picture, nothing else holds one, and what is done afterwards
    says what."""
    if payload.kind == Kind.ATTACHMENT:
        return payload.content.startswith(_JPEG) and len(payload.content) <= _LONGEST_PICTURE
    if payload.kind in AFTERWARDS:
        try:
            wishes.wish_of(payload)
        except ValueError:
            return False
    return not payload.content


def _known(session: Session, ids: Iterable[UUID]) -> dict[str, SubmissionRow]:
    """What is stored of these already."""
    rows = select(SubmissionRow).where(SubmissionRow.id.in_([str(id_) for id_ in ids]))
    return {row.id: row for row in session.scalars(rows)}


def _again(before: SubmissionRow, item: wire.SealedItem) -> ItemResult:
    """The answer for an id that is known already: the first receipt again, or a conflict."""
    if (before.sha256, before.kiosk_id) != (item.sha256, item.kiosk_id):
        raise _RefusedError(Outcome.CONFLICT, "content_differs")
    return ItemResult(id=item.id, outcome=Outcome.DUPLICATE, receipt=_receipt(before))


def _store(
    session: Session,
    office: Office,
    batch: IncomingBatch,
    item: wire.SealedItem,
    payload: wire.Payload,
) -> ItemResult:
    """Nobody else may be writing (see `eventlog.wait_turn`)."""
    if (before := session.get(SubmissionRow, str(item.id))) is not None:
        return _again(before, item)
    taken = select(CaseRow.id).where(CaseRow.number == payload.number)
    if payload.kind not in _OF_A_CASE and session.scalar(taken) is not None:
        raise _RefusedError(Outcome.CONFLICT, "number_taken")
    now, keys = office.clock.now().astimezone(UTC), office.keys
    actor, id_ = f"kiosk:{item.kiosk_id}", str(item.id)
    if _check_kiosk(session, office, batch) is None:
        session.add(KioskRow(id=batch.kiosk_id, verify_key=batch.verify_key, enrolled_at=now))
        eventlog.audit(session, at=now, actor=actor, action="enrolled", subject="")
        session.flush()
    if payload.kind in AFTERWARDS and office.guesses.attempt(payload.number):
        raise _RefusedError(Outcome.RETRY, "too_many_attempts")
    submission = _submission(office, item, now)
    session.add(submission)
    session.flush()
    if payload.kind == Kind.ATTACHMENT:
        attachments.keep(session, keys, payload, now)
    elif payload.kind in AFTERWARDS:
        if wishes.keep(session, keys, payload, now):
            office.guesses.succeeded(payload.number)
    else:
        case = _case(keys, payload, now)
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
    return ItemResult(id=item.id, outcome=Outcome.ACCEPTED, receipt=_receipt(submission))


def _submission(office: Office, item: wire.SealedItem, now: datetime) -> SubmissionRow:
    key_id = office.keys.keyset.key_id
    promise = wire.receipt_bytes(id=item.id, sha256=item.sha256, registered_at=now, key_id=key_id)
    return SubmissionRow(
        id=str(item.id),
        kiosk_id=item.kiosk_id,
        sha256=item.sha256,
        registered_at=now,
        key_id=key_id,
        receipt_signature=office.keys.sign(promise),
    )


def _case(keys: ServerKeys, payload: wire.Payload, now: datetime) -> CaseRow:
    case_id = str(payload.id)

    def sealed(column: str, text: str) -> bytes:
        return keys.vault.seal(text, about(case_id, column))

    return CaseRow(
        id=case_id,
        number=payload.number,
        code_hash=keys.codes.hash(payload.number, payload.code),
        kind=payload.kind,
        item_name=sealed("item_name", payload.item_name),
        payload=sealed("payload", payload.model_dump_json(exclude={"code", "number", "content"})),
        received_at=now,
        state=CaseState.RECEIVED,
        department=sealed("department", ""),
        result=sealed("result", ""),
        enquiry=payload.kind == Kind.COMPLAINT and is_enquiry(payload.verdict),
    )


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


def _readable_id(item: wire.SealedItem | dict[str, JsonValue]) -> UUID | None:
    if isinstance(item, wire.SealedItem):
        return item.id
    try:
        return UUID(str(item.get("id")))
    except ValueError:
        return None
