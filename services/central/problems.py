"""What goes wrong, as problem details (RFC 9457). They never repeat what was sent, which may be
personal."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from kiosk.errors import CaseNotFound, StorageError
from services import wire
from services.central.authority import NothingKnownError
from services.central.cases import BadWordingError, WrongOrderError
from services.central.database import STORAGE_FAILURES
from services.central.editions import UnknownEditionError
from services.central.uploads import (
    ChecksumError,
    TooLargeError,
    UnknownKioskError,
    UnknownUploadError,
    WrongOffsetError,
)
from services.wire import ProblemType

_RETRY_SECONDS = 5
_REFUSALS = {
    CaseNotFound: 404,
    UnknownEditionError: 404,
    NothingKnownError: 404,
    WrongOrderError: 409,
    BadWordingError: 422,
    UnknownKioskError: 403,
    UnknownUploadError: 404,
    WrongOffsetError: 409,
    TooLargeError: 413,
    ChecksumError: 460,
}
_NOT_REGISTERED = {460: "Checksum Mismatch"}  # of the tus protocol
_SIGNED = {
    ProblemType.SIGNATURE: (401, "the request is not signed as it should be"),
    ProblemType.CLOCK: (401, "the request was signed at another time than it is here"),
    ProblemType.REPLAYED: (401, "the signature has been used before"),
    ProblemType.NOT_ENROLLED: (403, "no kiosk is enrolled by this name"),
    ProblemType.REVOKED: (403, "the kiosk is revoked"),
    ProblemType.TOKEN: (403, "the token is wrong, used or out of date"),
}

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": text,
        "content": {wire.PROBLEM: {"schema": wire.Problem.model_json_schema()}},
    }
    for status, text in (
        (401, "Not signed, altered, used before, or signed by another clock"),
        (403, "By a kiosk that is not enrolled, or is revoked"),
    )
}
"""How a route that kiosks sign for may refuse, for its description."""


class ProblemError(Exception):
    """A signed request is refused; `time` is the server's, where that is the reason."""

    def __init__(self, type_: ProblemType, time: datetime | None = None) -> None:
        status, title = _SIGNED[type_]
        super().__init__(title)
        self.problem = wire.Problem(type=type_, title=title, status=status, time=time)


def told(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem that its status says all about but the `detail`."""
    title = _NOT_REGISTERED.get(status) or HTTPStatus(status).phrase
    problem = wire.Problem(title=title, status=status, detail=detail)
    return _response(problem, headers)


def handle(app: FastAPI) -> None:
    """Have every error of `app` told as a problem."""
    app.add_exception_handler(ProblemError, _signed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    for failure in (*STORAGE_FAILURES, StorageError):
        app.add_exception_handler(failure, _storage_failed)
    for refusal, status in _REFUSALS.items():
        app.add_exception_handler(refusal, partial(_refused, status))


def _response(problem: wire.Problem, headers: Mapping[str, str] | None = None) -> Response:
    content = problem.model_dump_json(exclude_none=True)
    return Response(content, problem.status, headers, wire.PROBLEM)


def _signed(_: Request, error: Exception) -> Response:
    if not isinstance(error, ProblemError):
        raise error
    return _response(error.problem)


def _http(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return told(error.status_code, error.detail, error.headers)


def _invalid(_: Request, error: Exception) -> Response:
    """Where the input is wrong and how."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    known = frozenset(_names(wire.Message))
    places = (f"{_place(each['loc'], known)}: {each['type']}" for each in found)
    return told(422, "; ".join(places))


def _place(loc: tuple[str | int, ...], known: frozenset[str]) -> str:
    """Where it is, as far as the names are ours."""
    where, *path = loc
    ours = [str(part) for part in path if isinstance(part, int) or part in known or where != "body"]
    return ".".join([str(where), *ours])


def _names(model: type[BaseModel]) -> Iterator[str]:
    for each in model.__subclasses__():
        yield from each.model_fields
        yield from _names(each)


def _storage_failed(_: Request, __: Exception) -> Response:
    return told(503, "storage is not available", {"Retry-After": str(_RETRY_SECONDS)})


def _refused(status: int, _: Request, error: Exception) -> Response:
    return told(status, str(error))
