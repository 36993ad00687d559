"""Who does not sign a request as an enrolled kiosk does, now and for the first time, is refused."""

import json
import sqlite3
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from services import wire
from services.central.enrolment import revoke
from services.wire import ProblemType
from tests.services.central.conftest import FakeKiosk, Hall

URL = f"http://testserver{wire.BATCHES_PATH}"


def body(hall: Hall, kiosk: FakeKiosk | None = None) -> bytes:
    kiosk = kiosk or hall.kiosk
    return json.dumps(kiosk.batch(kiosk.item(kiosk.payload()))).encode()


def headers(hall: Hall, content: bytes, **changes: Any) -> dict[str, str]:
    """By the library alone, as any other kiosk's program would make them."""
    key = changes.pop("key", hall.kiosk.key)
    request = httpx.Request(changes.pop("method", "POST"), changes.pop("url", URL), content=content)
    options = {
        "key_id": hall.kiosk.id,
        "created": hall.clock.now(),
        "nonce": "once",
        "tag": wire.SIGNATURE_TAG,
        "covered_component_ids": wire.SIGNED_COMPONENTS,
        "body": content,
    } | changes
    resolver = MappingKeyResolver(public_keys={}, private_keys={options["key_id"]: key})
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=resolver).sign(request, **options)
    names = ("signature", "signature-input", "content-digest")
    found = {name: request.headers[name] for name in names if name in request.headers}
    return {"Content-Type": "application/json"} | found


def post(hall: Hall, content: bytes, signed: dict[str, str], query: str = "") -> httpx.Response:
    return hall.client.post(wire.BATCHES_PATH + query, content=content, headers=signed)


def problem(answer: httpx.Response) -> ProblemType:
    assert answer.headers["Content-Type"] == wire.PROBLEM
    found = wire.Problem.model_validate_json(answer.content)
    assert found.status == answer.status_code
    return found.type


@pytest.fixture
def enrolled(hall: Hall) -> Hall:
    hall.hand_in()
    return hall


def test_a_request_signed_by_the_library_is_taken(enrolled: Hall) -> None:
    content = body(enrolled)
    answer = post(enrolled, content, headers(enrolled, content))
    assert answer.json()["results"][0]["outcome"] == "accepted"


def test_a_request_that_is_not_signed_is_refused(enrolled: Hall) -> None:
    signed = {"Content-Type": "application/json"}
    answer = post(enrolled, body(enrolled), signed)
    assert (answer.status_code, problem(answer)) == (401, ProblemType.SIGNATURE)


def without(name: str) -> Callable[[dict[str, str]], dict[str, str]]:
    return lambda signed: {key: value for key, value in signed.items() if key != name}


