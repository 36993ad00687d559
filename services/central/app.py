"""The central server as an ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

from kiosk.domain.calendar.warning import missing_year
from kiosk.domain.calendar.workdays import Workdays
from kiosk.errors import CaseNotFound, StorageError
from kiosk.ports import Clock
from services import wire
from services.attempts import AttemptLimit
from services.central import (
    catalogue,
    clerk,
    console,
    counter,
    pages,
    phone,
    problems,
    public,
    retention,
    tracking,
)
from services.central.authority import NothingKnownError
from services.central.cases import BadWordingError, WrongOrderError, check_key
from services.central.citizen import CitizenDesk
from services.central.counter import Counter
from services.central.database import STORAGE_FAILURES, Database, sqlite_url
from services.central.demo_authority import DemoAuthority
from services.central.desk import ClerkDesk
from services.central.editions import CATALOGUE_FOLDER, Editions, UnknownEditionError
from services.central.feedback import ZONE, FeedbackRule
from services.central.gate import PER_NUMBER, WINDOW_SECONDS, Gate
from services.central.keys import KEYS_FILE, load_keys, load_token
from services.central.limits import BodyLimit
from services.central.office import Office
from services.central.status import StatusDesk
from services.central.vault import Vault

DATABASE_FILE = "central.db"
_REFUSALS = {
    CaseNotFound: 404,
    UnknownEditionError: 404,
    NothingKnownError: 404,
    WrongOrderError: 409,
    BadWordingError: 422,
}


def create_app(
    folder: Path,
    workdays: Workdays,
    clock: Clock,
    *,
    database_url: str = "",
    open_enrolment: bool = False,
    offices_close: time = time(17),
) -> FastAPI:
    """The application, with keys, token, published editions of the catalogue and (unless
    `database_url` says otherwise) database in `folder`, made on first use.

    `offices_close` is the local hour from which a result counts as given on the next working day.
    Raises `StorageError`.
    """
    office, editions = open_office(
        folder,
        workdays,
        clock,
        database_url=database_url,
        open_enrolment=open_enrolment,
        offices_close=offices_close,
    )
    token = load_token(folder)
    gate = Gate(office)
    status_desk, clerk_desk = StatusDesk(office, gate), ClerkDesk(office)

    def missing() -> int | None:
        return missing_year(workdays, clock.now().astimezone(ZONE).date())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with retention.running(office):
            yield
        office.database.close()

    app = FastAPI(title="Budayang central server", version=str(wire.VERSION), lifespan=lifespan)
    app.add_middleware(BodyLimit, most=wire.MAX_BATCH_BYTES)
    app.add_exception_handler(RequestValidationError, _invalid)
    for failure in (*STORAGE_FAILURES, StorageError):
        app.add_exception_handler(failure, _storage_failed)
    for refusal, status in _REFUSALS.items():
        app.add_exception_handler(refusal, partial(_refused, status))
    app.add_exception_handler(problems.ProblemError, problems.answer)
    app.include_router(public.routes(office, status_desk))
    app.include_router(catalogue.routes(editions, clock))
    app.include_router(counter.routes(Counter(office, DemoAuthority())))
    app.include_router(phone.routes(office))
    app.include_router(clerk.routes(clerk_desk, token))
    app.include_router(tracking.routes(status_desk, CitizenDesk(office, gate)))
    app.include_router(console.routes(clerk_desk, token, console.Sessions(), missing))
    app.mount("/static", StaticFiles(directory=pages.STATIC))

    @app.get("/", include_in_schema=False)
    def home() -> RedirectResponse:
        return pages.see_other("/track")

    return app


def open_office(
    folder: Path,
    workdays: Workdays,
    clock: Clock,
    *,
    database_url: str = "",
    open_enrolment: bool,
    offices_close: time,
) -> tuple[Office, Editions]:
    """What the application works with, of the same parameters. Raises `StorageError`."""
    file = folder / DATABASE_FILE
    keys = load_keys(folder, may_make=not file.exists())
    database = _open(database_url or sqlite_url(file), folder / KEYS_FILE, keys.vault)
    editions = Editions(folder / CATALOGUE_FOLDER, keys)
    office = Office(
        database,
        keys,
        clock,
        FeedbackRule(workdays, offices_close),
        open_enrolment,
        AttemptLimit(PER_NUMBER, WINDOW_SECONDS),
        editions.edition,
    )
    return office, editions


def _open(url: str, keys_file: Path, vault: Vault) -> Database:
    database = Database(url)
    try:
        with database.read() as session:
            check_key(session, vault)
    except StorageError as error:
        database.close()
        raise StorageError(f"{keys_file}: does not open the cases in the database") from error
    return database


def _invalid(request: Request, error: Exception) -> JSONResponse:
    """Where the input is wrong and how; never the input itself, which may be personal."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    places = [{"loc": [_ascii(p) for p in e["loc"]], "type": e["type"]} for e in found]
    return JSONResponse({"detail": places}, status_code=422)


def _ascii(part: str | int) -> str | int:
    return part if isinstance(part, int) else ascii(part)[1:-1]


def _storage_failed(request: Request, error: Exception) -> JSONResponse:
    headers = {"Retry-After": "5"}
    return JSONResponse({"detail": "storage is not available"}, 503, headers)


def _refused(status: int, request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, status)
