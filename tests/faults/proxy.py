"""A bad line: a small proxy on loopback that does to each exchange what the weather says.

It reads one request, hands it on (or not) and gives the answer back (or something else). Every
weather is a function of `EXCHANGES`; `FINE` is none. `TlsInBetween` is the same for TLS.
"""

import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from services.wire import PROBLEM, ProblemType

FINE = "fine"
_LATENCY = 0.2
_SECONDS_A_BYTE = 1.0
_LONGEST = 60.0
_PORTAL = b"<html><title>Hall Wi-Fi</title><form>Please accept our terms</form></html>"


class Exchange:
    """One request, as it came, and who waits for the answer."""

    def __init__(self, proxy: "Proxy", client: socket.socket, request: bytes) -> None:
        self.proxy, self.client, self.request = proxy, client, request

    def forward(self) -> bytes:
        """The server's answer."""
        with self.proxy.upstream() as server:
            server.sendall(self.request)
            return _message(server)

    def reply(self, status: str, body: bytes, media: str = "application/json", *more: str) -> None:
        """An answer the server never gave."""
        head = [f"HTTP/1.1 {status}", f"Content-Type: {media}", f"Content-Length: {len(body)}"]
        self.client.sendall("\r\n".join((*head, *more, "", "")).encode() + body)

    def reset(self) -> None:
        """The connection is gone with an RST."""
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.client.close()

    def until_it_hangs_up(self) -> None:
        self.client.settimeout(_LONGEST)
        with suppress(OSError):
            self.client.recv(1)

    def said(self) -> dict:
        """What the server's answer says."""
        return json.loads(self.forward().partition(b"\r\n\r\n")[2] or b"{}")


def _delayed(one: Exchange) -> None:
    one.proxy.closing.wait(_LATENCY)
    one.client.sendall(one.forward())


def _dropped(one: Exchange) -> None:
    one.until_it_hangs_up()


def _answer_dropped(one: Exchange) -> None:
    one.forward()
    one.until_it_hangs_up()


def _reset(one: Exchange) -> None:
    one.reset()


def _reset_after(one: Exchange) -> None:
    one.forward()
    one.reset()


def _answer_lost(one: Exchange) -> None:
    one.forward()
    one.client.close()


