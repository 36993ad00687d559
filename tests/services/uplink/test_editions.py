"""Fetching editions from a central server, and from somebody who is not."""

import gzip
import hashlib
import threading
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.errors import CatalogueRefused, CentralUnreachable
from services import bundle, wire
from services.uplink.editions import EditionClient
from services.uplink.keys import CentralKeys
from tests.services.catalogue.made_up import ITEMS, edition, renamed
from tests.services.uplink.central import KEY_ID, CentralSecrets

OLD = bundle.text(bundle.lines(edition(1)))
NEW = bundle.text(bundle.lines(renamed(edition(2), ITEMS[0].id, "演示新名")))
CHANGES = b"\n".join(bundle.changes(bundle.split(OLD), bundle.split(NEW)))


@dataclass
class Publisher:
    """A server that publishes `number`; every part of what it says can be spoilt."""

    key: Ed25519PrivateKey
    number: int = 2
    whole: bytes = gzip.compress(NEW)
    changes: bytes = gzip.compress(CHANGES)
    signed: bytes = NEW
    since: tuple[int, ...] = ()
    media_type: str = wire.GZIP
    portal: int = 0
    """The status a captive portal answers everything with."""
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def notice(self) -> wire.EditionNotice:
        sha256, size = hashlib.sha256(self.signed).digest(), len(self.signed)
        issued = edition().issued
        message = wire.edition_bytes(
            number=self.number, issued=issued, sha256=sha256, size=size, key_id=KEY_ID
        )
        return wire.EditionNotice(
            number=self.number,
            issued=issued,
            sha256=b64encode(sha256),
            size=size,
            key_id=KEY_ID,
            signature=b64encode(self.key.sign(message)),
            since=list(self.since),
        )


@pytest.fixture
def publisher(secrets: CentralSecrets) -> Iterator[Publisher]:
    publisher = Publisher(secrets.signing_key)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append(self.path)
            if publisher.portal:
                self._reply(publisher.portal, b"<html>please log in</html>", "text/html")
            elif self.path == wire.CATALOGUE_PATH:
                if self.headers.get("If-None-Match") == f'"{publisher.number}"':
                    self._reply(304, b"", "application/json")
                else:
                    content = publisher.notice().model_dump_json().encode()
                    self._reply(200, content, "application/json")
            elif "since" in self.path:
                self._reply(200, publisher.changes, publisher.media_type)
            else:
                self._reply(200, publisher.whole, publisher.media_type)

        def _reply(self, status: int, content: bytes, media_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("ETag", f'"{publisher.number}"')
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    publisher.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield publisher
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def client(publisher: Publisher, keys: CentralKeys) -> EditionClient:
    return EditionClient(publisher.url, keys)


def held() -> list[bytes]:
    return list(bundle.split(OLD))


def test_a_newer_edition_is_fetched_whole(client: EditionClient) -> None:
    assert client.newer(1, []) == (2, NEW)


def test_changes_will_do_where_the_edition_before_is_here(
    client: EditionClient, publisher: Publisher
) -> None:
    publisher.since, publisher.whole = (1,), b"not needed"
    assert client.newer(1, held()) == (2, NEW)


@pytest.mark.parametrize(
    "changes",
    [
        b"nonsense",
        gzip.compress(b""),
        gzip.compress(b"-[1]"),
        gzip.compress(b'+["\xff","",1]'),
        gzip.compress(b'+["item","",' + b"[" * len(NEW)),
        gzip.compress(CHANGES)[:-4],
        gzip.compress(bytes(len(NEW) * 3)),
    ],
    ids=["no gzip", "none", "no change", "no UTF-8", "too deep", "cut off", "a bomb"],
)
def test_changes_that_do_not_fit_make_way_for_the_whole(
    client: EditionClient, publisher: Publisher, changes: bytes
) -> None:
    publisher.since, publisher.changes = (1,), changes
    assert client.newer(1, held()) == (2, NEW)


def test_what_is_here_but_damaged_makes_way_for_the_whole(
    client: EditionClient, publisher: Publisher
) -> None:
    publisher.since = (1,)
    assert client.newer(1, [b'["edition","",{"numb']) == (2, NEW)


def test_what_is_here_already_is_not_asked_for_again(
    client: EditionClient, publisher: Publisher
) -> None:
    assert client.newer(2, []) is None
    assert client.newer(2, []) is None
    assert publisher.asked == [wire.CATALOGUE_PATH] * 2


def test_an_edition_somebody_else_has_signed_is_refused(
    client: EditionClient, publisher: Publisher
) -> None:
    publisher.key = Ed25519PrivateKey.generate()
    with pytest.raises(CatalogueRefused, match="not signed"):
        client.newer(1, [])


@pytest.mark.parametrize(
    "whole",
    [
        b"no gzip at all",
        gzip.compress(OLD),
        gzip.compress(NEW)[:-20],
        gzip.compress(NEW + b"x"),
        gzip.compress(bytes(200 << 20), 9),
    ],
    ids=["no gzip", "another edition", "cut off", "too long", "a bomb"],
)
def test_what_was_not_signed_is_refused(
    client: EditionClient, publisher: Publisher, whole: bytes
) -> None:
    publisher.whole = whole
    with pytest.raises(CatalogueRefused):
        client.newer(1, [])


def test_a_signed_bundle_of_another_number_is_refused(
    client: EditionClient, publisher: Publisher
) -> None:
    publisher.number = 3
    with pytest.raises(CatalogueRefused, match="calls itself 2"):
        client.newer(1, [])


def test_an_older_edition_played_back_is_refused(
    client: EditionClient, publisher: Publisher
) -> None:
    assert client.newer(1, []) is not None
    publisher.number, publisher.signed = 1, OLD
    with pytest.raises(CatalogueRefused, match="was signed before"):
        client.newer(0, [])


@pytest.mark.parametrize("status", [200, 304, 404])
def test_a_captive_portal_publishes_nothing(
    client: EditionClient, publisher: Publisher, status: int
) -> None:
    publisher.portal = status
    with pytest.raises(CentralUnreachable):
        client.newer(1, [])


def test_a_captive_portal_is_not_an_edition(client: EditionClient, publisher: Publisher) -> None:
    publisher.media_type = "text/html"
    with pytest.raises(CentralUnreachable):
        client.newer(1, [])


def test_nobody_there_is_nobody_there(keys: CentralKeys) -> None:
    with pytest.raises(CentralUnreachable):
        EditionClient("http://127.0.0.1:9", keys).newer(1, [])
