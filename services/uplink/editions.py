"""Fetching editions of the catalogue: only what the central server has signed, only newer ones."""

import hashlib
import hmac
import zlib
from collections.abc import Iterable
from pathlib import Path

import requests

from kiosk.errors import CatalogueRefused, CentralUnreachable
from services import bundle, wire
from services.uplink import bounded
from services.uplink.answers import answer, is_json
from services.uplink.keys import CentralKeys

_GZIP = 16 + zlib.MAX_WBITS
LONGEST = 256 << 20
"""Bytes of a bundle: 700 items take 2.4 million, 100,000 take 220 million (and pack very well)."""


class EditionClient:
    """Asks the central server for editions. For one thread."""

    def __init__(self, base_url: str, keys: CentralKeys, ca: Path | None = None) -> None:
        self._base = base_url.rstrip("/")
        self._session = bounded.Session(ca)
        self._keys = keys
        self._tag = ""
        self._newest = 0

    def newer(self, than: int, held: Iterable[bytes]) -> tuple[int, bytes] | None:
        """Number and verified text of the edition that holds now; None if it is no newer than the
        one here. `held` are the lines of the edition fetched last, for which changes will do.

        Raises `CatalogueRefused` for what is broken, unsigned, or older than one signed before;
        `CentralUnreachable` or `NotProvisioned` where nobody, or nobody known, can be asked.
        """
        notice = self._notice(than)
        if notice is None:
            return None
        whole = self._by_changes(notice, list(held)) or self._whole(notice)
        parsed = bundle.edition(bundle.split(whole))
        if parsed.number != notice.number:
            raise CatalogueRefused(f"edition {notice.number} calls itself {parsed.number}")
        return notice.number, whole

    def _notice(self, than: int) -> wire.EditionNotice | None:
        """What is published, if it is newer."""
        known = {"If-None-Match": self._tag} if self._tag else {}
        url = self._base + wire.CATALOGUE_PATH
        response, body = bounded.exchange(self._session, "GET", url, headers=known)
        if response.status_code == 304 and self._tag:
            return None
        if response.status_code == 404 and is_json(response):  # nothing is published yet
            return None
        notice = answer(wire.EditionNotice, response, body)
        signed = wire.edition_bytes(
            number=notice.number,
            issued=notice.issued,
            sha256=notice.sha256,
            size=notice.size,
            key_id=notice.key_id,
        )
        if not self._keys.verify(notice.signature, signed):
            raise CatalogueRefused(f"edition {notice.number}: not signed by the central server")
        if notice.number < self._newest:
            raise CatalogueRefused(f"edition {notice.number}: {self._newest} was signed before it")
        if not 0 < notice.size <= LONGEST:
            raise CatalogueRefused(f"edition {notice.number}: {notice.size} bytes are too many")
        self._newest = notice.number
        if notice.number <= than:
            self._tag = response.headers.get("ETag", "")
            return None
        return notice

    def _by_changes(self, notice: wire.EditionNotice, held: list[bytes]) -> bytes | None:
        """The whole out of the held lines and the changes; None where that cannot be had."""
        try:
            before = bundle.number(held)
            if before not in notice.since:
                return None
            path = wire.CHANGES_PATH.format(number=notice.number, before=before)
            changes = _unpacked(self._download(path), notice.size * 2)
            whole = bundle.text(bundle.changed(held, bundle.split(changes)))
        except CatalogueRefused:
            return None
        return whole if _is_it(whole, notice) else None

    def _whole(self, notice: wire.EditionNotice) -> bytes:
        packed = self._download(wire.EDITION_PATH.format(number=notice.number))
        whole = _unpacked(packed, notice.size)
        if not _is_it(whole, notice):
            raise CatalogueRefused(f"edition {notice.number}: not what was signed")
        return whole

    def _download(self, path: str) -> bytes:
        response, body = bounded.download(self._session, self._base + path)
        if response.status_code == 404:
            raise CatalogueRefused(f"{path}: is not kept any more")
        if response.status_code != 200 or not _is_gzip(response):
            raise CentralUnreachable(f"{response.url}: not an edition ({response.status_code})")
        return body


def _is_gzip(response: requests.Response) -> bool:
    return response.headers.get("Content-Type", "").partition(";")[0].strip() == wire.GZIP


def _unpacked(packed: bytes, most: int) -> bytes:
    """A gzip file's content, never more than `most` bytes. Raises `CatalogueRefused`."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        content = unpacker.decompress(packed, most + 1)
    except zlib.error as error:
        raise CatalogueRefused(f"catalogue bundle: not gzip: {error}") from error
    if len(content) > most or not unpacker.eof:
        raise CatalogueRefused("catalogue bundle: cut off, or larger than was signed")
    return content


def _is_it(whole: bytes, notice: wire.EditionNotice) -> bool:
    digest = hashlib.sha256(whole).digest()
    return len(whole) == notice.size and hmac.compare_digest(digest, notice.sha256)