def _request_cut(one: Exchange) -> None:
    with one.proxy.upstream() as server:
        server.sendall(one.request[: len(one.request) // 2])
    one.client.close()


def _answer_cut(one: Exchange) -> None:
    answer = one.forward()
    one.client.sendall(answer[: len(answer) * 2 // 3])
    one.client.close()


def _twice(one: Exchange) -> None:
    one.client.sendall(one.forward())
    one.forward()


def _twice_and_the_second_answer(one: Exchange) -> None:
    one.forward()
    one.client.sendall(one.forward())


def _late(one: Exchange) -> None:
    """It arrives after the next one."""
    one.proxy.late.append(one)
    one.client.close()


def _portal(one: Exchange) -> None:
    one.reply("200 OK", _PORTAL, "text/html")


def _portal_elsewhere(one: Exchange) -> None:
    one.reply("302 Found", b"", "text/html", "Location: http://192.0.2.1/terms")


def _dripped(one: Exchange) -> None:
    for byte in one.forward():
        one.client.sendall(bytes((byte,)))
        if one.proxy.closing.wait(_SECONDS_A_BYTE):
            return


def _broken(one: Exchange) -> None:
    one.reply("500 Internal Server Error", b'{"detail": "demo"}')


def _gateway(one: Exchange) -> None:
    one.forward()
    one.reply("502 Bad Gateway", b"<html>nginx</html>", "text/html")


def _busy(one: Exchange) -> None:
    one.reply("429 Too Many Requests", b"{}", "application/json", "Retry-After: 2")


def _busy_for_long(one: Exchange) -> None:
    one.reply("503 Service Unavailable", b"{}", "application/json", "Retry-After: 999999999999")


def _other_json(one: Exchange) -> None:
    one.reply("200 OK", b'{"results": "all of them", "ok": true}')


def _no_json(one: Exchange) -> None:
    one.reply("200 OK", b'{"results": [' + b"\xff" * 40)


def _nothing_told(one: Exchange) -> None:
    one.forward()
    one.reply("200 OK", b'{"results": []}')


def _others_receipts(one: Exchange) -> None:
    """Signed by the server, but each for another submission."""
    said = one.said()
    results = said.get("results", [])
    receipts = [result.get("receipt") for result in results]
    for result, receipt in zip(results, receipts[1:] + receipts[:1], strict=True):
        result["receipt"] = receipt if len(results) > 1 else None
    one.reply("200 OK", json.dumps(said).encode())


def _others_receipts_as_theirs(one: Exchange) -> None:
    """As before, and the receipt's id changed to fit."""
    said = one.said()
    results = said.get("results", [])
    receipts = [result.get("receipt") for result in results]
    for result, receipt in zip(results, receipts[1:] + receipts[:1], strict=True):
        result["receipt"] = receipt and {**receipt, "id": result["id"]}
        if len(results) == 1 and receipt:
            result["receipt"]["sha256"] = receipt["signature"]
    one.reply("200 OK", json.dumps(said).encode())


def _refused_whole(one: Exchange) -> None:
    one.reply("413 Content Too Large", b'{"detail": "demo"}')


def _lied_about_the_time(one: Exchange) -> None:
    problem = {"type": ProblemType.CLOCK, "title": "demo", "status": 401}
    problem["time"] = "2031-01-01T00:00:00Z"
    one.reply("401 Unauthorized", json.dumps(problem).encode(), PROBLEM)


def _older(one: Exchange) -> None:
    """A server that knows of no uploads."""
    if b" /v1/uploads" in one.request.partition(b"\r\n")[0]:
        one.reply("404 Not Found", b'{"detail": "demo"}')
    else:
        one.client.sendall(one.forward())


EXCHANGES: dict[str, Callable[[Exchange], None]] = {
    "delayed": _delayed,
    "dropped": _dropped,
    "answer dropped": _answer_dropped,
    "reset": _reset,
    "reset after the answer": _reset_after,
    "answer lost": _answer_lost,
    "request cut": _request_cut,
    "answer cut": _answer_cut,
    "sent twice": _twice,
    "sent twice, second answer": _twice_and_the_second_answer,
    "out of order": _late,
    "captive portal": _portal,
    "captive portal elsewhere": _portal_elsewhere,
    "a byte a second": _dripped,
    "500": _broken,
    "502 though taken": _gateway,
    "429": _busy,
    "503 for ages": _busy_for_long,
    "other JSON": _other_json,
    "no JSON": _no_json,
    "results left out": _nothing_told,
    "others' receipts": _others_receipts,
    "others' receipts renamed": _others_receipts_as_theirs,
    "413": _refused_whole,
    "another time": _lied_about_the_time,
    "an older server": _older,
}
SLOW = frozenset({"dropped", "answer dropped", "a byte a second"})
"""Weathers that last until the kiosk has had enough."""


class Proxy:
    """Stands between kiosk and server. Every request takes the next of `weathers`, and `FINE` when
    there is none left. `met` is what each met, `asked` the method and path of each."""

    def __init__(self, port: int) -> None:
        self.late: list[Exchange] = []
        self.met: list[str] = []
        self.asked: list[str] = []
        self.closing = threading.Event()
        self.changed = threading.Condition()
        self._port = port
        self._weathers: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def forecast(self, *weathers: str) -> None:
        """What the next requests meet, one after another."""
        with self.changed:
            self._weathers = list(weathers)

    @property
    def cleared(self) -> bool:
        """Whether all that was forecast has been met."""
        return not self._weathers

    @contextmanager
    def upstream(self) -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self._port), timeout=_LONGEST) as server:
            yield server

    def close(self) -> None:
        self.closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(client,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(0.1)
        with client, suppress(OSError):
            while not self.closing.is_set():
                try:
                    if not client.recv(1, socket.MSG_PEEK):
                        return
                except TimeoutError:
                    continue
                client.settimeout(_LONGEST)
                self._exchange(Exchange(self, client, _message(client)))
                client.settimeout(0.1)

    def _exchange(self, one: Exchange) -> None:
        with self.changed:
            weather = self._weathers.pop(0) if self._weathers else FINE
            self.met.append(weather)
            self.asked.append(one.request.partition(b" HTTP/")[0].decode())
            self.changed.notify_all()
        try:
            if weather != FINE:
                EXCHANGES[weather](one)
                return
            one.client.sendall(one.forward())
            while self.late:
                self.late.pop().forward()
        finally:
            with self.changed:
                self.changed.notify_all()


class TlsInBetween:
    """Where the server should be, and is not: speaks TLS with a certificate of its own, or none. A
    kiosk must say nothing here; `heard` is what it said."""

    def __init__(self, context: ssl.SSLContext | None, plain: bytes = b"") -> None:
        self.heard = bytearray()
        self._context, self._plain = context, plain
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.settimeout(2)
            with client, suppress(OSError):
                if self._context is None:
                    client.sendall(self._plain)
                    client.recv(1 << 16)  # its greeting, in which nothing is said
                else:
                    with self._context.wrap_socket(client, server_side=True) as secure:
                        self.heard += secure.recv(1 << 16)


def _message(connected: socket.socket) -> bytes:
    """One whole message of HTTP/1.1 with a `Content-Length`, or what there was of it."""
    whole = bytearray()
    while b"\r\n\r\n" not in whole:
        chunk = connected.recv(1 << 16)
        if not chunk:
            return bytes(whole)
        whole += chunk
    head, _, body = bytes(whole).partition(b"\r\n\r\n")
    lengths = [
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    missing = (lengths[0] if lengths else 0) - len(body)
    while missing > 0:
        chunk = connected.recv(min(missing, 1 << 16))
        if not chunk:
            break
        whole += chunk
        missing -= len(chunk)
    return bytes(whole)
