"""The central server as an ASGI application."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import time
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import RedirectResponse
from starlette.staticfiles import StaticFiles

from kiosk.domain.calendar.warning import missing_year
from kiosk.domain.calendar.workdays import Workdays
from kiosk.errors import StorageError
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
    tus,
)
from services.central.cases import check_key
from services.central.citizen import CitizenDesk
from services.central.counter import Counter
from services.central.database import Database, sqlite_url
from services.central.demo_authority import DemoAuthority
from services.central.description import DescribedApp
from services.central.desk import ClerkDesk
from services.central.editions import CATALOGUE_FOLDER, Editions
from services.central.feedback import ZONE, FeedbackRule
from services.central.gate import PER_NUMBER, WINDOW_SECONDS, Gate
from services.central.keys import KEYS_FILE, ServerKeys, load_keys, load_token
from services.central.limits import BodyLimit
from services.central.office import Office
from services.central.opening import Opener, opener
from services.central.status import StatusDesk
from services.central.unexpected import Unexpected
from services.central.vault import Vault

DATABASE_FILE = "central.db"


def create_app(
    folder: Path,
    workdays: Workdays,
    clock: Clock,
    *,
    database_url: str = "",
    open_enrolment: bool = False,
    offices_close: time = time(17),
    opening: Callable[[ServerKeys], Opener] = opener,
) -> FastAPI:
    """The application, with keys, token, published editions of the catalogue and (unless
    `database_url` says otherwise) database in `folder`, made on first use.

    `offices_close` is the local hour from which a result counts as given on the next working day,
    `opening` makes what looks at the items that are sent. Raises `StorageError`.
    """
    office, editions = open_office(
        folder,
        workdays,
        clock,
        database_url=database_url,
        open_enrolment=open_enrolment,
        offices_close=offices_close,
        opening=opening,
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

    app = DescribedApp(
        title="Budayang central server", version=str(wire.VERSION), lifespan=lifespan
    )
    app.add_middleware(BodyLimit, most=wire.MAX_BATCH_BYTES)
    app.add_middleware(Unexpected)
    app.add_middleware(tus.Resumable)
    problems.handle(app)
    app.include_router(public.routes(office, status_desk))
    app.include_router(tus.routes(office))
    app.include_router(catalogue.routes(editions, clock))
    app.include_router(counter.routes(office, Counter(office, DemoAuthority())))
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
    opening: Callable[[ServerKeys], Opener] = opener,
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
        opening(keys),
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
