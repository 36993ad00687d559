"""The addresses behind a name, in time: the system's resolver may take as long as it likes."""

import socket
from concurrent.futures import Future
from threading import Lock, Thread

from urllib3.util.connection import allowed_gai_family

FIND_SECONDS = 0.5
MOST_ADDRESSES = 2
"""That are tried: one of either kind, as a rule."""


class Names:
    """Remembers what was found last. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._under_way: dict[str, Future[list[str]]] = {}
        self._last: dict[str, list[str]] = {}

    def addresses(self, host: str) -> list[str]:
        """At most `MOST_ADDRESSES`, the best first; those of the last time where the resolver has
        none, or has not answered within `FIND_SECONDS`. Raises `OSError`."""
        try:
            return self._asked(host).result(FIND_SECONDS)
        except OSError:  # a time-out is one too
            if host not in self._last:
                raise
            return self._last[host]

    def _asked(self, host: str) -> "Future[list[str]]":
        """The resolver is asked for a name by one thread at a time, however slow it is; it ends
        with the program."""
        with self._lock:
            future = self._under_way.get(host)
            if future is None:
                future = self._under_way[host] = Future()
                Thread(target=self._ask, args=(host, future), name="names", daemon=True).start()
            return future

    def _ask(self, host: str, future: "Future[list[str]]") -> None:
        name, family = host.strip("[]"), allowed_gai_family()
        try:
            found = socket.getaddrinfo(name, None, family, socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            self._answered(host)
            future.set_exception(OSError(f"{host}: {error}"))
        else:
            addresses = [str(address[0]) for *_, address in found[:MOST_ADDRESSES]]
            self._last[host] = addresses
            self._answered(host)
            future.set_result(addresses)

    def _answered(self, host: str) -> None:
        with self._lock:
            del self._under_way[host]
