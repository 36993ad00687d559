"""What can be told of a sealed item by itself: whether its kiosk signed it, and what is in it."""

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from kiosk.domain.submission.afterwards import AFTERWARDS
from kiosk.domain.submission.model import Kind
from kiosk.domain.submission.receipt import normal_code, normal_number
from services import wire
from services.central import wishes
from services.central.keys import ServerKeys
from services.suites import UnreadableError
from services.wire import ItemResult, Outcome

_KINDS = frozenset(Kind)
_JPEG = b"\xff\xd8\xff"
_LONGEST_PICTURE = 500 << 10


class RefusedError(Exception):
    """This item is answered without a receipt."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(outcome, reason)
        self.outcome = outcome
        self.reason = reason

    def answer(self, id_: UUID) -> ItemResult:
        """What the kiosk is told."""
        return ItemResult(id=id_, outcome=self.outcome, reason=self.reason)


class Sent(NamedTuple):
    """An item, who sent it with which key, and its envelope; None if that is not to be opened."""

    kiosk_id: str
    verify_key: bytes
    item: wire.SealedItem
    envelope: bytes | None


Opened: TypeAlias = wire.Payload | RefusedError | None
"""What was in an item, or why it is refused; None if it is good and was not to be opened."""

Opener: TypeAlias = Callable[[Sequence[Sent]], list[Opened]]
"""Looks at items, and answers in their order."""


def opener(keys: ServerKeys) -> Opener:
    """What looks at items with these keys, in the thread that calls it."""
    return lambda sent: [_opened(keys, one) for one in sent]


def _opened(keys: ServerKeys, sent: Sent) -> Opened:
    try:
        _check_signature(sent)
        return None if sent.envelope is None else _payload(keys, sent.item, sent.envelope)
    except RefusedError as refused:
        return refused


def _check_signature(sent: Sent) -> None:
    item = sent.item
    if item.kiosk_id != sent.kiosk_id:
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
        Ed25519PublicKey.from_public_bytes(sent.verify_key).verify(item.signature, signed)
    except OverflowError as error:  # a moment at the edge of the calendar has no UTC form
        raise RefusedError(Outcome.REJECTED, "malformed") from error
    except (InvalidSignature, ValueError) as error:
        raise RefusedError(Outcome.REJECTED, "signature_invalid") from error


def _payload(keys: ServerKeys, item: wire.SealedItem, envelope: bytes) -> wire.Payload:
    """What was handed in. A key or a suite that is not here may be here tomorrow: the server is
    started anew, or its key file is put back."""
    pair = keys.pairs.get(item.key_id)
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
