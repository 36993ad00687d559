"""The clerk's JSON API under `/v1/clerk`, for whoever holds the clerk's token."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kiosk.domain.submission.case import CaseState
from services import wire
from services.central.cases import Told
from services.central.codes import same_secret
from services.central.desk import CaseDetail, CasePage, ClerkDesk
from services.central.eventlog import Check

_REFUSALS: dict[int | str, dict[str, object]] = {
    401: {"description": "No or wrong clerk token"},
    404: {"description": "No such case"},
    409: {"description": "The case is not in the state this step needs"},
}


class Dispatch(wire.Message):
    """Where a case goes."""

    department: str


class Closing(wire.Message):
    """What the department has answered."""

    result: str


class FollowUp(wire.Message):
    """How a bad rating, a reopening or an upgrade was followed up."""

    note: str


def routes(desk: ClerkDesk, token: str) -> APIRouter:
    """The API's routes; each asks for `Authorization: Bearer <token>`."""
    bearer = HTTPBearer(auto_error=False)

    def allowed(
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    ) -> None:
        if given is None or not same_secret(given.credentials, token):
            raise HTTPException(401, "clerk token needed", {"WWW-Authenticate": "Bearer"})

    router = APIRouter(
        prefix="/v1/clerk", tags=["clerk"], dependencies=[Depends(allowed)], responses=_REFUSALS
    )

    @router.get("/cases")
    def cases(
        state: CaseState | None = None,
        follow_up: bool = False,
        page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
        size: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> CasePage:
        """List cases, the newest first."""
        return desk.page(state, page, size, follow_up=follow_up)

    @router.get("/log")
    def log() -> Check:
        """Walk the event log's hash chain."""
        return desk.check_log()

    @router.get("/cases/{number}")
    def show(number: str) -> CaseDetail:
        """Show a case with all answers."""
        return desk.show(number)

    @router.post("/cases/{number}/register")
    def register(number: str) -> CaseDetail:
        """Take note of a received case."""
        return desk.register(number)

    @router.post("/cases/{number}/dispatch")
    def dispatch(number: str, to: Dispatch) -> CaseDetail:
        """Hand a registered case to a department."""
        return desk.dispatch(number, to.department)

    @router.post("/cases/{number}/close")
    def close(number: str, closing: Closing) -> CaseDetail:
        """Record the department's result; the feedback clock starts."""
        return desk.close(number, closing.result)

    @router.post("/cases/{number}/tell-window")
    def tell_window(number: str) -> CaseDetail:
        """The window acknowledges the feedback."""
        return desk.tell(number, Told.WINDOW)

    @router.post("/cases/{number}/tell-citizen")
    def tell_citizen(number: str) -> CaseDetail:
        """A clerk has told the citizen by phone."""
        return desk.tell(number, Told.CITIZEN)

    @router.post("/cases/{number}/follow-up")
    def follow_up(number: str, done: FollowUp) -> CaseDetail:
        """A bad rating, a reopening or an upgrade has been followed up."""
        return desk.follow_up(number, done.note)

    return router
