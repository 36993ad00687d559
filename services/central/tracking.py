"""The public tracking page: a form for number and query code, and how the case stands."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse

from kiosk.errors import CaseNotFound
from services.central.pages import page
from services.central.public import client_of
from services.central.status import StatusDesk, WaitError

_LONGEST_SHOWN = 32


def routes(desk: StatusDesk) -> APIRouter:
    """`/track`, for the phone that has read the receipt's QR code."""
    router = APIRouter(include_in_schema=False)

    @router.get("/track")
    def ask(number: str = "") -> HTMLResponse:
        return _form(200, number)

    @router.post("/track")
    def answer(
        request: Request,
        number: Annotated[str, Form()] = "",
        code: Annotated[str, Form()] = "",
    ) -> HTMLResponse:
        try:
            case = desk.follow(number, code, client_of(request))
        except CaseNotFound:
            return _form(404, number, problem="not_found")
        except WaitError as wait:
            response = _form(429, number, problem="wait", minutes=-(-wait.seconds // 60))
            response.headers["Retry-After"] = str(wait.seconds)
            return response
        return page("track.html", case=case, appointment=desk.appointment(case.number))

    return router


def _form(status: int, number: str, *, problem: str = "", minutes: int = 0) -> HTMLResponse:
    shown = number[:_LONGEST_SHOWN]
    return page("track.html", status, case=None, number=shown, problem=problem, minutes=minutes)
