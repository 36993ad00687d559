"""Moments at which a process can be told to kill itself, put into it after it was forked.

Nothing of the program knows of them: they are SQLAlchemy's events, and wrappers around methods.
"""

import os
import signal
import threading
from collections.abc import Callable
from mmap import mmap
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect

KIOSK = (
    "sealed",
    "put: written",
    "put: before commit",
    "put: after commit",
    "lease: written",
    "lease: before commit",
    "lease: after commit",
    "batch: before sending",
    "exchange: answered",
    "batch: answered",
    "settle: purged",
    "settle: before commit",
    "settle: after commit",
)
KIOSK_MIGRATION = ("migrate: one step", "migrate: before commit", "migrate: after commit")
CENTRAL = (
    "request: arrived",
    "upload: part written",
    "upload: before commit",
    "upload: after commit",
    "intake: submission written",
    "intake: case written",
    "intake: event written",
    "intake: before commit",
    "intake: after commit",
    "answer: ready",
    "answer: begun",
    "answer: given",
)
CENTRAL_START = (
    "migrate: one step",
    "migrate: before commit",
    "migrate: after commit",
    "removal: one table",
    "removal: before commit",
    "removal: after commit",
)
POINTS = [
    *(f"kiosk {point}" for point in (*KIOSK, *KIOSK_MIGRATION)),
    *(f"central {point}" for point in (*CENTRAL, *CENTRAL_START)),
]

_DDL = ("CREATE ", "ALTER ", "DROP ", "UPDATE alembic_version", "INSERT INTO alembic_version")
_KIOSK_STATEMENTS = (
    ("INSERT INTO outbox", "put", "put: written"),
    ("UPDATE outbox SET state=?, attempts", "lease", "lease: written"),
    ("UPDATE outbox SET state=?, next_at", "settle", "settle: purged"),
    *((statement, "migrate", "migrate: one step") for statement in _DDL),
)
_CENTRAL_STATEMENTS = (
    ("INSERT INTO part", "upload", "upload: part written"),
    ("INSERT INTO submission", "intake", "intake: submission written"),
    ('INSERT INTO "case"', "intake", "intake: case written"),
    ("INSERT INTO event", "intake", "intake: event written"),
    ("DELETE FROM", "removal", "removal: one table"),
    *((statement, "migrate", "migrate: one step") for statement in _DDL),
)


class Trigger:
    """Set from another process: at which point to die, and the how manieth time it is reached."""

    def __init__(self) -> None:
        self._shared = mmap(-1, 2)

    def set(self, point: str, times: int) -> None:
        self._shared[0:2] = bytes((POINTS.index(point) + 1, times))

    def clear(self) -> None:
        self._shared[0:2] = bytes(2)

    def reached(self, point: str) -> None:
        if self._shared[0] != POINTS.index(point) + 1:
            return
        self._shared[1] -= 1
        if self._shared[1] == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def in_kiosk(trigger: Trigger) -> None:
    """Put the kiosk's points into this process."""
    from services.uplink import bounded
    from services.uplink.client import CentralClient
    from services.uplink.seal import Seal

    def reached(point: str) -> None:
        trigger.reached(f"kiosk {point}")

    _around(Seal, "seal", after=lambda: reached("sealed"))
    _around(
        CentralClient,
        "send",
        before=lambda: reached("batch: before sending"),
        after=lambda: reached("batch: answered"),
    )
    _around(bounded, "exchange", after=lambda: reached("exchange: answered"))
    _in_transactions(_KIOSK_STATEMENTS, reached)


def in_central(trigger: Trigger, app: Any) -> Any:
    """The application with points around it, in a process that has the others."""

    async def pointed(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def sending(message: Any) -> None:
            begins = message["type"] == "http.response.start"
            trigger.reached("central answer: ready" if begins else "central answer: begun")
            await send(message)
            if not begins:
                trigger.reached("central answer: given")

        trigger.reached("central request: arrived")
        await app(scope, receive, sending)

    return pointed


def in_central_storage(trigger: Trigger) -> None:
    """Put those of the server's points into this process that lie in transactions."""
    _in_transactions(_CENTRAL_STATEMENTS, lambda point: trigger.reached(f"central {point}"))


def _around(
    owner: Any, name: str, *, before: Callable[[], None] = int, after: Callable[[], None] = int
) -> None:
    original = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        before()
        result = original(*args, **kwargs)
        after()
        return result

    setattr(owner, name, wrapped)


def _in_transactions(
    statements: tuple[tuple[str, str, str], ...], reached: Callable[[str], None]
) -> None:
    now = threading.local()

    @event.listens_for(Engine, "begin")
    def begun(_: Connection) -> None:
        now.work = ""

    @event.listens_for(Engine, "after_cursor_execute")
    def executed(_: Connection, __: object, statement: str, *___: object) -> None:
        for beginning, work, point in statements:
            if statement.lstrip().startswith(beginning):
                now.work = work
                reached(point)
                return

    @event.listens_for(Engine, "commit")
    def committing(_: Connection) -> None:
        if now.work:
            reached(f"{now.work}: before commit")

    original = DefaultDialect.do_commit

    def commit(dialect: DefaultDialect, connection: Any) -> None:
        original(dialect, connection)
        work, now.work = getattr(now, "work", ""), ""
        if work:
            reached(f"{work}: after commit")

    DefaultDialect.do_commit = commit