@pytest.mark.parametrize(
    "change",
    [
        without("signature"),
        without("signature-input"),
        without("content-digest"),
        lambda signed: signed | {"signature": signed["signature"].replace("=:", "=::")},
        lambda signed: signed | {"signature": f"pyhms=:{b64encode(bytes(64)).decode()}:"},
        lambda signed: signed | {"signature-input": "pyhms=()"},
        lambda signed: signed | {"signature-input": "\xff"},
        lambda signed: (
            signed | {"signature-input": signed["signature-input"].replace('"@method" ', "")}
        ),
        lambda signed: (
            signed | {"signature-input": signed["signature-input"].replace('"once"', '"twice"')}
        ),
        lambda signed: signed | {"content-digest": "sha-256=:AAAA:"},
    ],
)
def test_a_signature_that_is_altered_is_refused(
    enrolled: Hall, change: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    content = body(enrolled)
    signed = {
        key: value.encode("latin-1") for key, value in change(headers(enrolled, content)).items()
    }
    answer = post(enrolled, content, signed)
    assert (answer.status_code, problem(answer)) == (401, ProblemType.SIGNATURE)


def test_another_body_query_or_method_is_refused(enrolled: Hall) -> None:
    content = body(enrolled)
    answers = [
        post(enrolled, content + b" ", headers(enrolled, content)),
        post(enrolled, content, headers(enrolled, content), "?other"),
        post(enrolled, content, headers(enrolled, content, method="PUT")),
        post(enrolled, content, headers(enrolled, content, url="http://testserver/v1/other")),
    ]
    assert {problem(answer) for answer in answers} == {ProblemType.SIGNATURE}


@pytest.mark.parametrize(
    "change",
    [
        {"tag": "another"},
        {"tag": None},
        {"nonce": None},
        {"nonce": ""},
        {"nonce": "n" * (wire.LONGEST_NONCE + 1)},
        {"covered_component_ids": ("@method", "@path", "content-digest")},
        {"covered_component_ids": ("@method", "@query", "content-digest")},
        {"covered_component_ids": ("@path", "@query", "content-digest")},
        {"expires": datetime(2030, 1, 1).astimezone()},
        {"key": Ed25519PrivateKey.generate()},
    ],
)
def test_a_signature_of_another_kind_or_key_is_refused(
    enrolled: Hall, change: dict[str, Any]
) -> None:
    content = body(enrolled)
    answer = post(enrolled, content, headers(enrolled, content, **change))
    assert problem(answer) is ProblemType.SIGNATURE


@pytest.mark.parametrize("name", wire.SIGNED_IF_SENT)
def test_a_header_that_should_be_signed_and_is_not_is_refused(enrolled: Hall, name: str) -> None:
    content = body(enrolled)
    signed = headers(enrolled, content) | {name: "1"}
    assert problem(post(enrolled, content, signed)) is ProblemType.SIGNATURE


def test_a_signature_without_the_body_s_digest_is_refused(enrolled: Hall) -> None:
    content = body(enrolled)
    covered = wire.SIGNED_COMPONENTS[:3]
    signed = headers(enrolled, content, covered_component_ids=covered, body=None)
    assert problem(post(enrolled, content, signed)) is ProblemType.SIGNATURE


def test_a_request_is_taken_once(enrolled: Hall) -> None:
    content = body(enrolled)
    signed = headers(enrolled, content)
    assert post(enrolled, content, signed).status_code == 200
    answer = post(enrolled, content, signed)
    assert (answer.status_code, problem(answer)) == (401, ProblemType.REPLAYED)


def test_a_request_is_taken_once_although_the_server_starts_again(
    start: Callable[..., Hall],
) -> None:
    hall = start()
    content = body(hall)
    signed = headers(hall, content)
    assert post(hall, content, signed).status_code == 200
    assert problem(post(start(), content, signed)) is ProblemType.REPLAYED


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_request_of_another_time_is_told_the_server_s(enrolled: Hall, sign: int) -> None:
    content = body(enrolled)
    now = enrolled.clock.now()
    for seconds, status in ((wire.SIGNATURE_SECONDS, 200), (wire.SIGNATURE_SECONDS + 1, 401)):
        created = now + timedelta(seconds=sign * seconds)
        signed = headers(enrolled, content, created=created, nonce=str(seconds))
        answer = post(enrolled, content, signed)
        assert answer.status_code == status
    told = wire.Problem.model_validate_json(answer.content)
    assert (told.type, told.time) == (ProblemType.CLOCK, now)


def test_the_time_is_told_to_a_kiosk_that_has_signed_only(enrolled: Hall) -> None:
    content = body(enrolled)
    late = {"created": enrolled.clock.now() - timedelta(days=365)}
    key = Ed25519PrivateKey.generate()
    answer = post(enrolled, content, headers(enrolled, content, key=key, **late))
    assert problem(answer) is ProblemType.SIGNATURE


def test_from_a_revoked_kiosk_nothing_is_taken(enrolled: Hall) -> None:
    revoke(enrolled.office, enrolled.kiosk.id)
    answer = enrolled.post(body(enrolled))
    assert (answer.status_code, problem(answer)) == (403, ProblemType.REVOKED)


def test_a_kiosk_that_is_not_enrolled_is_told_so(start: Callable[..., Hall]) -> None:
    hall = start(open_enrolment=False)
    answer = hall.post(body(hall))
    assert (answer.status_code, problem(answer)) == (403, ProblemType.NOT_ENROLLED)


def test_with_open_enrolment_a_kiosk_must_have_the_key_it_brings(hall: Hall) -> None:
    content = body(hall)
    signed = headers(hall, content, key=Ed25519PrivateKey.generate())
    assert problem(post(hall, content, signed)) is ProblemType.SIGNATURE
    assert post(hall, content, headers(hall, content, nonce="2")).status_code == 200


def test_a_kiosk_speaks_for_no_other(enrolled: Hall) -> None:
    other = FakeKiosk(enrolled.keyset, id="demo-kiosk-2")
    assert enrolled.post(body(enrolled, other), other).status_code == 200
    assert problem(enrolled.post(body(enrolled, other))) is ProblemType.SIGNATURE


@pytest.mark.parametrize("table", ["kiosk", "nonce"])
def test_a_database_that_fails_is_no_wrong_signature(enrolled: Hall, table: str) -> None:
    connection = sqlite3.connect(enrolled.database)
    connection.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
    connection.commit()
    assert enrolled.post(body(enrolled)).status_code == 503
    connection.execute(f"ALTER TABLE elsewhere RENAME TO {table}")
    connection.commit()
    connection.close()
    assert enrolled.post(body(enrolled)).status_code == 200


def test_citizens_sign_nothing(enrolled: Hall) -> None:
    case = enrolled.hand_in()
    assert enrolled.status(case).status_code == 200
