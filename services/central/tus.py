"""The tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload) with the extensions creation,
expiration, termination and checksum, for envelopes.

Every request but OPTIONS is signed by a kiosk as it is, so no `X-HTTP-Method-Override` is followed,
and of a part that was cut off nothing counts. Other kiosks' uploads are not found.
"""

import hashlib
from base64 import b64decode, b64encode
from datetime import UTC
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import wire
from services.central import identity, uploads
from services.central.office import Office
from services.central.problems import REFUSALS
from services.central.tables import UploadRow

Name = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
EXTENSIONS = ("creation", "expiration", "termination", "checksum")
CHECKSUMS = ("sha1", "sha256")
_SHA256_BYTES = 32
_VERSIONS = {"Tus-Version": wire.TUS_VERSION}
_REFUSALS: dict[int | str, dict[str, Any]] = REFUSALS | {
    412: {"description": "Another version of tus; see Tus-Version"}
}
_UNKNOWN: dict[int | str, dict[str, Any]] = {
    404: {"description": "The kiosk has no such upload, or has it no more"}
}
_TOO_LARGE: dict[int | str, dict[str, Any]] = {
    413: {"description": "More than there may be of it, or than is kept for one kiosk"}
}
_PART: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {wire.OFFSET_OCTETS: {"schema": {"type": "string", "format": "binary"}}},
    }
}


class Resumable:
    """ASGI middleware: every answer about uploads names the version of tus, refusals too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header to what the application answers."""

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[wire.TUS_RESUMABLE] = wire.TUS_VERSION
            await send(message)

        is_ours = scope["type"] == "http" and scope["path"].startswith(wire.UPLOADS_PATH)
        await self._app(scope, receive, named if is_ours else send)


def routes(office: Office) -> APIRouter:
    """The routes by which kiosks upload envelopes."""
    router = APIRouter(tags=["kiosk"])
    spoken = APIRouter(dependencies=[Depends(_speak)], responses=_REFUSALS)
    signed = Depends(identity.signed(office))

    @router.options(wire.UPLOADS_PATH, status_code=204)
    def capabilities() -> Response:
        """What of tus there is here."""
        offered = {
            "Tus-Extension": ",".join(EXTENSIONS),
            "Tus-Max-Size": str(uploads.LONGEST),
            "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
        }
        return Response(status_code=204, headers=_VERSIONS | offered)

    @spoken.post(
        wire.UPLOADS_PATH,
        status_code=201,
        response_class=Response,
        responses=_TOO_LARGE | {400: {"description": "Other metadata than a SHA-256"}},
    )
    def create(
        kiosk_id: Annotated[str, signed],
        upload_length: Annotated[int, Header(ge=1)],
        upload_metadata: Annotated[str, Header()],
    ) -> Response:
        """Begin to upload an envelope, or find out how far it has come (Upload-Offset)."""
        sha256 = _named(upload_metadata)
        with office.database.write() as session:
            row = uploads.begin(session, kiosk_id, sha256, upload_length, office.clock.now())
            headers = _standing(row)
        headers["Location"] = wire.UPLOAD_PATH.format(sha256=sha256.hex())
        return Response(status_code=201, headers=headers)

    @spoken.head(wire.UPLOAD_PATH, response_class=Response, responses=_UNKNOWN)
    def standing(sha256: Name, kiosk_id: Annotated[str, signed]) -> Response:
        """How far an upload has come."""
        with office.database.read() as session:
            row = uploads.find(session, kiosk_id, bytes.fromhex(sha256), office.clock.now())
            headers = _standing(row)
            headers[wire.UPLOAD_LENGTH] = str(row.length)
            headers[wire.UPLOAD_METADATA] = wire.upload_metadata(row.sha256)
        return Response(headers=headers | {"Cache-Control": "no-store"})

    @spoken.patch(
        wire.UPLOAD_PATH,
        status_code=204,
        responses=_UNKNOWN
        | _TOO_LARGE
        | {
            400: {"description": "A checksum by another algorithm"},
            409: {"description": "The upload stands elsewhere"},
            415: {"description": f"Not {wire.OFFSET_OCTETS}"},
            460: {"description": "The part, or the whole with it, has another checksum"},
        },
        openapi_extra=_PART,
    )
    def append(
        sha256: Name,
        kiosk_id: Annotated[str, signed],
        body: Annotated[bytes, Depends(identity.body_of)],
        request: Request,
        upload_offset: Annotated[int, Header(ge=0)],
        upload_checksum: Annotated[str | None, Header()] = None,
    ) -> Response:
        """Go on uploading."""
        if request.headers.get("content-type") != wire.OFFSET_OCTETS:
            raise HTTPException(415, f"a part is {wire.OFFSET_OCTETS}")
        if upload_checksum is not None:
            _check(upload_checksum, body)
        with office.database.write() as session:
            now, name = office.clock.now(), bytes.fromhex(sha256)
            row = uploads.append(session, kiosk_id, name, upload_offset, body, now)
            headers = _standing(row)
        return Response(status_code=204, headers=headers)

    @spoken.delete(wire.UPLOAD_PATH, status_code=204, responses=_UNKNOWN)
    def terminate(sha256: Name, kiosk_id: Annotated[str, signed]) -> Response:
        """Give an upload up."""
        with office.database.write() as session:
            uploads.discard(session, kiosk_id, bytes.fromhex(sha256), office.clock.now())
        return Response(status_code=204)

    router.include_router(spoken)
    return router


def _speak(tus_resumable: Annotated[str, Header()] = "") -> None:
    if tus_resumable != wire.TUS_VERSION:
        raise HTTPException(412, f"this is tus {wire.TUS_VERSION}", _VERSIONS)


def _standing(row: UploadRow) -> dict[str, str]:
    expires = format_datetime(row.expires_at.astimezone(UTC), usegmt=True)
    return {wire.UPLOAD_OFFSET: str(row.offset), "Upload-Expires": expires}


def _named(metadata: str) -> bytes:
    """The SHA-256 of the envelope, which is all that may be said of it."""
    try:
        sha256 = bytes.fromhex(b64decode(metadata.partition(" ")[2]).decode())
    except ValueError:
        sha256 = b""
    if len(sha256) != _SHA256_BYTES or wire.upload_metadata(sha256) != metadata:
        raise HTTPException(400, "the metadata is sha256 and its value in hex")
    return sha256


def _check(checksum: str, body: bytes) -> None:
    algorithm, _, said = checksum.partition(" ")
    if algorithm not in CHECKSUMS:
        raise HTTPException(400, f"checksums are by {' or '.join(CHECKSUMS)}")
    found = b64encode(hashlib.new(algorithm, body, usedforsecurity=False).digest()).decode()
    if said != found:
        raise uploads.ChecksumError("the part has another checksum")
