"""Which kiosk a request comes from: what it signed (RFC 9421), when, and that once only."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import Depends, Request
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    VerifyResult,
)
from http_message_signatures.algorithms import ED25519
from sqlalchemy.exc import IntegrityError

from services import wire
from services.central.database import STORAGE_FAILURES, Database
from services.central.office import Office
from services.central.problems import ProblemError
from services.central.tables import KioskRow, NonceRow
from services.wire import ProblemType

SKEW = timedelta(seconds=wire.SIGNATURE_SECONDS)
_PARAMETERS = {"alg", "created", "keyid", "nonce", "tag"}


async def body_of(request: Request) -> bytes:
    """The request's body: what was signed."""
    return await request.body()


def signed(office: Office) -> Callable[..., str]:
    """What a route depends on that only an enrolled kiosk may use: the kiosk's id. With open
    enrolment one that is not known may use it too, and brings its key in the body."""

    def kiosk_id(request: Request, body: Annotated[bytes, Depends(body_of)]) -> str:
        keys = _Keys(office.database, body if office.open_enrolment else b"")
        id_ = _checked(office, request, body, keys)
        if keys.kiosk is not None and keys.kiosk.revoked_at is not None:
            raise ProblemError(ProblemType.REVOKED)
        return id_

    return kiosk_id


def introduced(office: Office) -> Callable[..., str]:
    """What a route depends on that is for kiosks not known yet, or not by this key: the id that one
    goes by. It has signed with the key it brings in the body."""

    def kiosk_id(request: Request, body: Annotated[bytes, Depends(body_of)]) -> str:
        return _checked(office, request, body, _Keys(None, body))

    return kiosk_id


class _Keys(HTTPSignatureKeyResolver):
    """The key of whoever signed, which the library asks for: the one known, or else the one that
    `brought`, a request's body, has in it."""

    def __init__(self, database: Database | None, brought: bytes) -> None:
        self._database = database
        self._brought = brought
        self.kiosk: KioskRow | None = None
        self.unknown = False
        self.failure: Exception | None = None

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """A failure is kept: the library would call it a wrong signature."""
        if self._database is not None:
            try:
                with self._database.read() as session:
                    self.kiosk = session.get(KioskRow, key_id)
            except STORAGE_FAILURES as failure:
                self.failure = failure
                return None
        if self.kiosk is not None:
            return Ed25519PublicKey.from_public_bytes(self.kiosk.verify_key)
        brought = _brought(self._brought)
        self.unknown = brought is None
        return brought


class _Verifier(HTTPMessageVerifier):
    def validate_created_and_expires(
        self, sig_input: Any, max_age: timedelta | None = None
    ) -> None:
        """Nothing: `_checked` does, by the server's clock, once it is known who signed."""


@dataclass(frozen=True)
class _Asked:
    """The request as the library wants to see one. Which host was asked is not signed: a proxy may
    stand in front."""

    method: str
    url: str
    headers: Any


def _checked(office: Office, request: Request, body: bytes, keys: _Keys) -> str:
    parameters = _verified(request, body, keys).parameters
    id_, nonce = str(parameters["keyid"]), str(parameters["nonce"])
    created, now = int(parameters["created"]), office.clock.now().astimezone(UTC)
    if not 0 < len(nonce) <= wire.LONGEST_NONCE:
        raise ProblemError(ProblemType.SIGNATURE)
    if abs(created - now.timestamp()) > SKEW.total_seconds():
        raise ProblemError(ProblemType.CLOCK, now)
    try:
        with office.database.write() as session:
            moment = datetime.fromtimestamp(created, UTC)
            session.add(NonceRow(kiosk_id=id_, nonce=nonce, created_at=moment))
    except IntegrityError:
        raise ProblemError(ProblemType.REPLAYED) from None
    return id_


def _verified(request: Request, body: bytes, keys: _Keys) -> VerifyResult:
    query = f"?{request.url.query}" if request.url.query else ""
    asked = _Asked(request.method, f"http://central{request.url.path}{query}", request.headers)
    sent = (name for name in wire.SIGNED_IF_SENT if name in request.headers)
    verifier = _Verifier(signature_algorithm=ED25519, key_resolver=keys)
    try:
        results = verifier.verify(
            asked,
            max_age=None,
            expect_tag=wire.SIGNATURE_TAG,
            require_components=(*wire.SIGNED_COMPONENTS, *sent),
            body=body,
        )
    except HTTPMessageSignaturesException as error:
        if keys.failure is not None:
            raise keys.failure from error
        wrong = ProblemType.NOT_ENROLLED if keys.unknown else ProblemType.SIGNATURE
        raise ProblemError(wrong) from error
    if len(results) != 1 or results[0].parameters.keys() != _PARAMETERS:
        raise ProblemError(ProblemType.SIGNATURE)
    return results[0]


def _brought(body: bytes) -> Ed25519PublicKey | None:
    """The key that stands in the body, if one does."""
    try:
        key = base64.b64decode(json.loads(body)["verify_key"], validate=True)
        return Ed25519PublicKey.from_public_bytes(key)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
