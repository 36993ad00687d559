"""The editions of the catalogue that the central server has published, signed when they are asked
for. Every edition is a file of its own (see `services.bundle`), so that another process may publish
while the server runs.
"""

import fcntl
import gzip
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kiosk.domain.catalogue.model import Edition
from kiosk.errors import CatalogueRefused, KnownError, StorageError
from services import bundle, files, wire
from services.central.keys import ServerKeys

CATALOGUE_FOLDER = "catalogue"
KEPT = 8
"""How many editions are kept, the newest among them; a kiosk further behind fetches the whole."""

_SHIPPED = "shipped"
_FILE = re.compile(r"([1-9][0-9]*)\.bundle")
_PUBLIC = 0o644


class UnknownEditionError(KnownError):
    """An edition that was never published, or is no longer kept."""


@dataclass(frozen=True, slots=True)
class _Opened:
    whole: bytes
    edition: Edition
    notice: wire.EditionNotice


class Editions:
    """The published editions in `folder`, which is made when the first is published. Safe to use
    from any thread. Every method raises `StorageError` if a file cannot be read or is damaged.
    """

    def __init__(self, folder: Path, keys: ServerKeys) -> None:
        self._folder = folder
        self._keys = keys
        # What was published under a number never changes, so nothing here is ever out of date.
        self._opened = lru_cache(maxsize=1)(self._open)
        self._packed = lru_cache(maxsize=2)(self._pack)
        self._packed_changes = lru_cache(maxsize=2 * KEPT)(self._pack_changes)

    def newest(self) -> int:
        """The number of the edition that holds now; 0 if nothing is published."""
        return next(iter(self._kept()), 0)

    def publish(self, edition: Edition, today: date) -> int:
        """Make this the edition that holds, and return its number: its own if that is higher than
        the newest one's, else the next, issued `today`. What is the same as the newest edition is
        not published again.

        Durable when it returns. Editions beyond the newest `KEPT` are removed.
        """
        with self._alone():
            return self._publish(edition, today)

    def publish_shipped(self, shipped: Edition, today: date) -> int:
        """At every start: publish the edition that comes with the program, if it is another than
        came with the program before. Its number, or 0 if what holds stays.

        An operator's edition stays until the program comes with one issued later, or until the
        operator publishes the program's. Which edition came with a program is remembered beside
        them; where it is not, because a program published that did not remember, the edition that
        holds counts as a program's if its number is not above this one's: imports are numbered on.
        """
        mark = hashlib.sha256(_text(shipped)).hexdigest()
        with self._alone():
            own, last = self._last_shipped()
            newest = self.newest()
            if newest and (mark == last or not self._gives_way(newest, own, shipped)):
                return 0
            number = self._publish(shipped, today)
            files.replace(self._folder / _SHIPPED, f"{number} {mark}\n", _PUBLIC)
            return number if number != newest else 0

    def notice(self) -> wire.EditionNotice | None:
        """Which edition holds now, signed; None if nothing is published."""
        number = self.newest()
        return self._opened(number).notice if number else None

    def edition(self) -> Edition | None:
        """The edition that holds now; None if nothing is published."""
        number = self.newest()
        return self._opened(number).edition if number else None

    def whole(self, number: int) -> bytes:
        """The bundle of an edition, gzip. Raises `UnknownEditionError`."""
        self._check(number)
        return self._packed(number)

    def changes(self, number: int, before: int) -> bytes:
        """The lines that make edition `number` of the earlier edition `before` (see
        `bundle.changes`), gzip. Raises `UnknownEditionError`."""
        self._check(number, before)
        if before >= number:
            raise UnknownEditionError(f"edition {before} is not earlier than {number}")
        return self._packed_changes(number, before)

    def _published(self) -> list[int]:
        """The newest first."""
        try:
            names = [file.name for file in self._folder.iterdir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StorageError(f"{self._folder}: cannot be read: {error.strerror}") from error
        matches = filter(None, map(_FILE.fullmatch, names))
        return sorted((int(match[1]) for match in matches), reverse=True)

    def _publish(self, edition: Edition, today: date) -> int:
        newest = self.newest()
        if newest and self._holds(edition, newest):
            return newest
        if edition.number <= newest:
            edition = bundle.renumbered(edition, newest + 1, today)
        files.replace(self._file(edition.number), _text(edition), _PUBLIC)
        for number in self._published()[KEPT:]:
            self._file(number).unlink()
        return edition.number

    def _last_shipped(self) -> tuple[int, str]:
        """The number under which a program's edition was published last, and that edition's
        SHA-256 as it came; 0 and nothing where that is not known."""
        try:
            number, mark = (self._folder / _SHIPPED).read_text(encoding="utf-8").split()
            return int(number), mark
        except (FileNotFoundError, ValueError):
            return 0, ""

    def _gives_way(self, newest: int, own: int, shipped: Edition) -> bool:
        """Whether the edition that holds came with a program (the last one that did is `own`), or
        else was issued before this one."""
        if newest <= (own or shipped.number) or self._holds(shipped, newest):
            return True
        try:
            return self._opened(newest).edition.issued < shipped.issued
        except StorageError:
            return False

    def _kept(self) -> list[int]:
        """What may be asked for, the newest first; whoever publishes may not have cleared yet."""
        return self._published()[:KEPT]

    def _check(self, *numbers: int) -> None:
        kept = self._kept()
        for number in numbers:
            if number not in kept:
                raise UnknownEditionError(f"edition {number} is not kept here")

    def _file(self, number: int) -> Path:
        return self._folder / f"{number}.bundle"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else publishes, in this process or another."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._folder, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield
            finally:
                os.close(descriptor)
        except OSError as error:
            raise StorageError(f"{self._folder}: cannot publish: {error.strerror}") from error

    def _holds(self, edition: Edition, number: int) -> bool:
        """Whether a published edition says the same as `edition`. A damaged one says nothing."""
        try:
            opened = self._opened(number)
        except StorageError:
            return False
        return _text(bundle.renumbered(edition, number, opened.edition.issued)) == opened.whole

    def _read(self, number: int) -> bytes:
        file = self._file(number)
        try:
            return file.read_bytes()
        except FileNotFoundError as error:
            raise UnknownEditionError(f"edition {number} is not kept here") from error
        except OSError as error:
            raise StorageError(f"{file}: cannot be read: {error.strerror}") from error

    def _open(self, number: int) -> _Opened:
        whole = self._read(number)
        try:
            edition = bundle.edition(bundle.split(whole))
        except CatalogueRefused as error:
            raise StorageError(f"{self._file(number)}: is damaged; publish again") from error
        if edition.number != number:
            raise StorageError(f"{self._file(number)}: holds edition {edition.number}")
        since = [kept for kept in reversed(self._kept()) if kept < number]
        return _Opened(whole, edition, self._signed(edition, whole, since))

    def _signed(self, edition: Edition, whole: bytes, since: list[int]) -> wire.EditionNotice:
        number, issued, size = edition.number, edition.issued, len(whole)
        sha256, key_id = hashlib.sha256(whole).digest(), self._keys.keyset.key_id
        signature = self._keys.sign(
            wire.edition_bytes(
                number=number, issued=issued, sha256=sha256, size=size, key_id=key_id
            )
        )
        return wire.EditionNotice.model_construct(
            number=number,
            issued=issued,
            sha256=sha256,
            size=size,
            key_id=key_id,
            signature=signature,
            since=since,
        )

    def _pack(self, number: int) -> bytes:
        return gzip.compress(self._read(number), mtime=0)

    def _pack_changes(self, number: int, before: int) -> bytes:
        old, new = bundle.split(self._read(before)), bundle.split(self._read(number))
        return gzip.compress(b"\n".join(bundle.changes(old, new)), mtime=0)


def _text(edition: Edition) -> bytes:
    return bundle.text(bundle.lines(edition))
