"""Taking sealed submissions in: each item is answered on its own, and stored once; a batch is one
transaction."""

from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Annotated, TypeGuard
from uuid import UUID

from pydantic import BeforeValidator, Field, JsonValue
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from kiosk.errors import StorageError
from services import wire
from services.central import acceptlog, clocks, eventlog, uploads
from services.central.database import STORAGE_FAILURES
from services.central.office import Office
from services.central.opening import Opened, RefusedError, Sent
from services.central.storing import (
    New,
    answer_again,
    check_kiosk,
    known_of,
    store,
    store_together,
)
from services.central.tables import KioskRow, SubmissionRow
from services.wire import ItemResult, Outcome

_ED25519_BYTES = 32
_MALFORMED = RefusedError(Outcome.REJECTED, "malformed")


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
    looked_at = _look(office, batch, readable, known, uploaded, ahead)
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
    readable: Sequence[tuple[UUID, wire.SealedItem | dict[str, JsonValue]]],
    known: Mapping[str, SubmissionRow],
    uploaded: Mapping[bytes, bytes],
    ahead: timedelta | None,
) -> list[ItemResult | New]:
    """What every item is answered at once, or what is to be stored first."""

    def sent(id_: UUID, item: wire.SealedItem) -> Sent:
        envelope = uploaded.get(item.sha256) if item.envelope is None else item.envelope
        opens = None if str(id_) in known else envelope
        return Sent(batch.kiosk_id, batch.verify_key, item, opens)

    sealed = [(id_, item) for id_, item in readable if isinstance(item, wire.SealedItem)]
    opened = iter(office.open([sent(id_, item) for id_, item in sealed]))
    return [
        _looked_at(id_, item, next(opened), known.get(str(id_)), ahead)
        if isinstance(item, wire.SealedItem)
        else _MALFORMED.answer(id_)
        for id_, item in readable
    ]


def _looked_at(
    id_: UUID,
    item: wire.SealedItem,
    opened: Opened,
    before: SubmissionRow | None,
    ahead: timedelta | None,
) -> ItemResult | New:
    try:
        if isinstance(opened, RefusedError):
            raise opened
        if before is not None:
            return answer_again(before, item)
        if opened is None:
            raise RefusedError(Outcome.RETRY, "not_uploaded")
        return New(id_, item, opened, ahead)
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


def _readable_id(item: wire.SealedItem | dict[str, JsonValue]) -> UUID | None:
    if isinstance(item, wire.SealedItem):
        return item.id
    try:
        return UUID(str(item.get("id")))
    except ValueError:
        return None
