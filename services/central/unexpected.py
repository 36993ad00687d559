"""Errors of our own: told as a problem, and logged without a word of what they were about."""

import logging
import traceback

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.errors import BugError
from services.central import problems

_log = logging.getLogger(__name__)


class Unexpected:
    """ASGI middleware: 500 for whatever the application does not know how to tell.

    What an exception says may repeat what was sent, so its type and the lines of code that it came
    through are all that is logged. An answer that has begun cannot be taken back, and is cut off.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what can be answered."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            came_through = "".join(traceback.format_tb(error.__traceback__))
            _log.error("an unexpected %s:\n%s", type(error).__name__, came_through)
            if scope["type"] != "http" or begun:
                raise BugError("an answer could not be given to its end") from None
            refusal = problems.told(500, "an error of the server's own")
            await refusal(scope, receive, send)
