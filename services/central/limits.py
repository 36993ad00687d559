"""A limit against oversized requests."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.central import problems


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
            refusal = problems.told(413, f"at most {self._most} bytes")
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
