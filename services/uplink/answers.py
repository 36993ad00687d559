"""Reading what answers: the central server's own JSON, or somebody else."""

from datetime import timedelta
from typing import TypeVar

import requests
from pydantic import ValidationError

from kiosk.errors import CentralUnreachable
from services import wire

_M = TypeVar("_M", bound=wire.Message)


class CentralBusy(CentralUnreachable):
    """The central server is there and asks to come back later (429 or 503)."""

    def __init__(self, message: str, retry_after: timedelta | None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BatchRefused(CentralUnreachable):
    """The server answers 4xx to a whole batch: something in it is not as it should be."""


def answer(expected: type[_M], response: requests.Response, body: bytes) -> _M:
    """The message in a response. Raises `CentralBusy`, `BatchRefused`, or `CentralUnreachable` for
    whatever is not the central server's."""
    not_busy(response)
    status = response.status_code
    if status in (400, 413, 422) and is_json(response):
        raise BatchRefused(f"{response.url}: refused ({status})")
    if status != 200 or not is_json(response):
        raise CentralUnreachable(f"{response.url}: not the central server ({status})")
    try:
        return expected.model_validate_json(body)
    except ValidationError as error:
        raise CentralUnreachable(f"{response.url}: not a {expected.__name__}") from error


def not_busy(response: requests.Response) -> None:
    """Raises `CentralBusy` if the server asks to come back later."""
    status = response.status_code
    if status in (429, 503):
        raise CentralBusy(f"{response.url}: busy ({status})", _retry_after(response))


def is_json(response: requests.Response) -> bool:
    """Whether the central server itself can have sent it (captive portals send HTML)."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    return media_type.strip().lower() in ("application/json", wire.PROBLEM)


def _retry_after(response: requests.Response) -> timedelta | None:
    """Whole seconds (RFC 9110 §10.2.3); our server never sends the form with a date."""
    seconds = response.headers.get("Retry-After", "")
    if not (seconds.isascii() and seconds.isdigit()):
        return None
    return timedelta(seconds=min(int(seconds[:9]), 86_400))
