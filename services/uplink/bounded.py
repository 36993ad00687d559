"""HTTP whose every exchange ends: `requests` alone bounds each read, not a server that drips."""

import socket
import threading
import time
from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError
from urllib3.util import Retry

from kiosk.errors import CentralUnreachable
from services.uplink.names import FIND_SECONDS, Names

CONNECT_SECONDS = 1.5
READ_SECONDS = 3.0
WHOLE_SECONDS = FIND_SECONDS + 2 * CONNECT_SECONDS + READ_SECONDS
SLOWEST_LINE = 20_000
"""Bytes a second. Over a slower line large requests do not arrive."""
LONGEST_BODY = 1 << 20
DOWNLOAD_SECONDS = 120.0
LONGEST_DOWNLOAD = 64 << 20


class NobodyThere(CentralUnreachable):
    """No connection came about: refused, no way there, no such name, or no answer in time."""


class Session(requests.Session):
    """A session without retries (the queue owns them), proxies or credentials of the environment.
    With `ca`, a file of certificates (PEM), nobody is believed over TLS but who has one from there.

    Finding the server's addresses takes at most `FIND_SECONDS`, connecting to one of them
    `CONNECT_SECONDS`, agreeing on TLS once more as long. Sending and the head of the answer take at
    most `READ_SECONDS` together, and as long as the slowest line needs for what is sent. No read of
    the body begins later than `WHOLE_SECONDS` and that time after the start, and each takes at most
    `READ_SECONDS` and that time. So what a citizen waits for, a few kilobytes, ends within ten
    seconds, and every other exchange within `longest_exchange`.
    """

    def __init__(self, ca: Path | None = None) -> None:
        super().__init__()
        self.trust_env = False
        if ca is not None:
            self.verify = str(ca)
        self.headers["Accept-Encoding"] = "identity"
        self._adapter = _Adapter(max_retries=Retry(total=0))
        self.mount("http://", self._adapter)
        self.mount("https://", self._adapter)

    def hang_up(self) -> None:
        """Cut what is being sent or read, from any thread: it fails at once."""
        for line in self._adapter.lines():
            line.cut()


def exchange(
    session: Session,
    method: str,
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[requests.Response, bytes]:
    """One request and the whole body of its answer, at most `LONGEST_BODY` bytes. A `body` is JSON
    unless the headers say otherwise.

    Redirects are not followed. Raises `CentralUnreachable` for everything that goes wrong on the
    way; `NobodyThere` if it went wrong before anything was said.
    """
    typed = CaseInsensitiveDict({} if not body else {"Content-Type": "application/json"})
    typed.update(headers or {})
    return _exchange(session, method, url, body, typed, WHOLE_SECONDS, LONGEST_BODY)


def download(session: Session, url: str) -> tuple[requests.Response, bytes]:
    """As `exchange` with GET, for a large file: at most `LONGEST_DOWNLOAD` bytes, no read of which
    begins later than `DOWNLOAD_SECONDS` after the start. For a thread that nobody waits for.
    """
    return _exchange(session, "GET", url, None, {}, DOWNLOAD_SECONDS, LONGEST_DOWNLOAD)


def longest_exchange(size: int) -> float:
    """The seconds after which an `exchange` that sends `size` bytes has ended."""
    return WHOLE_SECONDS + READ_SECONDS + 2 * _on_the_line(size)


def _on_the_line(size: int) -> float:
    return size / SLOWEST_LINE


def _exchange(
    session: Session,
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    seconds: float,
    longest: int,
) -> tuple[requests.Response, bytes]:
    start = time.monotonic()
    more = _on_the_line(len(body or b""))
    try:
        with session.request(
            method,
            url,
            data=body,
            headers=headers,
            timeout=(CONNECT_SECONDS, READ_SECONDS + more),
            allow_redirects=False,
            stream=True,
        ) as response:
            return response, _body(response.raw, start + seconds + more, longest)
    except (requests.RequestException, HTTPError, OSError) as error:
        kind = NobodyThere if _never_connected(error) else CentralUnreachable
        raise kind(f"{url}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, requests.RequestException | HTTPError):
        return type(error).__name__
    return str(error)  # the file of certificates is not there


def _never_connected(error: Exception) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, ConnectTimeoutError)


def _body(raw: HTTPResponse, deadline: float, longest: int) -> bytes:
    body = BytesIO()  # a short bytearray is not written over as it goes (`kiosk.erasure`)
    while chunk := raw.read1(1 << 16, decode_content=False):
        body.write(chunk)
        if body.tell() > longest:
            raise requests.exceptions.ContentDecodingError("the answer is too long")
        if time.monotonic() > deadline:
            raise requests.exceptions.ReadTimeout("the answer is too slow")
    return body.getvalue()


class _Line(HTTPConnection):
    """Is cut if the request is not sent, and the head of the answer not complete, in time."""

    names: Names
    _timer: threading.Timer | None = None
    _last: socket.socket | None = None

    def connect(self) -> None:
        super().connect()
        self._last = self.sock

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        try:
            addresses = self.names.addresses(name)
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error
        self.timeout = CONNECT_SECONDS / len(addresses)
        try:
            line = self._connected(addresses)
        finally:
            self._dns_host = name
        line.settimeout(CONNECT_SECONDS)  # to agree on TLS
        return line

    def _connected(self, addresses: Sequence[str]) -> socket.socket:
        self._dns_host, *others = addresses
        try:
            return super()._new_conn()
        except ConnectTimeoutError:  # and whatever else keeps a connection from coming about
            if not others:
                raise
        return self._connected(others)

    def request(self, method: str, url: str, body: Any = None, *rest: Any, **options: Any) -> None:
        if self.sock is None:
            self.connect()
        self._timer = threading.Timer(READ_SECONDS + _on_the_line(len(body or b"")), self.cut)
        self._timer.daemon = True
        self._timer.start()
        super().request(method, url, body, *rest, **options)

    def send(self, data: Any) -> None:
        # A socket's own limit, which is for all of `data`, is the one for connecting.
        self.sock.settimeout(READ_SECONDS + _on_the_line(len(data)))
        super().send(data)

    def getresponse(self) -> Any:
        try:
            return super().getresponse()
        finally:
            self._in_time()

    def close(self) -> None:
        self._in_time()
        super().close()

    def cut(self) -> None:
        """End whatever another thread does with the connection."""
        # `sock` is gone as soon as a server says that it will close, and its answer is still read.
        connected: socket.socket | None = self.sock or self._last
        if connected is None:
            return
        try:
            # Not an SSLSocket's own method: that takes the reader's TLS away from under it.
            socket.socket.shutdown(connected, socket.SHUT_RDWR)
        except OSError:
            return  # already gone

    def _in_time(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


class _SecureLine(_Line, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Line

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        self._lines: WeakSet[_Line] = WeakSet()
        self._changing = threading.Lock()
        self._names = names
        super().__init__(*args, **kwargs)

    def _new_conn(self) -> Any:
        line: Any = super()._new_conn()
        line.names = self._names
        with self._changing:
            self._lines.add(line)
        return line

    def lines(self) -> list[_Line]:
        with self._changing:
            return list(self._lines)


class _SecurePool(_Pool, HTTPSConnectionPool):
    ConnectionCls = _SecureLine


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        names = Names()
        pools = {"http": partial(_Pool, names), "https": partial(_SecurePool, names)}
        self.poolmanager.pool_classes_by_scheme = pools

    def lines(self) -> list[_Line]:
        pools = self.poolmanager.pools
        hosts = pools.keys()  # it cannot be iterated over itself
        return [line for host in hosts for line in pools[host].lines()]
