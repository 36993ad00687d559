"""The public tracking page: a form for number and query code, how the case stands, and forms for
what can still be done with it.

Every form sends number and query code again. Nothing else lets anybody in, no cookie either: no
other site can have a citizen's browser do anything.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, Response

from kiosk.domain.submission.case import Rating
from kiosk.domain.submission.model import Kind
from kiosk.errors import CaseNotFound
from services import wire
from services.central.cases import BadWordingError, WrongOrderError
from services.central.citizen import LONGEST_WORDS, CitizenDesk
from services.central.gate import WaitError
from services.central.pages import page, see_other
from services.central.public import client_of
from services.central.status import StatusDesk

_PATH = "/track"
_LONGEST_SHOWN = 32
_LEVELS = {str(int(rating)): rating for rating in Rating}


def routes(desk: StatusDesk, citizens: CitizenDesk) -> APIRouter:
    """`/track`, for the phone that has read the receipt's QR code."""
    router = APIRouter(prefix=_PATH, include_in_schema=False)

    @router.get("")
    def ask(number: str = "") -> HTMLResponse:
        return _form(200, number)

    @router.post("")
    def answer(
        request: Request,
        number: Annotated[str, Form()] = "",
        code: Annotated[str, Form()] = "",
    ) -> HTMLResponse:
        try:
            return _case(desk.follow(number, code, client_of(request)), code)
        except (CaseNotFound, WaitError) as refusal:
            return _refused(number, refusal)

    @router.get("/{kind}")
    def again(kind: Kind) -> Response:
        """A tab that the phone opens again has nothing but the address."""
        return see_other(_PATH)

    @router.post("/{kind}")
    def act(
        request: Request,
        kind: Kind,
        number: Annotated[str, Form()] = "",
        code: Annotated[str, Form()] = "",
        text: Annotated[str, Form()] = "",
        rating: Annotated[str, Form()] = "",
        sure: Annotated[str, Form()] = "",
    ) -> HTMLResponse:
        client, level = client_of(request), _LEVELS.get(rating)
        try:
            if kind is Kind.WITHDRAWAL and not sure:
                case = desk.follow(number, code, client)
                if kind in case.possible:
                    return page("withdraw.html", case=case, code=code)
                return _case(case, code, 409, problem="late")
            try:
                known = citizens.act(number, code, client, kind, text, level)
            except WrongOrderError:
                return _case(desk.follow(number, code, client), code, 409, problem="late")
            except BadWordingError:
                case = desk.follow(number, code, client)
                return _case(case, code, 422, problem="words", text=text)
            return _case(desk.show(known), code, done=kind)
        except (CaseNotFound, WaitError) as refusal:
            return _refused(number, refusal)

    def _case(
        case: wire.WireCaseStatus,
        code: str,
        status: int = 200,
        *,
        done: str = "",
        problem: str = "",
        text: str = "",
    ) -> HTMLResponse:
        return page(
            "track.html",
            status,
            case=case,
            code=code,
            appointment=desk.appointment(case.number),
            done=done,
            problem=problem,
            text=text,
            longest=LONGEST_WORDS,
        )

    return router


def _refused(number: str, refusal: CaseNotFound | WaitError) -> HTMLResponse:
    if isinstance(refusal, CaseNotFound):
        return _form(404, number, problem="not_found")
    response = _form(429, number, problem="wait", minutes=-(-refusal.seconds // 60))
    response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _form(status: int, number: str, *, problem: str = "", minutes: int = 0) -> HTMLResponse:
    shown = number[:_LONGEST_SHOWN]
    return page("track.html", status, case=None, number=shown, problem=problem, minutes=minutes)
