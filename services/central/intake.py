"""Taking sealed submissions in: each item is checked and opened on its own, and stored once; a
batch is one transaction."""

import hashlib
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Annotated, TypeGuard
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BeforeValidator, Field, JsonValue, ValidationError
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from kiosk.domain.submission.afterwards import AFTERWARDS
from kiosk.domain.submission.model import Kind
from kiosk.domain.submission.receipt import normal_code, normal_number
from kiosk.errors import StorageError
from services import wire
from services.central import acceptlog, clocks, eventlog, uploads, wishes
from services.central.database import STORAGE_FAILURES
from services.central.office import Office
from services.central.storing import (
    New,
    RefusedError,
    answer_again,
    check_kiosk,
    known_of,
    store,
    store_together,
)
from services.central.tables import KioskRow, SubmissionRow
from services.suites import UnreadableError
from services.wire import ItemResult, Outcome

_ED25519_BYTES = 32
_KINDS = frozenset(Kind)
_JPEG = b"\xff\xd8\xff"
_LONGEST_PICTURE = 500 << 10


class IncomingBatch(wire.Message):
    """`wire.Batch` as it may arrive: a malformed item does not spoil the batch."""

    version: int
    kiosk_id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,32}$")]
    verify_key: Annotated[
        bytes,
        BeforeValidator(lambda key: b64decode(key, validate=True) if isinstance(key, str) else key),
        Field(min_length=_ED25519_BYTES, max_length=_ED25519_BYTES),
    ]
    items: Annotated[
        list[Annotated[wire.SealedItem | dict[str, JsonValue], Field(union_mode="left_to_right")]],
        Field(min_length=1, max_length=wire.MAX_BATCH_ITEMS),
    ]


_FINAL = frozenset({Outcome.CONFLICT, Outcome.REJECTED})
"""What a kiosk gives up after; the audit log knows why."""


def take_batch(
    office: Office,
    batch: IncomingBatch,
    ahead: timedelta | None = None,
    keep: Callable[[Session, Sequence[ItemResult]], None] | None = None,
    *,
    folded: bool = False,
) -> list[ItemResult]:
    """Answer every item whose id can be read, after what is new is stored for good. One that cannot
    be stored is no concern of the others; where nothing can be, none of it was. `ahead` is how far
    the kiosk's clock is ahead of this one, if that is known. `keep` is called in the transaction
    that stores anything, with the whole answer. `folded`: the signatures of
    receipts may be (see `services.receipts`), as the kiosk can verify that."""
    readable = [(id_, item) for item in batch.items if (id_ := _readable_id(item)) is not None]
    try:
        if batch.version != wire.VERSION:
            raise RefusedError(Outcome.RETRY, "unsupported_version")
        with office.database.read() as session:
            check_kiosk(session, office, batch)
            known = known_of(session, (id_ for id_, _ in readable))
            uploaded = _uploaded(session, batch.kiosk_id, readable, known)
    except RefusedError as refused:
        return [refused.answer(id_) for id_, _ in readable]
    except STORAGE_FAILURES:
        return [_not_stored(id_) for id_, _ in readable]
    looked_at = [_look(office, batch, id_, item, known, uploaded, ahead) for id_, item in readable]
    settled = [one for one in looked_at if _is_settled(one)]
    if len(settled) == len(looked_at):
        return settled
    try:
        with office.database.write() as session:
            eventlog.wait_turn(session)
            held = session.get(KioskRow, batch.kiosk_id)  # while it is, no item reads it again
            new = [one for one in looked_at if isinstance(one, New)]
            stored = _store_together(session, office, batch, new, folded)
            results = [
                stored[one.id]
                if isinstance(one, New) and one.id in stored
                else _settle(session, office, batch, one)
                for one in looked_at
            ]
            del held
            clocks.note(session, batch.kiosk_id, ahead, office.clock.now())
            if uploaded:
                here = [one.receipt.sha256 for one in results if one.receipt is not None]
                uploads.use(session, batch.kiosk_id, here, office.clock.now())
            accepted = (one.receipt for one in results if one.outcome is Outcome.ACCEPTED)
            acceptlog.append(session, [receipt for receipt in accepted if receipt is not None])
            if keep is not None:
                keep(session, results)
        return results
    except STORAGE_FAILURES:
        return [one if _is_settled(one) else _not_stored(one.id) for one in looked_at]


def _look(
    office: Office,
    batch: IncomingBatch,
    id_: UUID,
    item: wire.SealedItem | dict[str, JsonValue],
    known: Mapping[str, SubmissionRow],
    uploaded: Mapping[bytes, bytes],
    ahead: timedelta | None,
) -> ItemResult | New:
    try:
        if not isinstance(item, wire.SealedItem):
            raise RefusedError(Outcome.REJECTED, "malformed")
        _check_signature(batch, item)
        if (before := known.get(str(id_))) is not None:
            return answer_again(before, item)
        envelope = item.envelope
        if envelope is None and (envelope := uploaded.get(item.sha256)) is None:
            raise RefusedError(Outcome.RETRY, "not_uploaded")
        return New(id_, item, _open(office, item, envelope), ahead)
    except RefusedError as refused:
        return refused.answer(id_)


