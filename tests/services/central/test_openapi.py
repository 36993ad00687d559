"""What the served description says is true: requests are made up from it by schemathesis, good ones
and bad ones, one by one and one leading to the next, and every answer is held against it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kiosk import wiring
from services import wire
from services.central.publish import open_editions
from services.uplink.signing import RequestSigner
from tests.services.catalogue.made_up import edition as small
from tests.services.central.conftest import Hall

RECORD, BOOK, PAY, DIVISION = "DEMO-SB-001", "DEMO-GA-034", "DEMO-GY-011", "340103"
ITEMS = {wire.RECORDS_PATH: RECORD, wire.BILLS_PATH: PAY}
WITHOUT_PARAMETERS = {
    f"GET {wire.HELLO_PATH}",
    f"GET {wire.KEYSET_PATH}",
    f"GET {wire.LOG_PATH}",
    f"GET {wire.CATALOGUE_PATH}",
    f"OPTIONS {wire.UPLOADS_PATH}",
}
"""Nothing about a request for these can be wrong."""
BEYOND = [positive_data_acceptance]
"""What no schema says is refused too: a wording that cannot be printed, a signature that is not."""
NOT_TO_BE_MADE_UP = {
    f"POST {wire.BATCHES_PATH}",
    f"POST {wire.UPLOADS_PATH}",
    f"HEAD {wire.UPLOAD_PATH}",
    f"PATCH {wire.UPLOAD_PATH}",
    f"DELETE {wire.UPLOAD_PATH}",
    f"POST {wire.ENROLMENTS_PATH}",
    f"GET {wire.STATES_PATH}",
    f"GET {wire.PROOF_PATH}",
    f"POST {wire.CASE_PATH}",
    f"POST {wire.HOLDS_PATH}",
    f"POST {wire.PAYMENTS_PATH}",
    "POST /v1/clerk/cases/{number}/follow-up",
}
"""A signature, the id of something accepted, a query code, a free time, a bill's id, a case that
waits to be followed up: whatever is made up is refused as it should be."""
schemathesis.serializer.alias(wire.OFFSET_OCTETS, "application/octet-stream")
QUICK = settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    stateful_step_count=10,
)


@pytest.fixture
def busy(hall: Hall) -> Hall:
    """A server with cases in every state, two editions and a bill."""
    open_editions(hall.folder).publish(small(1), date(2026, 8, 1))
    open_editions(hall.folder).publish(wiring.edition(), date(2026, 9, 1))
    for kind in ("complaint", "application", "booking"):
        hall.hand_in(kind=kind)
    hall.close(hall.hand_in(), hall.clock.moment)
    return hall


@pytest.fixture
def schema(busy: Hall) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", busy.client.app)


def each(schema: BaseSchema, mode: GenerationMode, check: Callable[[Case], None]) -> None:
    """Check made-up requests for every operation."""
    for found in schema.get_all_operations():
        operation: APIOperation = found.ok()
        if mode is GenerationMode.POSITIVE or operation.label not in WITHOUT_PARAMETERS:
            made_up = operation.as_strategy(generation_mode=mode)
            QUICK(given(case=made_up)(check))()


def authorised(hall: Hall, case: Case) -> dict[str, str]:
    if "/clerk" in case.path:
        return {"Authorization": f"Bearer {hall.token}"}
    return {"Tus-Resumable": wire.TUS_VERSION} if wire.UPLOADS_PATH in case.path else {}


def signing(hall: Hall) -> requests.Session:
    """What is asked at the counter, a kiosk asks."""
    signer = RequestSigner(hall.kiosk.id, hall.kiosk, hall.clock)

    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        if "/counter/" in str(request.url):
            body = request.body or b""
            content = body.encode() if isinstance(body, str) else body
            headers = signer.headers(str(request.method), str(request.url), content)
            request.headers.update(headers)
        return request

    session = requests.Session()
    session.auth = sign
    return session


def there(hall: Hall, case: Case, numbers: list[str]) -> None:
    """Ask for what there is: nobody makes up an item's id or a case's number."""
    if "number" in case.path_parameters:
        is_case = "/clerk" in case.path
        case.path_parameters["number"] = numbers[0] if is_case else 2
    if "before" in case.path_parameters:
        case.path_parameters["before"] = 1
    if isinstance(case.body, dict) and "item_id" in case.body:
        case.body |= {"item_id": ITEMS.get(case.path, BOOK), "division": DIVISION}


def test_good_requests_are_answered_as_described(busy: Hall, schema: BaseSchema) -> None:
    numbers = [case["number"] for case in busy.clerk("/cases", method="GET").json()["cases"]]
    statuses: dict[str, set[int]] = {}

    def check(case: Case) -> None:
        there(busy, case, numbers)
        answer = case.call_and_validate(
            headers=authorised(busy, case), session=signing(busy), excluded_checks=BEYOND
        )
        statuses.setdefault(case.operation.label, set()).add(answer.status_code)

    each(schema, GenerationMode.POSITIVE, check)
    answered = {label for label, seen in statuses.items() if seen & {200, 204}}
    assert statuses.keys() - answered == NOT_TO_BE_MADE_UP


def test_bad_requests_are_refused_as_described(busy: Hall, schema: BaseSchema) -> None:
    def check(case: Case) -> None:
        # Without its token a clerk's request without a body has nothing else that can be wrong.
        by_clerk = "/clerk" in case.path
        headers = authorised(busy, case) if case.operation.body or not by_clerk else {}
        answer = case.call_and_validate(headers=headers, session=signing(busy))
        if answer.status_code >= 400 and case.method != "HEAD":
            problem = wire.Problem.model_validate_json(answer.content)
            assert problem.status == answer.status_code

    each(schema, GenerationMode.NEGATIVE, check)


def test_one_request_leads_to_the_next_as_described(busy: Hall, schema: BaseSchema) -> None:
    seen: set[tuple[str, int]] = set()

    class Clerk(schema.as_state_machine()):
        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return {"headers": authorised(busy, case), "session": signing(busy)}

        def validate_response(self, response: Any, case: Case, **_: Any) -> None:
            case.validate_response(response, excluded_checks=BEYOND)

        def after_call(self, response: Any, case: Case) -> None:
            seen.add((case.operation.label, response.status_code))

    Clerk.run(settings=QUICK)
    answered = {label for label, status in seen if status == 200}
    assert any("{" in label for label in answered), seen
