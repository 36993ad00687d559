"""Running the central server until it is told to stop."""

import gc
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time

import uvicorn
from fastapi import FastAPI

from kiosk.domain.calendar.workdays import Workdays
from kiosk.domain.catalogue.model import Edition
from kiosk.errors import ContentError, KnownError
from kiosk.ports import Clock
from kiosk.settings import Settings
from services.central.app import create_app
from services.central.beside import opening_beside
from services.central.editions import Editions
from services.central.keys import TOKEN_FILE
from services.central.publish import open_editions

STOP_SECONDS = 10
"""How long an exchange under way may take to end once the server is told to stop."""


class CannotListenError(KnownError):
    """The central server's address is taken or is not this machine's."""


class _Server(uvicorn.Server):
    """A server that returns from `run` when SIGTERM or SIGINT has stopped it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal; unlike the original, do not raise it again afterwards."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {s: signal.signal(s, self.handle_exit) for s in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(
    settings: Settings, workdays: Workdays, clock: Clock, edition: Callable[[], Edition]
) -> None:
    """Serve on the settings' host and port until SIGTERM or SIGINT, then return. `edition`, which
    comes with the program, is published where it is news (see `Editions.publish_shipped`).

    Raises `CannotListenError`, `StorageError` or, where nothing is published yet, what `edition`
    raises, each with one line for the operator.
    """
    listener = _listen(settings.central.host, settings.central.port)
    folder = settings.central_folder
    with listener, opening_beside(folder) as opening:
        news = _publish_shipped(open_editions(folder), edition, clock.now().date())
        app = create_app(
            folder,
            workdays,
            clock,
            open_enrolment=settings.central.open_enrolment,
            offices_close=time.fromisoformat(settings.hall.open_until),
            opening=opening,
        )
        config = _config(app, settings)
        url = settings.central_url
        sys.stdout.write(
            f"central server: listening on {url}, clerk console {url}/console, "
            f"token in {folder / TOKEN_FILE}\n{news}"
        )
        sys.stdout.flush()
        gc.freeze()  # what is here now stays: collecting garbage need not look at it again
        _Server(config).run(sockets=[listener])


def _config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    certificate, key = settings.certificate_files or (None, None)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    try:
        config.load()
    except OSError as error:  # SSLError is one too
        raise CannotListenError(
            f"central server: {certificate} with {key}: no certificate and its key to speak TLS"
            f" with: {error.strerror or type(error).__name__}"
        ) from error
    return config


def _publish_shipped(editions: Editions, edition: Callable[[], Edition], today: date) -> str:
    """What there is to say of it: a line for the operator, or nothing."""
    try:
        number = editions.publish_shipped(edition(), today)
    except ContentError as error:
        if not editions.newest():
            raise
        return f"central server: the catalogue of this program is not published: {error}\n"
    if not number:
        return ""
    return f"central server: this program's catalogue is published as edition {number}\n"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only sockets that name their protocol have asyncio send at once (TCP_NODELAY); otherwise an
    # answer's body waits 40 ms for its head to be acknowledged.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
        return listener
    except OSError as error:
        listener.close()
        reason = error.strerror or type(error).__name__
        raise CannotListenError(
            f"central server: cannot listen on {host}:{port}: {reason}"
        ) from error
