"""One kiosk and one central server in a folder, driven through what they offer to everybody.

What is faulted here is the real program: the kiosk's line as `kiosk.wiring` makes it, the central
server as `create_app` makes it, over a loopback socket.
"""

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import uvicorn
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from uuid_utils.compat import uuid7

from kiosk import wiring
from kiosk.domain.calendar.workdays import Workdays
from kiosk.domain.submission.model import AnsweredQuestion, Kind, Submission
from kiosk.domain.submission.receipt import new_code, new_number
from kiosk.errors import CentralUnreachable
from kiosk.settings import Central, Settings
from services.central.app import DATABASE_FILE, create_app
from services.content.calendar import load_workdays
from tests.services.certificates import Certified

PORTS = range(20_000, 32_000)
"""Below what the system gives away by itself: a server that was killed comes back to its port."""
FIRST_VERSION = "0001"
_ROUNDS = 2000


class MovedClock:
    """The machine's time, set ahead or back."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        return datetime.now(wiring.ZONE) + self.ahead

    def advance(self, by: timedelta) -> None:
        self.ahead += by


@dataclass(frozen=True)
class Hall:
    """Where the two keep their files, and the port on which the kiosk looks for the server."""

    folder: Path
    port: int
    ca: str = ""

    @property
    def settings(self) -> Settings:
        central = Central(port=self.port, ca=self.ca, open_enrolment=True)
        return Settings(data=str(self.folder), central=central)

    @property
    def queue(self) -> Path:
        return self.settings.kiosk_folder / "outbox.sqlite"

    @property
    def register(self) -> Path:
        return self.settings.central_folder / DATABASE_FILE

    def line(self, clock: MovedClock | None = None) -> wiring.Line:
        return wiring.line(self.settings, clock or MovedClock())


@cache
def workdays() -> Workdays:
    return load_workdays(wiring.RESOURCES / "calendar")


def application(folder: Path) -> Any:
    """The central server in `folder`, as an ASGI application."""
    return create_app(folder, workdays(), MovedClock(), open_enrolment=True)


def server(app: Any, certified: Certified | None = None) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="critical",
            access_log=False,
            server_header=False,
            ssl_certfile=certified and certified.certificate,
            ssl_keyfile=certified and certified.key,
        )
    )


def listen(port: int = 0) -> socket.socket:
    return socket.create_server(("127.0.0.1", port), backlog=128)


def free_port(random: Random) -> int:
    """A port nobody listens on just now."""
    while True:
        port = random.choice(PORTS)
        try:
            with listen(port):
                return port
        except OSError:
            continue


@contextmanager
def serving(folder: Path, port: int = 0, certified: Certified | None = None) -> Iterator[int]:
    """The central server in `folder`, served by a thread of this process, over TLS if it has a
    certificate; its port."""
    with listen(port) as listener:
        running = server(application(folder), certified)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            running.should_exit = True
            thread.join()


def deliver(line: wiring.Line, clock: MovedClock) -> int:
    """Have everything delivered that can be, passing over every wait; how many rounds it took."""
    for tried in range(_ROUNDS):
        try:
            if line.drain.round():
                continue
        except CentralUnreachable:
            pass
        wake = line.outbox.next_wake(clock.now())
        if wake is None:
            return tried
        clock.advance(max(wake - clock.now(), timedelta()) + timedelta(seconds=1))
    raise AssertionError(f"{line.outbox.status().counts} after {_ROUNDS} rounds")


def made_up(random: Random, count: int, kinds: tuple[Kind, ...] = ()) -> list[Submission]:
    """What nobody handed in: of every kind that makes something of its own at the server, and
    photographed papers of the application before them. From a line of text to 200 KB, which are
    uploaded in five parts."""
    made: list[Submission] = []
    form: Submission | None = None
    while len(made) < count:
        kind = random.choice(
            kinds or (Kind.COMPLAINT, Kind.APPLICATION, Kind.BOOKING, Kind.INQUIRY, Kind.ATTACHMENT)
        )
        belongs = form if kind is Kind.ATTACHMENT else None
        if kind is Kind.ATTACHMENT and belongs is None:
            kind = Kind.COMPLAINT
        one = _submission(random, kind, belongs)
        if kind is Kind.APPLICATION:
            form = one
        made.append(one)
    return made


def _submission(random: Random, kind: Kind, form: Submission | None) -> Submission:
    text = "".join(random.choices("演示数据编造内容不真实", k=random.choice((8, 60, 900))))
    return Submission(
        id=uuid7(),
        kind=kind,
        number=form.number if form else new_number("BBC"),
        code=form.code if form else new_code(),
        created_at=datetime.now(wiring.ZONE),
        flow="demo",
        flow_version=1,
        item_id=None,
        item_name="演示事项",
        answers=() if form else (AnsweredQuestion("what", "演示问题", text, text),),
        facts={"paper": "id_card", "page": 1} if form else {"told": text[:50], "window": True},
        verdict={} if form else {"class": "demo"},
        content=b"\xff\xd8\xff" + random.randbytes(random.randrange(200_000)) if form else b"",
    )


def to_first_version(file: Path, migrations: ModuleType) -> None:
    """Put a database back to the first version of its schema, with the rows that has room for."""
    old = file.with_name(f"{file.name}.first")
    engine = create_engine(f"sqlite:///{old}")
    config = Config()
    config.set_main_option("script_location", str(Path(str(migrations.__file__)).parent))
    config.set_main_option("path_separator", "os")
    with engine.begin() as config.attributes["connection"]:
        command.upgrade(config, FIRST_VERSION)
    engine.dispose()
    with closing(sqlite3.connect(old, isolation_level=None)) as database:
        database.execute("ATTACH ? AS new", (str(file),))
        _copy(database)
    for name in (file, *(file.with_name(file.name + side) for side in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)
    old.rename(file)


def _copy(database: sqlite3.Connection) -> None:
    tables = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
    names = [name for (name,) in database.execute(tables) if name != "alembic_version"]
    database.execute("PRAGMA foreign_keys = OFF")
    for name in sorted(names, key=lambda name: name == "counters"):  # after what triggers count
        old, new = (
            [column for _, column, *_ in database.execute(f'PRAGMA {schema}.table_info("{name}")')]
            for schema in ("main", "new")
        )
        both = ", ".join(f'"{column}"' for column in old if column in new)
        where = " WHERE state IN (SELECT state FROM main.counters)" if name == "counters" else ""
        database.execute(
            f'INSERT OR REPLACE INTO main."{name}" ({both}) SELECT {both} FROM new."{name}"{where}'
        )
