"""What a kiosk asks for a citizen is answered to kiosks only, once, and as it was asked."""

import json
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from services import wire
from services.central.enrolment import revoke
from services.uplink.signing import RequestSigner
from services.wire import ProblemType
from tests.services.central.conftest import FakeKiosk, Hall
from tests.services.central.test_identity import problem

PATHS = (
    *(wire.RECORDS_PATH, wire.SLOTS_PATH, wire.HOLDS_PATH, wire.BILLS_PATH, wire.PAYMENTS_PATH),
    *(wire.CASE_PATH, f"{wire.CASE_PATH}?reads=2"),
)
every_path = pytest.mark.parametrize("path", PATHS)
BODY, OTHER = b'{"id": "demo"}', b'{"id": "Demo"}'


def signed(hall: Hall, path: str, body: bytes = BODY) -> dict[str, str]:
    signer = RequestSigner(hall.kiosk.id, hall.kiosk, hall.clock)
    headers = signer.headers("POST", str(hall.client.base_url) + path, body)
    return {"Content-Type": "application/json"} | headers


def asked(hall: Hall, path: str, headers: dict[str, str], body: bytes = BODY) -> httpx.Response:
    return hall.client.post(path, content=body, headers=headers)


@pytest.fixture
def known(hall: Hall) -> Hall:
    hall.introduce()
    return hall


@every_path
def test_who_signs_is_heard_out(known: Hall, path: str) -> None:
    assert asked(known, path, signed(known, path)).status_code in (404, 422)


@every_path
def test_what_is_not_signed_is_refused(known: Hall, path: str) -> None:
    answer = known.client.post(path, content=BODY, headers={"Content-Type": "application/json"})
    assert (answer.status_code, problem(answer)) == (401, ProblemType.SIGNATURE)


@every_path
def test_what_was_altered_on_the_way_is_refused(known: Hall, path: str) -> None:
    assert problem(asked(known, path, signed(known, path), OTHER)) is ProblemType.SIGNATURE
    elsewhere = next(each for each in PATHS if each != path)
    assert problem(asked(known, elsewhere, signed(known, path))) is ProblemType.SIGNATURE


@every_path
def test_what_is_sent_again_by_somebody_is_refused(known: Hall, path: str) -> None:
    headers = signed(known, path)
    asked(known, path, headers)
    assert problem(asked(known, path, headers)) is ProblemType.REPLAYED


@every_path
@pytest.mark.parametrize("direction", [1, -1])
def test_what_was_signed_at_another_time_is_told_the_time(
    known: Hall, path: str, direction: int
) -> None:
    headers = signed(known, path)
    known.clock.moment += direction * timedelta(seconds=wire.SIGNATURE_SECONDS + 1)
    answer = asked(known, path, headers)
    assert problem(answer) is ProblemType.CLOCK
    assert wire.Problem.model_validate_json(answer.content).time == known.clock.moment


@every_path
def test_who_is_revoked_is_refused(known: Hall, path: str) -> None:
    revoke(known.office, known.kiosk.id)
    answer = asked(known, path, signed(known, path))
    assert (answer.status_code, problem(answer)) == (403, ProblemType.REVOKED)


@every_path
@pytest.mark.parametrize("open_enrolment", [True, False])
def test_who_is_not_enrolled_is_refused(
    start: Callable[..., Hall], path: str, open_enrolment: bool
) -> None:
    hall = start(open_enrolment=open_enrolment)
    answer = asked(hall, path, signed(hall, path))
    assert (answer.status_code, problem(answer)) == (403, ProblemType.NOT_ENROLLED)


@every_path
def test_who_calls_himself_by_a_kiosk_s_name_is_refused(known: Hall, path: str) -> None:
    known.kiosk = FakeKiosk(known.keyset)
    assert problem(asked(known, path, signed(known, path))) is ProblemType.SIGNATURE


def test_what_everybody_may_read_needs_no_signature(hall: Hall) -> None:
    for path in (wire.HELLO_PATH, wire.KEYSET_PATH, wire.LOG_PATH):
        assert hall.client.get(path).status_code == 200
    assert hall.client.get(wire.CATALOGUE_PATH).status_code == 404


def test_a_refusal_repeats_nothing_of_what_was_asked(known: Hall) -> None:
    said = {"item_id": "DEMO-SB-001", "division": "340103", "answers": {"name": "演示人"}}
    body = json.dumps(said, ensure_ascii=False).encode()
    answer = asked(known, wire.RECORDS_PATH, signed(known, wire.RECORDS_PATH), body)
    assert "演示人" not in answer.text
