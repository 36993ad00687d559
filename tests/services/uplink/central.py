"""A small central server built from `services.wire` alone: in memory, and on a socket."""

import contextlib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from uuid_utils.compat import uuid7

from kiosk.domain.submission.case import CaseChange
from kiosk.domain.submission.model import AnsweredQuestion, Kind, Submission
from kiosk.domain.submission.receipt import new_code, new_number
from kiosk.errors import CentralUnreachable
from services import wire

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KEY_ID = "test-key-1"
Behaviour = Callable[[socket.socket], None]
"""How somebody answers on a connection."""
HPKE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass
class StoppedClock:
    """A clock the test moves."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        self.moment += by


class CentralSecrets:
    """The private halves the central server keeps, and the keyset a kiosk gets."""

    def __init__(self, key_id: str = KEY_ID) -> None:
        mlkem, x25519 = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
        self.open_key = MLKEM768X25519PrivateKey(mlkem, x25519)
        self.signing_key = Ed25519PrivateKey.generate()
        self.keyset = wire.Keyset(
            key_id=key_id,
            seal_key=b64encode(
                mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
            ),
            verify_key=b64encode(self.signing_key.public_key().public_bytes_raw()),
        )

    def provision(self, file: Path) -> Path:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.keyset.model_dump_json(), encoding="utf-8")
        return file

    def receipt(self, id: UUID, sha256: bytes, registered_at: datetime = NOON) -> wire.Receipt:
        key_id = self.keyset.key_id
        signed = wire.receipt_bytes(
            id=id, sha256=sha256, registered_at=registered_at, key_id=key_id
        )
        return wire.Receipt(
            id=id,
            sha256=b64encode(sha256),
            registered_at=registered_at,
            key_id=key_id,
            signature=b64encode(self.signing_key.sign(signed)),
        )


class Root:
    """The offline root, and keysets it has signed."""

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()
        self.public = self._key.public_key().public_bytes_raw()

    def keyring(self, serial: int, *secrets: CentralSecrets) -> wire.Keyring:
        """The current one's first."""
        keys = [each.keyset for each in secrets]
        signature = self._key.sign(wire.keyring_bytes(serial=serial, keys=keys))
        return wire.Keyring(serial=serial, keys=keys, signature=b64encode(signature))

    def provision(self, file: Path, serial: int, *secrets: CentralSecrets) -> Path:
        file.write_text(self.keyring(serial, *secrets).model_dump_json(), encoding="utf-8")
        return file


@dataclass
class FakeCentral:
    """Holds what it accepted, forever, and answers repeats with the first receipt."""

    secrets: CentralSecrets
    held: dict[UUID, wire.Receipt] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    reachable: bool = True
    loses_answers: bool = False
    forges: bool = False
    says: wire.Outcome | None = None
    keyring: wire.Keyring | None = None
    asked_for_keys: int = 0
    case_changes: list[CaseChange] = field(default_factory=list)
    asked_for_changes: int = 0
    says_nothing_of_cases: Exception | None = None

    def hello(self) -> wire.Hello:
        if not self.reachable:
            raise CentralUnreachable("test: not reachable")
        return wire.Hello(key_id=self.secrets.keyset.key_id, time=NOON)

    def keys(self) -> wire.Keyring:
        self.asked_for_keys += 1
        return self.keyring or wire.Keyring(serial=1, keys=[self.secrets.keyset])

    def send(self, batch: wire.Batch) -> wire.BatchResult:
        if not self.reachable:
            raise CentralUnreachable("test: not reachable")
        self.batches.append(len(batch.items))
        result = wire.BatchResult(results=[self._take(item) for item in batch.items])
        if self.loses_answers:
            raise CentralUnreachable("test: the answer was lost")
        return result

    def changes(self, cursor: int) -> tuple[list[CaseChange], int]:
        """Two at a time."""
        self.asked_for_changes += 1
        if not self.reachable:
            raise CentralUnreachable("test: not reachable")
        if self.says_nothing_of_cases is not None:
            raise self.says_nothing_of_cases
        end = min(cursor + 2, len(self.case_changes))
        return self.case_changes[cursor:end], end

    def hang_up(self) -> None:
        """Nobody waits here."""

    def _take(self, item: wire.SealedItem) -> wire.ItemResult:
        if self.says is not None:
            return wire.ItemResult(id=item.id, outcome=self.says, reason="test")
        if self.forges:
            forged = self.secrets.receipt(item.id, item.sha256).model_copy(
                update={"signature": bytes(64)}
            )
            return wire.ItemResult(id=item.id, outcome=wire.Outcome.ACCEPTED, receipt=forged)
        known = self.held.get(item.id)
        if known is None:
            receipt = self.held[item.id] = self.secrets.receipt(item.id, item.sha256)
            return wire.ItemResult(id=item.id, outcome=wire.Outcome.ACCEPTED, receipt=receipt)
        if known.sha256 != item.sha256:
            return wire.ItemResult(id=item.id, outcome=wire.Outcome.CONFLICT)
        return wire.ItemResult(id=item.id, outcome=wire.Outcome.DUPLICATE, receipt=known)


class CentralOnASocket:
    """`FakeCentral` behind real HTTP on a loopback port."""

    def __init__(self, central: FakeCentral, port: int = 0) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                said = central.keys() if self.path == wire.KEYSET_PATH else central.hello()
                self._reply(said.model_dump_json())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                batch = wire.Batch.model_validate_json(body)
                self._reply(central.send(batch).model_dump_json())

            def _reply(self, json: str) -> None:
                content = json.encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Impostor:
    """Listens on a loopback port and lets `behave` answer each connection, whatever was asked:
    over TLS, if it has a certificate and its key, and without reading, if it is deaf."""

    def __init__(
        self,
        behave: Behaviour,
        certificate: tuple[Path, Path] | None = None,
        deaf: bool = False,
    ) -> None:
        self.asked: list[bytes] = []
        self._behave = behave
        self._deaf = deaf
        self._tls: ssl.SSLContext | None = None
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(*certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        scheme = "https" if self._tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), self._secured(connection) as secured:
            if not self._deaf:
                self.asked.append(secured.recv(1 << 16))
            self._behave(secured)

    def _secured(self, connection: socket.socket) -> socket.socket:
        return self._tls.wrap_socket(connection, server_side=True) if self._tls else connection

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()


class SlowLine:
    """A loopback port that leads to another, as over a line of `rate` bytes a second each way."""

    _CHUNK = 4096

    def __init__(self, port: int, rate: float) -> None:
        self._port, self._rate = port, rate
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._CHUNK)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._ends: list[socket.socket] = []
        self._closed = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self._listener.accept()
                there = socket.create_connection(("127.0.0.1", self._port))
                self._ends += [here, there]
                for ends in ((here, there), (there, here)):
                    self._threads.append(threading.Thread(target=self._carry, args=ends))
                    self._threads[-1].start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while (chunk := source.recv(self._CHUNK)) and not self._closed.is_set():
                self._closed.wait(len(chunk) / self._rate)
                sink.sendall(chunk)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._closed.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in self._ends:
            end.close()


def submission(text: str = "演示数据", number: str | None = None) -> Submission:
    """A complaint nobody made."""
    return Submission(
        id=uuid7(),
        kind=Kind.COMPLAINT,
        number=number or new_number("BBC"),
        code=new_code(),
        created_at=NOON,
        flow="complaint",
        flow_version=1,
        item_id=None,
        item_name=text,
        answers=(AnsweredQuestion("what", "演示问题", text, text),),
        facts={"told": text, "count": 2, "window": True},
        verdict={"class": "demo", "reasons": [text]},
    )
