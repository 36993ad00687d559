"""tus 1.0.0, clause by clause."""

import hashlib
import json
import threading
from collections.abc import Callable
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from services import wire
from services.central import tus
from services.central.enrolment import revoke
from services.central.uploads import KEPT, LONGEST, MOST
from services.uplink.signing import RequestSigner
from tests.services.central.conftest import FakeKiosk, Hall
from tests.services.central.uploading import (
    CONTENT,
    TUS,
    ask,
    count,
    create,
    encoded,
    kept,
    patch,
    path_of,
    sha256,
    standing,
    upload,
)

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """A server that knows the kiosk."""
    hall.hand_in()
    return hall


# The core protocol


@pytest.mark.parametrize("said", [{}, TUS, {wire.TUS_RESUMABLE: "0.2.2"}])
def test_anybody_may_ask_what_of_tus_there_is(hall: Hall, said: dict[str, str]) -> None:
    answer = hall.client.options(wire.UPLOADS_PATH, headers=said)
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,expiration,termination,checksum"
    assert answer.headers["Tus-Max-Size"] == str(LONGEST)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


@pytest.mark.parametrize("version", ["", "0.2.2", "1.0.1", "1.0.0, 1.0.0"])
def test_another_version_is_told_which_there_is_and_nothing_is_done(
    hall: Hall, version: str
) -> None:
    answers = [create(hall, tus_resumable=version)]
    create(hall)
    answers.append(patch(hall, 0, b"1", tus_resumable=version))
    answers.append(ask(hall, "HEAD", path_of(), tus_resumable=version))
    answers.append(ask(hall, "DELETE", path_of(), tus_resumable=version))
    assert {answer.status_code for answer in answers} == {412}
    assert {answer.headers["Tus-Version"] for answer in answers} == {"1.0.0"}
    assert standing(hall) == 0


def test_an_upload_says_how_far_it_has_come(hall: Hall) -> None:
    create(hall)
    patch(hall, 0, CONTENT[:300])
    answer = ask(hall, "HEAD", path_of())
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Upload-Offset"] == "300"
    assert answer.headers["Upload-Length"] == "1000"
    assert answer.headers["Upload-Metadata"] == wire.upload_metadata(sha256(CONTENT))
    assert answer.headers["Cache-Control"] == "no-store"


def test_parts_follow_one_another_to_the_whole(hall: Hall) -> None:
    create(hall)
    for start, end in ((0, 1), (1, 400), (400, 400), (400, 1000)):
        assert kept(hall) is None
        answer = patch(hall, start, CONTENT[start:end])
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["Upload-Offset"] == str(end)
    assert kept(hall) == CONTENT


@pytest.mark.parametrize("at", [0, 299, 301, 1000, 10**30])
def test_a_part_that_begins_elsewhere_is_a_conflict(hall: Hall, at: int) -> None:
    create(hall)
    patch(hall, 0, CONTENT[:300])
    answer = patch(hall, at, b"1")
    assert (answer.status_code, "300" in answer.text) == (409, True)
    assert standing(hall) == 300


@pytest.mark.parametrize(
    "media_type", ["application/octet-stream", "application/json", "application/offset"]
)
def test_a_part_of_another_content_type_is_refused(hall: Hall, media_type: str) -> None:
    create(hall)
    assert patch(hall, 0, b"1", content_type=media_type).status_code == 415
    assert standing(hall) == 0


@pytest.mark.parametrize("offset", ["-1", "x", ""])
def test_an_offset_that_is_none_is_refused(hall: Hall, offset: str) -> None:
    create(hall)
    assert patch(hall, 0, b"1", upload_offset=offset).status_code == 422
    assert standing(hall) == 0


def test_more_than_the_whole_is_too_large(hall: Hall) -> None:
    create(hall)
    assert patch(hall, 0, CONTENT + b"1").status_code == 413
    assert patch(hall, 0, CONTENT).status_code == 204
    assert patch(hall, 1000, b"1").status_code == 413
    assert kept(hall) == CONTENT


def test_what_nobody_began_is_not_found(hall: Hall) -> None:
    assert standing(hall) is None
    assert patch(hall, 0, b"1").status_code == 404
    assert ask(hall, "DELETE", path_of()).status_code == 404


