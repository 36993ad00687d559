"""Which envelopes go in parts, and what the other side may answer."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from uuid_utils.compat import uuid7

from kiosk.errors import CentralUnreachable
from services import wire
from services.uplink import uploads
from services.uplink.answers import CentralBusy
from services.uplink.signing import NotAdmitted
from services.uplink.uploads import Uploading

PART = wire.PART_BYTES


def reply(status: int, media_type: str = "application/json", **headers: str) -> requests.Response:
    made = requests.Response()
    made.status_code, made.url = status, "http://192.0.2.1/demo"
    made.headers["Content-Type"] = media_type
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


def batch(*sizes: int) -> wire.Batch:
    def item(size: int) -> wire.SealedItem:
        envelope = bytes(size)
        return wire.SealedItem(
            id=uuid7(),
            kind="attachment",
            created_at="2026-11-20T12:00:00Z",
            kiosk_id="demo-kiosk-1",
            key_id="key",
            suite=wire.SUITE,
            sha256=b64encode(hashlib.sha256(envelope).digest()),
            signature=b64encode(bytes(64)),
            envelope=b64encode(envelope),
        )

    key = b64encode(bytes(32))
    return wire.Batch(kiosk_id="demo-kiosk-1", verify_key=key, items=[item(s) for s in sizes])


Told = list[tuple[str, str, int]]


def answering(*answers: requests.Response | Exception) -> tuple[Uploading, Told]:
    """Uploads to a server that gives these answers; what it was asked."""
    given, told = iter(answers), []

    def exchange(
        method: str, path: str, body: bytes, more: Mapping[str, str]
    ) -> tuple[requests.Response, bytes]:
        assert more[wire.TUS_RESUMABLE] == wire.TUS_VERSION
        told.append((method, path, len(body)))
        found = next(given)
        if isinstance(found, Exception):
            raise found
        return found, b""

    return Uploading(exchange), told


def at(status: int, offset: Any) -> requests.Response:
    return reply(status, upload_offset=str(offset))


def sizes(found: wire.Batch) -> list[int | None]:
    return [None if one.envelope is None else len(one.envelope) for one in found.items]


def test_a_batch_goes_without_what_was_uploaded_and_is_else_the_same() -> None:
    sent = batch(PART, PART + 1, 10)
    uploading, told = answering(at(201, 0), at(204, PART), at(204, PART + 1))
    lighter = uploading.lightened(sent)
    assert sizes(lighter) == [PART, None, 10]
    assert lighter.items[1] == sent.items[1].model_copy(update={"envelope": None})
    path = wire.UPLOAD_PATH.format(sha256=sent.items[1].sha256.hex())
    assert told == [("POST", wire.UPLOADS_PATH, 0), ("PATCH", path, PART), ("PATCH", path, 1)]


@pytest.mark.parametrize(
    "refusal",
    [
        reply(404),
        reply(405),
        reply(412, wire.PROBLEM),
        reply(413, wire.PROBLEM),
        reply(460, wire.PROBLEM),
        NotAdmitted("演示"),
    ],
)
@pytest.mark.parametrize("before", [[], [at(201, 0)], [at(201, 0), at(204, PART)]])
def test_what_is_refused_in_parts_goes_whole(
    refusal: requests.Response | Exception, before: list[requests.Response]
) -> None:
    uploading, told = answering(*before, refusal)
    assert sizes(uploading.lightened(batch(2 * PART))) == [2 * PART]
    assert len(told) == len(before) + 1


@pytest.mark.parametrize(
    "nonsense",
    [
        reply(200),
        reply(201),
        reply(302),
        reply(404, "text/html"),
        reply(500),
        at(200, 0),
        at(201, -1),
        at(201, "x"),
        at(201, ""),
    ],
)
def test_what_is_not_the_server_s_ends_the_round(nonsense: requests.Response) -> None:
    with pytest.raises(CentralUnreachable):
        answering(nonsense)[0].lightened(batch(2 * PART))


@pytest.mark.parametrize("offset", [0, 1, PART - 1, PART + 1, 2 * PART])
def test_a_part_that_has_not_moved_the_upload_by_itself_ends_the_round(offset: int) -> None:
    uploading, told = answering(at(201, 0), at(204, offset))
    with pytest.raises(CentralUnreachable):
        uploading.lightened(batch(2 * PART))
    assert len(told) == 2


def test_a_server_that_is_busy_ends_the_round_with_its_own_wait() -> None:
    with pytest.raises(CentralBusy) as busy:
        answering(reply(503, retry_after="5"))[0].lightened(batch(2 * PART))
    assert busy.value.retry_after == timedelta(seconds=5)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([reply(404), reply(404)], [2 * PART] * 4),
        ([reply(404), at(201, 2 * PART)], [2 * PART, None, None, None]),
    ],
)
def test_when_time_is_up_the_rest_waits_where_the_server_knows_uploads(
    monkeypatch: pytest.MonkeyPatch,
    answers: list[requests.Response],
    expected: list[int | None],
) -> None:
    now = [0.0]
    monkeypatch.setattr(uploads, "time", SimpleNamespace(monotonic=lambda: now[0]))
    uploading, _ = answering(*answers)
    exchange = uploading._exchange

    def slow(*given: Any) -> Any:
        now[0] += uploads.SECONDS / 2
        return exchange(*given)

    monkeypatch.setattr(uploading, "_exchange", slow)
    assert sizes(uploading.lightened(batch(*[2 * PART] * 4))) == expected