def _uploaded(
    session: Session,
    kiosk_id: str,
    readable: Iterable[tuple[UUID, wire.SealedItem | dict[str, JsonValue]]],
    known: Mapping[str, SubmissionRow],
) -> dict[bytes, bytes]:
    """The envelopes that the new items are to have come by."""
    wanted = [
        item.sha256
        for id_, item in readable
        if isinstance(item, wire.SealedItem) and item.envelope is None and str(id_) not in known
    ]
    return uploads.finished(session, kiosk_id, wanted) if wanted else {}


def _is_settled(one: ItemResult | New) -> TypeGuard[ItemResult]:
    """Whether there is nothing to write down for it."""
    return isinstance(one, ItemResult) and one.outcome not in _FINAL


def _settle(
    session: Session, office: Office, batch: IncomingBatch, one: ItemResult | New
) -> ItemResult:
    result = _store_apart(session, office, batch, one) if isinstance(one, New) else one
    if result.outcome in _FINAL:
        eventlog.audit(
            session,
            at=office.clock.now(),
            actor=f"kiosk:{batch.kiosk_id}",
            action=f"{result.outcome}:{result.reason}",
            subject=str(result.id),
        )
    return result


def _store_together(
    session: Session, office: Office, batch: IncomingBatch, new: Sequence[New], folded: bool
) -> dict[UUID, ItemResult]:
    """What can be stored at once; if any of it cannot, nothing."""
    try:
        with session.begin_nested():
            return store_together(session, office, batch, new, folded=folded)
    except (IntegrityError, DataError, StorageError):
        return {}


def _store_apart(session: Session, office: Office, batch: IncomingBatch, new: New) -> ItemResult:
    """Store it within a savepoint. What fails with the whole database (see `STORAGE_FAILURES`) is
    raised: SQLite may have ended the transaction by then."""
    try:
        with session.begin_nested():
            return store(session, office, batch, new)
    except RefusedError as refused:
        return refused.answer(new.id)
    except (IntegrityError, DataError, StorageError):
        return _not_stored(new.id)


def _not_stored(id_: UUID) -> ItemResult:
    return ItemResult(id=id_, outcome=Outcome.RETRY, reason="storage")


def _check_signature(batch: IncomingBatch, item: wire.SealedItem) -> None:
    if item.kiosk_id != batch.kiosk_id:
        raise RefusedError(Outcome.REJECTED, "kiosk_id_mismatch")
    if item.envelope is not None and hashlib.sha256(item.envelope).digest() != item.sha256:
        raise RefusedError(Outcome.REJECTED, "digest_mismatch")
    if item.created_at.tzinfo is None:
        raise RefusedError(Outcome.REJECTED, "malformed")
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
        raise RefusedError(Outcome.REJECTED, "malformed") from error
    except (InvalidSignature, ValueError) as error:
        raise RefusedError(Outcome.REJECTED, "signature_invalid") from error


def _open(office: Office, item: wire.SealedItem, envelope: bytes) -> wire.Payload:
    """What was handed in. A key or a suite that is not here may be here tomorrow: the server is
    started anew, or its key file is put back."""
    pair = office.keys.pairs.get(item.key_id)
    if pair is None:
        raise RefusedError(Outcome.RETRY, "unknown_key")
    if item.suite != pair.public.suite:
        raise RefusedError(Outcome.RETRY, "unknown_suite")
    info = wire.seal_info(id=item.id, kind=item.kind, kiosk_id=item.kiosk_id, key_id=item.key_id)
    try:
        plaintext = pair.open(envelope, info)
        payload = wire.Payload.model_validate_json(plaintext)
    except UnreadableError as error:
        raise RefusedError(Outcome.REJECTED, "envelope_unreadable") from error
    except ValidationError:
        raise RefusedError(Outcome.REJECTED, "payload_invalid") from None
    if payload.version != wire.VERSION:
        raise RefusedError(Outcome.RETRY, "unsupported_version")
    if payload.id != item.id:
        raise RefusedError(Outcome.REJECTED, "id_mismatch")
    if payload.kind != item.kind or payload.kind not in _KINDS:
        raise RefusedError(Outcome.REJECTED, "kind_mismatch")
    return _normal(payload)


def _normal(payload: wire.Payload) -> wire.Payload:
    """The payload with number and code in their normal form, if all of it can be kept."""
    try:
        number, code = normal_number(payload.number), normal_code(payload.code)
    except ValueError:
        raise RefusedError(Outcome.REJECTED, "number_invalid") from None
    if payload.created_at.tzinfo is None or "\0" in payload.item_name:
        raise RefusedError(Outcome.REJECTED, "payload_invalid")
    if not _fits(payload):
        raise RefusedError(Outcome.REJECTED, "payload_invalid")
    if (number, code) == (payload.number, payload.code):
        return payload
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


def _readable_id(item: wire.SealedItem | dict[str, JsonValue]) -> UUID | None:
    if isinstance(item, wire.SealedItem):
        return item.id
    try:
        return UUID(str(item.get("id")))
    except ValueError:
        return None
