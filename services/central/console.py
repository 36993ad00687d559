"""The clerk's web console: server-rendered, in Chinese, without script."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Annotated

from fastapi import APIRouter, Cookie, Form, Query
from starlette.responses import HTMLResponse, Response

from kiosk.domain.submission.case import CaseState
from kiosk.errors import CaseNotFound
from services.central.cases import (
    LONGEST_DEPARTMENT,
    LONGEST_NOTE,
    LONGEST_RESULT,
    BadWordingError,
    Told,
    WrongOrderError,
)
from services.central.codes import same_secret
from services.central.desk import CaseDetail, ClerkDesk
from services.central.pages import HEADERS, page, see_other

COOKIE = "console_session"
_PATH = "/console"
_SESSION_SECONDS = 8 * 60 * 60
_PAGE_SIZE = 30
_STATES = {str(state): state for state in CaseState}


@dataclass(frozen=True, slots=True)
class Session:
    """One login. `csrf` must come back with every form."""

    ends: float
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))


class Sessions:
    """The logins of this run of the server, in memory."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._lock = Lock()

    def begin(self) -> str:
        """A new login; returns the cookie's value."""
        with self._lock:
            now = self._clock()
            self._sessions = {k: s for k, s in self._sessions.items() if s.ends > now}
            key = secrets.token_urlsafe(32)
            self._sessions[key] = Session(now + _SESSION_SECONDS)
            return key

    def find(self, key: str) -> Session | None:
        """The login of this cookie, unless it has ended."""
        session = self._sessions.get(key)
        return session if session is not None and session.ends > self._clock() else None

    def end(self, key: str) -> None:
        """Log out."""
        with self._lock:
            self._sessions.pop(key, None)


def routes(
    desk: ClerkDesk, token: str, sessions: Sessions, missing_year: Callable[[], int | None]
) -> APIRouter:
    """The console's pages and forms. `missing_year` is the year whose holiday notice should have
    been loaded by now."""
    router = APIRouter(prefix=_PATH, include_in_schema=False)

    @router.get("/login")
    def login_form() -> HTMLResponse:
        return page("login.html", wrong=False)

    @router.post("/login")
    def login(given: Annotated[str, Form(alias="token")] = "") -> Response:
        if not same_secret(given.strip(), token):
            return page("login.html", 403, wrong=True)
        response = see_other(_PATH)
        response.set_cookie(COOKIE, sessions.begin(), path=_PATH, httponly=True, samesite="strict")
        return response

    @router.post("/logout")
    def logout(
        key: Annotated[str, Cookie(alias=COOKIE)] = "", csrf: Annotated[str, Form()] = ""
    ) -> Response:
        session = sessions.find(key)
        if session is not None and not same_secret(csrf, session.csrf):
            return _forged()
        sessions.end(key)
        response = see_other(f"{_PATH}/login")
        response.delete_cookie(COOKIE, path=_PATH, httponly=True, samesite="strict")
        return response

    @router.get("")
    def cases(
        key: Annotated[str, Cookie(alias=COOKIE)] = "",
        state: str = "",
        follow_up: str = "",
        at: Annotated[str, Query(alias="page")] = "1",
    ) -> Response:
        session = sessions.find(key)
        if session is None:
            return see_other(f"{_PATH}/login")
        wanted = int(at) if at.isascii() and at.isdigit() and len(at) < 7 else 1
        chosen = _STATES.get(state)
        found = desk.page(chosen, max(1, wanted), _PAGE_SIZE, follow_up=bool(follow_up))
        return page(
            "cases.html",
            found=found,
            chosen=chosen,
            follow_up=follow_up,
            csrf=session.csrf,
            missing_year=missing_year(),
        )

    @router.get("/cases/{number}")
    def show(number: str, key: Annotated[str, Cookie(alias=COOKIE)] = "") -> Response:
        session = sessions.find(key)
        if session is None:
            return see_other(f"{_PATH}/login")
        try:
            return _case_page(desk.show(number), session, missing_year())
        except CaseNotFound:
            return _problem(404, "没有这个编号", "请核对受理编号。")

    @router.get("/cases/{number}/pictures/{picture}")
    def picture(
        number: str, picture: str, key: Annotated[str, Cookie(alias=COOKIE)] = ""
    ) -> Response:
        if sessions.find(key) is None:
            return see_other(f"{_PATH}/login")
        try:
            content = desk.picture(number, picture)
        except CaseNotFound:
            return _problem(404, "没有这张照片", "请从案件里再打开一次。")
        return Response(content, headers=HEADERS, media_type="image/jpeg")

    @router.post("/cases/{number}/{step}")
    def act(
        number: str,
        step: str,
        key: Annotated[str, Cookie(alias=COOKIE)] = "",
        csrf: Annotated[str, Form()] = "",
        text: Annotated[str, Form()] = "",
    ) -> Response:
        session = sessions.find(key)
        if session is None:
            return see_other(f"{_PATH}/login")
        if not same_secret(csrf, session.csrf):
            return _forged()
        try:
            case = _step(desk, number, step, text)
        except CaseNotFound:
            return _problem(404, "没有这个编号或这一步", "请核对受理编号。")
        except WrongOrderError:
            shown = desk.show(number)
            problem = "这一步现在不能做：案件的状态已经变了。"
            return _case_page(shown, session, missing_year(), 409, problem)
        except BadWordingError:
            shown = desk.show(number)
            problem = "请填写内容（不能为空，也不能过长）。"
            return _case_page(shown, session, missing_year(), 422, problem, step, text)
        return see_other(f"{_PATH}/cases/{case.number}")

    return router


def _step(desk: ClerkDesk, number: str, step: str, text: str) -> CaseDetail:
    match step:
        case "register":
            return desk.register(number)
        case "dispatch":
            return desk.dispatch(number, text)
        case "close":
            return desk.close(number, text)
        case "tell-window":
            return desk.tell(number, Told.WINDOW)
        case "tell-citizen":
            return desk.tell(number, Told.CITIZEN)
        case "follow-up":
            return desk.follow_up(number, text)
    raise CaseNotFound("no such step")


def _case_page(
    case: CaseDetail,
    session: Session,
    missing_year: int | None,
    status: int = 200,
    problem: str = "",
    step: str = "",
    text: str = "",
) -> HTMLResponse:
    """The page of a case; `text` is what was written for `step`."""
    return page(
        "case.html",
        status,
        case=case,
        csrf=session.csrf,
        missing_year=missing_year,
        problem=problem,
        text="" if step == "follow-up" else text,
        note=text if step == "follow-up" else "",
        longest_department=LONGEST_DEPARTMENT,
        longest_result=LONGEST_RESULT,
        longest_note=LONGEST_NOTE,
    )


def _problem(status: int, title: str, advice: str) -> HTMLResponse:
    return page("problem.html", status, title=title, advice=advice)


def _forged() -> HTMLResponse:
    return _problem(403, "这个页面已经过期", "请返回案件列表，再做一次。")
