"""A kiosk signs what it asks in its own name (RFC 9421, with the body's digest of RFC 9530)."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import requests
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ED25519
from pydantic import ValidationError

from kiosk.errors import CentralUnreachable
from kiosk.ports import Clock
from services import wire
from services.uplink.keys import KioskKey

_LABEL = "kiosk"
_NONCE_BYTES = 16


class NotAdmitted(CentralUnreachable):
    """The central server is there and does not take this kiosk's word: revoked, or another key. To
    a citizen it is not to be reached."""


class NotEnrolled(NotAdmitted):
    """It does not know this kiosk."""


@dataclass(slots=True)
class _Request:
    """As the library wants to see one."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class RequestSigner:
    """Signs requests with the kiosk's key, by the server's time once that is known. Safe from any
    thread."""

    def __init__(self, kiosk_id: str, own: KioskKey, clock: Clock) -> None:
        self.kiosk_id = kiosk_id
        self.own = own
        self._clock = clock
        self._signer = HTTPMessageSigner(signature_algorithm=ED25519)
        self._ahead: float | None = None

    def learn(self, server_time: datetime) -> None:
        """What time the server has now. From here on the kiosk's clock may say what it likes."""
        if server_time.tzinfo is not None:
            self._ahead = server_time.timestamp() - time.monotonic()

    def headers(
        self, method: str, url: str, body: bytes, more: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """The headers that make it a signed request, once: a repeat needs others. `more` are signed
        with it and are among them. Raises `StorageError` if the kiosk's key cannot be read or made.
        """
        request = _Request(method, url, self._clock_ahead() | dict(more or {}))
        prepared = self._signer.prepare(
            request,
            key_id=self.kiosk_id,
            created=self._now(),
            nonce=secrets.token_urlsafe(_NONCE_BYTES),
            label=_LABEL,
            tag=wire.SIGNATURE_TAG,
            covered_component_ids=(*wire.SIGNED_COMPONENTS, *request.headers),
            body=body,
        )
        self._signer.apply(request, prepared, self.own.sign(prepared.signature_base))
        return request.headers

    def _now(self) -> datetime:
        if self._ahead is None:
            return self._clock.now()
        return datetime.fromtimestamp(time.monotonic() + self._ahead, UTC)

    def _clock_ahead(self) -> dict[str, str]:
        seconds = (self._clock.now() - self._now()).total_seconds()
        return {wire.CLOCK_AHEAD: str(round(seconds))}


def problem(response: requests.Response, body: bytes) -> wire.Problem | None:
    """Why a signed request was refused, if that is what the answer says."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    if media_type.strip().lower() != wire.PROBLEM:
        return None
    try:
        found = wire.Problem.model_validate_json(body)
    except ValidationError:
        return None
    return found if isinstance(found.type, wire.ProblemType) else None
