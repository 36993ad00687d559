"""The keys a kiosk works with: its own signing key, and the central server's public keys."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import ValidationError

from kiosk.errors import NotProvisioned, StorageError
from services import wire
from services.files import replace
from services.signing_key import load_key, make_key
from services.suites import SUITES


class KioskKey:
    """The kiosk's own Ed25519 key, in `folder/signing.pem` (mode 0600), made on first use."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "signing.pem"

    @property
    def verify_key(self) -> bytes:
        """The public half (32 bytes). Raises `StorageError` as `sign` does."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature (64 bytes). Raises `StorageError` if the file fails or is broken."""
        return self._private.sign(data)

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        if not self._file.exists():
            make_key(self._file)
        return load_key(self._file)


class SealingKey(NamedTuple):
    """The central server's current key: `seal` makes an envelope of a plaintext and an `info`."""

    key_id: str
    suite: str
    seal: Callable[[bytes, bytes], bytes]


class _Trusted(NamedTuple):
    """A keyset that was believed."""

    serial: int
    current: SealingKey
    verifying: dict[str, Ed25519PublicKey]


class CentralKeys:
    """The central server's public keys, as handed over in a `keyset.json`.

    With the public half of an offline `root` (Ed25519, 32 bytes) only keysets that it has signed
    are believed, none with a lower serial number than before, and newer ones may come from anywhere
    (`renew`): they are kept in `fetched`. The files are read on first use and whenever they have
    changed; a kiosk provisioned later needs no restart. Everything raises `NotProvisioned`, with a
    line naming the file, while there has been nothing to believe. Safe from any thread.
    """

    def __init__(self, file: Path, *, root: bytes = b"", fetched: Path | None = None) -> None:
        self._file = file
        self._root = Ed25519PublicKey.from_public_bytes(root) if root else None
        self._fetched = fetched
        self._read: tuple[object, _Trusted] | None = None

    @property
    def key_id(self) -> str:
        """Which is the current key."""
        return self._trusted.current.key_id

    @property
    def current(self) -> SealingKey:
        """What submissions are sealed to."""
        return self._trusted.current

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Whether the central server signed `data`, with whichever of its keys."""
        return any(_verifies(key, signature, data) for key in self._trusted.verifying.values())

    def lacks(self, key_id: str) -> bool:
        """Whether a newer keyset, which could be believed, may hold this key."""
        if self._root is None:
            return False
        try:
            return key_id not in self._trusted.verifying
        except NotProvisioned:
            return True

    def renew(self, keyring: wire.Keyring) -> None:
        """Take a keyset that somebody offers, if it is the root's and a newer one.

        Raises `NotProvisioned` if it is not, `StorageError` if it cannot be kept; it holds until
        the kiosk is started anew then.
        """
        offered = self._believed(keyring, "the keyset offered")
        try:
            known = self._trusted.serial
        except NotProvisioned:
            known = 0
        if self._root is None or self._fetched is None or offered.serial <= known:
            raise NotProvisioned(f"the keyset offered: serial {offered.serial} is no news here")
        self._read = (self._stamps(), offered)
        try:
            self._fetched.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace(self._fetched, keyring.model_dump_json(indent=2) + "\n", 0o600)
        except OSError as error:
            raise StorageError(f"{self._fetched}: {error.strerror}") from error

    @property
    def _trusted(self) -> _Trusted:
        stamps, before = self._stamps(), self._read
        if before is not None and before[0] == stamps:
            return before[1]
        try:
            now = self._newest()
        except NotProvisioned:
            if before is None:
                raise
            now = before[1]
        if self._root is not None and before is not None and now.serial < before[1].serial:
            now = before[1]
        self._read = (stamps, now)
        return now

    def _newest(self) -> _Trusted:
        """Of the file handed over and the one fetched."""
        fetched = self._fetched if self._root is not None else None
        found: list[_Trusted] = []
        refused: list[NotProvisioned] = []
        for file in (self._file, fetched):
            if file is not None:
                try:
                    found.append(self._load(file))
                except NotProvisioned as error:
                    refused.append(error)
        if not found:
            raise refused[0]
        return max(found, key=lambda each: each.serial)

    def _load(self, file: Path) -> _Trusted:
        try:
            return self._believed(wire.keyring(file.read_bytes()), str(file))
        except OSError as error:
            raise NotProvisioned(f"{file}: cannot be read: {error.strerror}") from error
        except ValidationError as error:
            raise NotProvisioned(f"{file}: {_first(error)}") from error

    def _believed(self, keyring: wire.Keyring, place: str) -> _Trusted:
        """Raises `NotProvisioned` for what is not the root's, or not of a kind that is known."""
        if self._root is not None:
            signed = wire.keyring_bytes(serial=keyring.serial, keys=keyring.keys)
            if not _verifies(self._root, keyring.signature, signed):
                raise NotProvisioned(f"{place}: is not signed by the root that this kiosk knows")
        now = keyring.keys[0]
        suite = SUITES.get(now.suite)
        if (keyring.version, now.version) != (wire.KEYRING_VERSION, wire.VERSION) or suite is None:
            raise NotProvisioned(
                f"{place}: version {now.version} with suite {now.suite}, "
                f"expected {wire.VERSION} with {' or '.join(SUITES)}"
            )
        try:
            return _Trusted(
                keyring.serial,
                SealingKey(now.key_id, now.suite, suite.sealer(now.seal_key)),
                {
                    key.key_id: Ed25519PublicKey.from_public_bytes(key.verify_key)
                    for key in keyring.keys
                },
            )
        except ValueError as error:
            raise NotProvisioned(f"{place}: holds a key of the wrong size or kind") from error

    def _stamps(self) -> object:
        return [_stamp(file) for file in (self._file, self._fetched)]


def _stamp(file: Path | None) -> tuple[int, int, int] | None:
    """Another one, whenever the file is another one."""
    try:
        status = file.stat() if file is not None else None
    except OSError:
        return None
    return None if status is None else (status.st_mtime_ns, status.st_size, status.st_ino)


def _verifies(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else str(problem["msg"])
