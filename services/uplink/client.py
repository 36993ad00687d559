"""Speaks to the central server, and believes nobody else (captive portals, proxies, garbage)."""

from datetime import timedelta
from typing import TypeVar

import requests
from pydantic import ValidationError

from kiosk.domain.submission.case import CaseEvent, CaseState, CaseStatus
from kiosk.errors import CaseNotFound, CentralUnreachable, TooManyAttempts
from services import wire
from services.uplink import bounded

_M = TypeVar("_M", bound=wire.Message)


class CentralBusy(CentralUnreachable):
    """The central server is there and asks to come back later (429 or 503)."""

    def __init__(self, message: str, retry_after: timedelta | None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BatchRefused(CentralUnreachable):
    """The server answers 4xx to a whole batch: something in it is not as it should be."""


class CentralClient:
    """Implements `kiosk.ports.CentralServer`, and what the uplink sends. Safe from any thread.

    Every call ends within ten seconds (name resolution aside) and raises `CentralUnreachable` for
    whatever is not the central server's own JSON.
    """

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/")
        self._session = bounded.session()

    def close(self) -> None:
        """Close idle connections."""
        self._session.close()

    def hello(self) -> wire.Hello:
        """Ask whether the central server is there and speaks our version."""
        hello = _answer(wire.Hello, *self._exchange("GET", wire.HELLO_PATH))
        if wire.VERSION not in hello.versions:
            raise CentralUnreachable(f"{self._base}: speaks versions {hello.versions} only")
        return hello

    def send(self, batch: wire.Batch) -> wire.BatchResult:
        """Hand over a batch. Raises `CentralBusy` or `BatchRefused` besides."""
        return _answer(wire.BatchResult, *self._exchange("POST", wire.BATCHES_PATH, batch))

    def follow(self, number: str, code: str) -> CaseStatus:
        """How a case stands; reading it counts as the citizen having been told.

        Raises `CaseNotFound`, `TooManyAttempts` or `CentralUnreachable`.
        """
        try:
            query = wire.CaseQuery(number=number, code=code)
        except ValidationError:
            raise CaseNotFound("a number or code of this length cannot exist") from None
        response, body = self._exchange("POST", wire.CASE_PATH, query)
        if response.status_code == 404 and _is_json(response):
            raise CaseNotFound("no case has this number and code")
        if response.status_code == 429 and _is_json(response):
            raise TooManyAttempts("the central server asks to wait before the next query")
        return _case_status(_answer(wire.WireCaseStatus, response, body))

    def _exchange(
        self, method: str, path: str, message: wire.Message | None = None
    ) -> tuple[requests.Response, bytes]:
        json = None if message is None else message.model_dump_json().encode()
        return bounded.exchange(self._session, method, self._base + path, json)


def _answer(expected: type[_M], response: requests.Response, body: bytes) -> _M:
    status = response.status_code
    if status in (429, 503):
        raise CentralBusy(f"{response.url}: busy ({status})", _retry_after(response))
    if status in (400, 413, 422) and _is_json(response):
        raise BatchRefused(f"{response.url}: refused ({status})")
    if status != 200 or not _is_json(response):
        raise CentralUnreachable(f"{response.url}: not the central server ({status})")
    try:
        return expected.model_validate_json(body)
    except ValidationError as error:
        raise CentralUnreachable(f"{response.url}: not a {expected.__name__}") from error


def _is_json(response: requests.Response) -> bool:
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    return media_type.strip().lower() == "application/json"


def _retry_after(response: requests.Response) -> timedelta | None:
    """Whole seconds (RFC 9110 §10.2.3); our server never sends the form with a date."""
    seconds = response.headers.get("Retry-After", "")
    if not (seconds.isascii() and seconds.isdigit()):
        return None
    return timedelta(seconds=min(int(seconds[:9]), 86_400))


def _case_status(status: wire.WireCaseStatus) -> CaseStatus:
    if any(event.at.tzinfo is None for event in status.events):
        raise CentralUnreachable("a case's events have no time zone")
    try:
        return CaseStatus(
            number=status.number,
            kind=status.kind,
            item_name=status.item_name,
            state=CaseState(status.state),
            events=tuple(CaseEvent(CaseState(e.state), e.at) for e in status.events),
            department=status.department,
            result=status.result,
            feedback_due=status.feedback_due,
            provisional=status.provisional,
        )
    except ValueError as error:
        raise CentralUnreachable("a case's state is unknown to this kiosk") from error
