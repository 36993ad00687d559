"""Large envelopes go before their batch, in parts (tus 1.0.0): what has arrived of one need not be
sent again, whatever happens to line, kiosk or server. The kiosk keeps nothing of it: it asks for
the same upload again, and the server says how far that has come."""

import time
from collections.abc import Callable, Mapping

import requests

from kiosk.errors import CentralUnreachable
from services import wire
from services.uplink.answers import is_json, not_busy
from services.uplink.bounded import longest_exchange
from services.uplink.signing import NotAdmitted

SECONDS = 60.0
"""So long parts of a batch are sent; the rest waits for the next time."""
LONGEST = SECONDS + longest_exchange(wire.PART_BYTES)
"""Seconds after which the uploads of a batch have ended."""

Exchange = Callable[[str, str, bytes, Mapping[str, str]], tuple[requests.Response, bytes]]
"""A signed request: method, path, body and more headers. Raises `CentralUnreachable`, `NotAdmitted`
or `StorageError`."""


class Uploading:
    """The uploads before one batch."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._until = time.monotonic() + SECONDS
        self._has_begun = False

    def lightened(self, batch: wire.Batch) -> wire.Batch:
        """The batch without the envelopes that come in parts. Those that the server will not have
        so are left in: an older one knows of no uploads.

        Raises `CentralUnreachable`, `CentralBusy`, `StorageError`.
        """
        items = [self._lightened(item) for item in batch.items]
        return batch.model_copy(update={"items": items})

    def _lightened(self, item: wire.SealedItem) -> wire.SealedItem:
        if item.envelope is None or len(item.envelope) <= wire.PART_BYTES:
            return item
        try:
            taken = self._upload(item.sha256, item.envelope)
        except NotAdmitted:  # the batch itself will be told
            taken = False
        return item.model_copy(update={"envelope": None}) if taken else item

    def _upload(self, sha256: bytes, envelope: bytes) -> bool:
        """Whether the server takes it in parts: all of them, or as many as there was time for."""
        if self._is_late:
            return self._has_begun
        length = {
            wire.UPLOAD_LENGTH: str(len(envelope)),
            wire.UPLOAD_METADATA: wire.upload_metadata(sha256),
        }
        offset = self._standing("POST", wire.UPLOADS_PATH, b"", length)
        self._has_begun |= offset is not None
        path = wire.UPLOAD_PATH.format(sha256=sha256.hex())
        while offset is not None and offset < len(envelope) and not self._is_late:
            part = envelope[offset : offset + wire.PART_BYTES]
            headers = {wire.UPLOAD_OFFSET: str(offset), "content-type": wire.OFFSET_OCTETS}
            expected, offset = offset + len(part), self._standing("PATCH", path, part, headers)
            if offset not in (expected, None):
                raise CentralUnreachable(f"{path}: a part has arrived and is not there")
        return offset is not None

    def _standing(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> int | None:
        """How far the upload has come; None where the server will not have it."""
        version = {wire.TUS_RESUMABLE: wire.TUS_VERSION}
        response, _ = self._exchange(method, path, body, version | dict(headers))
        not_busy(response)
        status, offset = response.status_code, response.headers.get(wire.UPLOAD_OFFSET, "")
        if status in (201, 204) and offset.isascii() and offset.isdigit():
            return int(offset[:20])
        if 400 <= status < 500 and is_json(response):
            return None
        raise CentralUnreachable(f"{response.url}: not the central server ({status})")

    @property
    def _is_late(self) -> bool:
        return time.monotonic() >= self._until