def test_of_two_parts_at_once_one_is_taken(hall: Hall) -> None:
    create(hall)
    together, statuses = threading.Barrier(4), []

    def send() -> None:
        together.wait()
        statuses.append(patch(hall, 0, CONTENT[:600]).status_code)

    threads = [threading.Thread(target=send) for _ in range(together.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [204, 409, 409, 409]
    patch(hall, 600, CONTENT[600:])
    assert kept(hall) == CONTENT


# Creation


def test_an_upload_is_created_at_a_place(hall: Hall) -> None:
    answer = create(hall)
    assert (answer.status_code, answer.content) == (201, b"")
    assert answer.headers["Location"] == path_of()
    assert answer.headers["Upload-Offset"] == "0"


def test_to_create_it_again_is_to_find_it(hall: Hall, start: Callable[..., Hall]) -> None:
    create(hall)
    patch(hall, 0, CONTENT[:300])
    anew = start()
    anew.kiosk = hall.kiosk
    for server in (hall, anew):
        answer = create(server)
        assert (answer.status_code, answer.headers["Location"]) == (201, path_of())
        assert answer.headers["Upload-Offset"] == "300"
    assert count(hall, "upload") == 1


def test_one_of_another_length_begins_anew(hall: Hall) -> None:
    create(hall, upload_length="400")
    patch(hall, 0, CONTENT[:300])
    assert create(hall).headers["Upload-Offset"] == "0"
    assert patch(hall, 0, CONTENT).status_code == 204
    assert kept(hall) == CONTENT


def test_what_is_longer_than_anything_may_be_is_too_large(hall: Hall) -> None:
    for length in (LONGEST + 1, 10**30):
        assert create(hall, upload_length=str(length)).status_code == 413
    assert create(hall, upload_length=str(LONGEST)).status_code == 201


@pytest.mark.parametrize("length", ["", "0", "-1", "x"])
def test_a_length_that_is_none_is_refused(hall: Hall, length: str) -> None:
    assert create(hall, upload_length=length).status_code == 422


@pytest.mark.parametrize(
    "metadata",
    [
        "x",
        "sha256",
        "sha256 x",
        f"sha256 {encoded(sha256(CONTENT))}",
        f"sha256 {encoded(b'ab')}",
        f"sha256 {encoded(sha256(CONTENT).hex().upper().encode())}",
        f"name {encoded(sha256(CONTENT).hex().encode())}",
        f"{wire.upload_metadata(sha256(CONTENT))},filename {encoded(b'x')}",
    ],
)
def test_an_upload_says_its_digest_and_nothing_else(hall: Hall, metadata: str) -> None:
    assert create(hall, upload_metadata=metadata).status_code == 400
    assert count(hall, "upload") == 0


def test_a_kiosk_has_so_many_that_are_not_used(hall: Hall) -> None:
    many = [bytes([number]) * 9 for number in range(MOST + 1)]
    assert {create(hall, content).status_code for content in many[:MOST]} == {201}
    assert create(hall, many[MOST]).status_code == 413
    assert create(hall, many[0]).status_code == 201
    assert ask(hall, "DELETE", path_of(many[1])).status_code == 204
    assert create(hall, many[MOST]).status_code == 201


# Expiration


def test_an_upload_expires_a_day_after_its_last_part(hall: Hall) -> None:
    begun = create(hall)
    assert parsedate_to_datetime(begun.headers["Upload-Expires"]) == hall.clock.now() + KEPT
    assert begun.headers["Upload-Expires"].endswith(" GMT")
    hall.clock.moment += KEPT - MOMENT
    answer = patch(hall, 0, CONTENT[:300])
    expires = parsedate_to_datetime(answer.headers["Upload-Expires"])
    assert expires == (hall.clock.now() + KEPT).replace(microsecond=0)
    hall.clock.moment += KEPT - MOMENT
    assert standing(hall) == 300
    hall.clock.moment += MOMENT
    assert standing(hall) is None
    assert patch(hall, 300, CONTENT[300:]).status_code == 404
    assert create(hall).headers["Upload-Offset"] == "0"
    assert patch(hall, 0, CONTENT).status_code == 204
    assert kept(hall) == CONTENT


def test_those_that_have_expired_leave_room_for_more(hall: Hall) -> None:
    for number in range(MOST):
        create(hall, bytes([number]) * 9)
    hall.clock.moment += KEPT
    assert create(hall).status_code == 201


# Termination


def test_an_upload_that_is_given_up_is_gone(hall: Hall) -> None:
    create(hall)
    patch(hall, 0, CONTENT[:300])
    answer = ask(hall, "DELETE", path_of())
    assert (answer.status_code, answer.content) == (204, b"")
    assert standing(hall) is None
    assert (count(hall, "upload"), count(hall, "part")) == (0, 0)
    assert create(hall).headers["Upload-Offset"] == "0"


# Checksum


@pytest.mark.parametrize("algorithm", tus.CHECKSUMS)
def test_a_part_with_its_checksum_is_taken_and_with_another_is_not(
    hall: Hall, algorithm: str
) -> None:
    create(hall)
    good = f"{algorithm} {encoded(hashlib.new(algorithm, CONTENT).digest())}"
    bad = f"{algorithm} {encoded(hashlib.new(algorithm, b'').digest())}"
    answer = patch(hall, 0, CONTENT, upload_checksum=bad)
    assert (answer.status_code, answer.json()["title"]) == (460, "Checksum Mismatch")
    assert standing(hall) == 0
    assert patch(hall, 0, CONTENT, upload_checksum=good).status_code == 204
    assert kept(hall) == CONTENT


@pytest.mark.parametrize("checksum", ["", "md5 x", "sha1", "SHA1 x", "sha256x"])
def test_a_checksum_of_another_kind_is_refused(hall: Hall, checksum: str) -> None:
    create(hall)
    assert patch(hall, 0, CONTENT, upload_checksum=checksum).status_code in (400, 460)
    assert standing(hall) == 0


def test_the_part_that_makes_another_whole_is_not_taken(hall: Hall) -> None:
    create(hall)
    patch(hall, 0, CONTENT[:300])
    assert patch(hall, 300, bytes(700)).status_code == 460
    assert (standing(hall), kept(hall)) == (300, None)
    assert patch(hall, 300, CONTENT[300:]).status_code == 204
    assert kept(hall) == CONTENT


# Whose they are


def test_other_kiosks_do_not_find_it(hall: Hall) -> None:
    create(hall)
    other = FakeKiosk(hall.keyset, "demo-kiosk-2")
    hall.send(other.item(other.payload()), kiosk=other)
    assert standing(hall, kiosk=other) is None
    assert patch(hall, 0, b"1", kiosk=other).status_code == 404
    assert ask(hall, "DELETE", path_of(), kiosk=other).status_code == 404
    upload(hall, CONTENT, other)
    assert standing(hall) == 0


@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
def test_nobody_uploads_without_a_signature(hall: Hall, method: str) -> None:
    create(hall)
    path = wire.UPLOADS_PATH if method == "POST" else path_of()
    answer = hall.client.request(method, path, headers=TUS)
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (401, "1.0.0")
    assert standing(hall) == 0


def test_a_part_with_another_offset_than_was_signed_is_refused(hall: Hall) -> None:
    create(hall)
    said = TUS | {wire.UPLOAD_OFFSET: "7", "content-type": wire.OFFSET_OCTETS}
    url = str(hall.client.base_url) + path_of()
    signer = RequestSigner(hall.kiosk.id, hall.kiosk, hall.clock)
    signed = signer.headers("PATCH", url, b"1", said) | {wire.UPLOAD_OFFSET: "0"}
    assert hall.client.patch(path_of(), content=b"1", headers=signed).status_code == 401
    assert standing(hall) == 0


def test_a_revoked_kiosk_uploads_nothing(hall: Hall) -> None:
    create(hall)
    revoke(hall.office, hall.kiosk.id)
    assert create(hall).status_code == 403
    assert patch(hall, 0, CONTENT).status_code == 403


def test_a_kiosk_that_nobody_knows_is_enrolled_by_its_first_batch_only(hall: Hall) -> None:
    """Even where one that brings its key in the body would be let in."""
    stranger = FakeKiosk(hall.keyset, "demo-kiosk-3")
    content = json.dumps(stranger.batch()).encode()
    said = {"upload_length": "9", "upload_metadata": wire.upload_metadata(sha256(CONTENT))}
    for body in (b"", content):
        answer = ask(hall, "POST", wire.UPLOADS_PATH, body, stranger, **said)
        assert answer.status_code == 403
    assert count(hall, "upload") == 0
