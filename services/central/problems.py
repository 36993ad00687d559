"""Refusals of signed requests, in the form of RFC 9457."""

from datetime import datetime

from fastapi import Request
from starlette.responses import Response

from services import wire
from services.wire import ProblemType

_PROBLEMS = {
    ProblemType.SIGNATURE: (401, "the request is not signed as it should be"),
    ProblemType.CLOCK: (401, "the request was signed at another time than it is here"),
    ProblemType.REPLAYED: (401, "the signature has been used before"),
    ProblemType.NOT_ENROLLED: (403, "no kiosk is enrolled by this name"),
    ProblemType.REVOKED: (403, "the kiosk is revoked"),
    ProblemType.TOKEN: (403, "the token is wrong, used or out of date"),
}


class ProblemError(Exception):
    """A signed request is refused; `time` is the server's, where that is the reason."""

    def __init__(self, type_: ProblemType, time: datetime | None = None) -> None:
        status, title = _PROBLEMS[type_]
        super().__init__(title)
        self.problem = wire.Problem(type=type_, title=title, status=status, time=time)


def answer(_: Request, error: Exception) -> Response:
    """The exception handler for `ProblemError`."""
    if not isinstance(error, ProblemError):
        raise error
    content = error.problem.model_dump_json(exclude_none=True)
    return Response(content, error.problem.status, media_type=wire.PROBLEM)
