"""HTTP whose every exchange ends: `requests` alone bounds each read, not a server that drips."""

import socket
import threading
import time
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from kiosk.errors import CentralUnreachable

CONNECT_SECONDS = 1.5
READ_SECONDS = 3.0
WHOLE_SECONDS = 6.0
LONGEST_BODY = 1 << 20
DOWNLOAD_SECONDS = 120.0
LONGEST_DOWNLOAD = 64 << 20


def session() -> requests.Session:
    """A session without retries (the queue owns them), proxies or credentials of the environment.

    An exchange through `exchange` takes at most ten seconds: connecting and sending at most
    `CONNECT_SECONDS` each, the head of the answer `READ_SECONDS`, and no read of the body begins
    later than `WHOLE_SECONDS` after the start, each taking at most `READ_SECONDS`.
    """
    bounded = requests.Session()
    bounded.trust_env = False
    bounded.headers["Accept-Encoding"] = "identity"
    bounded.mount("http://", _Adapter(max_retries=Retry(total=0)))
    return bounded


def exchange(
    session: requests.Session,
    method: str,
    url: str,
    json: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[requests.Response, bytes]:
    """One request and the whole body of its answer, at most `LONGEST_BODY` bytes.

    Redirects are not followed. Raises `CentralUnreachable` for everything that goes wrong on the
    way.
    """
    typed = {"Content-Type": "application/json"} if json is not None else {}
    headers = {**typed, **(headers or {})}
    return _exchange(session, method, url, json, headers, WHOLE_SECONDS, LONGEST_BODY)


def download(session: requests.Session, url: str) -> tuple[requests.Response, bytes]:
    """As `exchange` with GET, for a large file: at most `LONGEST_DOWNLOAD` bytes, no read of which
    begins later than `DOWNLOAD_SECONDS` after the start. For a thread that nobody waits for.
    """
    return _exchange(session, "GET", url, None, {}, DOWNLOAD_SECONDS, LONGEST_DOWNLOAD)


def _exchange(
    session: requests.Session,
    method: str,
    url: str,
    json: bytes | None,
    headers: Mapping[str, str],
    seconds: float,
    longest: int,
) -> tuple[requests.Response, bytes]:
    start = time.monotonic()
    try:
        with session.request(
            method,
            url,
            data=json,
            headers=headers,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            allow_redirects=False,
            stream=True,
        ) as response:
            return response, _body(response.raw, start + seconds, longest)
    except (requests.RequestException, HTTPError, OSError) as error:
        raise CentralUnreachable(f"{url}: {type(error).__name__}") from error


def _body(raw: HTTPResponse, deadline: float, longest: int) -> bytes:
    body = bytearray()
    while chunk := raw.read1(1 << 16, decode_content=False):
        body += chunk
        if len(body) > longest:
            raise requests.exceptions.ContentDecodingError("the answer is too long")
        if time.monotonic() > deadline:
            raise requests.exceptions.ReadTimeout("the answer is too slow")
    return bytes(body)


def _cut(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # already gone


class _Connection(HTTPConnection):
    """Is cut if the head of the answer is not complete in time."""

    def getresponse(self) -> Any:
        timer = threading.Timer(READ_SECONDS, _cut, [self.sock])
        timer.daemon = True
        timer.start()
        try:
            return super().getresponse()
        finally:
            timer.cancel()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": HTTPSConnectionPool}
