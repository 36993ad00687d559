"""Parked forms: one file each, which only its code opens."""

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from kiosk.domain.session.parked import Parked
from kiosk.errors import BugError, NotParked, ParkedOutdated, StorageError, TooManyAttempts
from services.attempts import AttemptLimit
from services.files import create, settle
from services.storage.parked_text import from_text, to_text

MOST_WRONG, WINDOW_SECONDS = 10, 15 * 60
SCRYPT_N, SCRYPT_R, SCRYPT_P = 1 << 15, 8, 2
"""RFC 7914: 128 · n · r bytes are 32 MiB of memory, and about 150 ms for each code tried."""

_SALT_BYTES, _KEY_BYTES, _NAME_BYTES, _NONCE_BYTES = 32, 32, 16, 12
_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-[0-9a-f]{32}")
_ANYBODY = "anybody"


class _Place(NamedTuple):
    """Where the form of one code lies on one day, and what it is sealed with."""

    file: Path
    key: bytes
    about: bytes

    def seal(self, content: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, content, self.about)

    def open(self, sealed: bytes) -> bytes:
        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        return AESGCM(self.key).decrypt(nonce, ciphertext, self.about)


class FileParking:
    """Implements `kiosk.ports.Parking`: files `<day>-<name>` (mode 0600) in a folder (0700), sealed
    with AES-256-GCM (NIST SP 800-38D) and bound to their day. Safe from any thread.

    Name and key come by scrypt from the code and from a random salt of this kiosk, `salt` in the
    same folder. The code is written nowhere; with the salt gone, what was parked is lost.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = monotonic) -> None:
        """`folder` is made when something is put into it; `clock` counts seconds."""
        self._folder = folder
        self._salt_file = folder / "salt"
        self._wrong = AttemptLimit(MOST_WRONG, WINDOW_SECONDS, clock)
        self._lock = Lock()

    def park(self, parked: Parked, code: str, today: date) -> None:
        """Keep a form durably. Raises `StorageError`; then it is not kept. Raises `BugError` for a
        code that has been used today and not taken back."""
        content = to_text(parked).encode("ascii")
        try:
            place = self._place(code, self._some_salt(), today)
            sealed = place.seal(content)
            with self._lock:
                fresh = create(place.file, sealed)
        except OSError as error:
            raise self._failed(error) from error
        if not fresh:
            raise BugError("two forms were to be parked under one code")

    def take(self, code: str, today: date) -> Parked:
        """Give a form back and keep it no longer. Raises `NotParked`, `TooManyAttempts` after ten
        wrong codes within a quarter of an hour, `ParkedOutdated` for a form that another version of
        the program has written, or `StorageError`; then it stays where it is."""
        if wait := self._wrong.attempt(_ANYBODY):
            raise TooManyAttempts(f"parking: too many wrong codes, {wait} s to wait")
        try:
            file, content = self._opened(code, today)
        except OSError as error:
            self._wrong.succeeded(_ANYBODY)
            raise self._failed(error) from error
        self._wrong.succeeded(_ANYBODY)
        parked = _read(content)
        try:
            file.unlink()
        except FileNotFoundError as error:
            raise _not_parked() from error
        except OSError as error:
            raise self._failed(error) from error
        with suppress(OSError):  # it has been taken, even if the disk should not remember
            settle(self._folder)
        return parked

    def sweep(self, today: date) -> None:
        """Remove what is of an earlier day, what is of a day after tomorrow (the clock has been set
        back since), and what was left half written. Raises `StorageError`."""
        try:
            with self._lock:
                for file in [*self._folder.iterdir()] if self._folder.exists() else []:
                    day = _day_of(file.name)
                    unfinished = file.name.startswith(".")
                    if unfinished or (day and not today <= day <= today + timedelta(days=1)):
                        file.unlink()
        except OSError as error:
            raise self._failed(error) from error

    def _opened(self, code: str, today: date) -> tuple[Path, bytes]:
        try:
            place = self._place(code, self._salt_file.read_bytes(), today)
            return place.file, place.open(place.file.read_bytes())
        except (FileNotFoundError, InvalidTag, ValueError) as error:
            raise _not_parked() from error

    def _some_salt(self) -> bytes:
        with self._lock:
            with suppress(FileNotFoundError):
                salt = self._salt_file.read_bytes()
                if len(salt) == _SALT_BYTES:
                    return salt
                self._salt_file.unlink()  # damaged: nothing that lies here can be opened with it
            create(self._salt_file, secrets.token_bytes(_SALT_BYTES))
            return self._salt_file.read_bytes()

    def _place(self, code: str, salt: bytes, today: date) -> _Place:
        scrypt = Scrypt(
            salt=salt, length=_KEY_BYTES + _NAME_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P
        )
        derived = scrypt.derive(code.encode())
        key, name = derived[:_KEY_BYTES], derived[_KEY_BYTES:].hex()
        return _Place(self._folder / f"{today}-{name}", key, f"parked {today}".encode())

    def _failed(self, error: OSError) -> StorageError:
        return StorageError(f"{self._folder}: {error.strerror}")


def _not_parked() -> NotParked:
    return NotParked("nothing that can be opened is parked under this code")


def _read(content: bytes) -> Parked:
    try:
        return from_text(content.decode("ascii"))
    except ValueError as error:
        raise ParkedOutdated("a form parked by another version of the program") from error


def _day_of(name: str) -> date | None:
    parts = _NAME.fullmatch(name)
    try:
        return date.fromisoformat(parts[1]) if parts else None
    except ValueError:
        return None
