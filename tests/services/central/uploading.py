"""Uploads as a kiosk asks for them, request by request."""

import hashlib
import sqlite3
from base64 import b64encode
from contextlib import closing
from random import Random

import httpx

from services import wire
from services.central import uploads
from services.uplink.signing import RequestSigner
from tests.services.central.conftest import FakeKiosk, Hall

CONTENT = Random(1).randbytes(1000)
TUS = {wire.TUS_RESUMABLE: wire.TUS_VERSION}


def ask(
    hall: Hall,
    method: str,
    path: str,
    content: bytes = b"",
    kiosk: FakeKiosk | None = None,
    **more: str,
) -> httpx.Response:
    """A signed request of tus; `more` are headers, `-` written `_`."""
    kiosk = kiosk or hall.kiosk
    headers = TUS | {name.replace("_", "-"): value for name, value in more.items()}
    url = str(hall.client.base_url) + path
    signed = RequestSigner(kiosk.id, kiosk, hall.clock).headers(method, url, content, headers)
    answer = hall.client.request(method, path, content=content, headers=signed)
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    if answer.status_code >= 400 and method != "HEAD":
        assert wire.Problem.model_validate_json(answer.content).status == answer.status_code
        assert answer.headers["Content-Type"] == wire.PROBLEM
    return answer


def sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def path_of(content: bytes = CONTENT) -> str:
    return wire.UPLOAD_PATH.format(sha256=sha256(content).hex())


def create(
    hall: Hall, content: bytes = CONTENT, kiosk: FakeKiosk | None = None, **more: str
) -> httpx.Response:
    said = {
        "upload_length": str(len(content)),
        "upload_metadata": wire.upload_metadata(sha256(content)),
    }
    return ask(hall, "POST", wire.UPLOADS_PATH, kiosk=kiosk, **said | more)


def patch(
    hall: Hall,
    start: int,
    part: bytes,
    content: bytes = CONTENT,
    kiosk: FakeKiosk | None = None,
    **more: str,
) -> httpx.Response:
    said = {"upload_offset": str(start), "content_type": wire.OFFSET_OCTETS} | more
    return ask(hall, "PATCH", path_of(content), part, kiosk, **said)


def standing(hall: Hall, content: bytes = CONTENT, kiosk: FakeKiosk | None = None) -> int | None:
    """The offset by HEAD, None if there is no such upload."""
    answer = ask(hall, "HEAD", path_of(content), kiosk=kiosk)
    if answer.status_code == 404:
        assert "Upload-Offset" not in answer.headers
        return None
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def upload(hall: Hall, content: bytes, kiosk: FakeKiosk | None = None) -> None:
    assert create(hall, content, kiosk).status_code == 201
    assert patch(hall, 0, content, content, kiosk).status_code == 204


def kept(hall: Hall, content: bytes = CONTENT) -> bytes | None:
    """What the server would take for the envelope."""
    with hall.office.database.read() as session:
        name = sha256(content)
        return uploads.finished(session, hall.kiosk.id, [name]).get(name)


def count(hall: Hall, table: str) -> int:
    with closing(sqlite3.connect(hall.database)) as connection:
        ((found,),) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchall()
    return found


def encoded(content: bytes) -> str:
    return b64encode(content).decode()
