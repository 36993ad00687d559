"""Limits against guessing and against oversized requests."""

import math
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AttemptLimit:
    """At most `most` failed attempts per key within `window` seconds. Safe to use from any thread.

    An attempt counts as failed from its start until `succeeded` is called, so that many at once
    get no more tries than one after another. Memory is bounded: the keys longest unused go first.
    """

    def __init__(
        self,
        most: int,
        window: float,
        clock: Callable[[], float] = monotonic,
        most_keys: int = 20_000,
    ) -> None:
        self._most = most
        self._window = window
        self._clock = clock
        self._most_keys = most_keys
        self._attempts: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def attempt(self, key: str) -> int:
        """Begin an attempt: 0 if it may go on, else the seconds to wait (at least 1)."""
        with self._lock:
            now = self._clock()
            recent = [at for at in self._attempts.get(key, []) if now - at < self._window]
            if len(recent) >= self._most:
                return max(1, math.ceil(recent[0] + self._window - now))
            self._attempts[key] = [*recent, now]
            self._attempts.move_to_end(key)
            if len(self._attempts) > self._most_keys:
                self._attempts.popitem(last=False)
            return 0

    def succeeded(self, key: str) -> None:
        """The attempt was a good one: forget the key's latest failure."""
        with self._lock:
            attempts = self._attempts.get(key, [])
            if attempts:
                attempts.pop()
            if not attempts:
                self._attempts.pop(key, None)


class _TooLargeError(Exception):
    pass


class _GoneError(Exception):
    pass


class BodyLimit:
    """ASGI middleware: 413 for a request body of more than `most` bytes, declared or not."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body (at most `most` bytes) before the application sees the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        try:
            if declared.isascii() and declared.isdigit() and int(declared[:20]) > self._most:
                raise _TooLargeError
            body = await self._body(receive)
        except _TooLargeError:
            refusal = JSONResponse({"detail": f"at most {self._most} bytes"}, status_code=413)
            await refusal(scope, receive, send)
            return
        except _GoneError:  # the client left in the middle of its request: nothing of it counts
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    async def _body(self, receive: Receive) -> bytes:
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                raise _GoneError
            part = message.get("body", b"")
            size += len(part)
            if size > self._most:
                raise _TooLargeError
            parts.append(part)
            more = message.get("more_body", False)
        return b"".join(parts)
