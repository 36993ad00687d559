"""The central server's own keys: of every generation the key that opens submissions and the Ed25519
key that signs receipts, and the key of the vault, kept in one private file. The public halves are
written beside it as `keyset.json`.

Where `keyset.json` is signed by an offline root (see `root.py`), it decides which generation is the
current one: new keys wait in `keyset.next.json` until the root has signed them.
"""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from kiosk.errors import StorageError
from services import files, wire
from services.central.codes import QueryCodes
from services.central.vault import KEY_BYTES, Vault
from services.suites import SUITES

KEYS_FILE = "keys.json"
KEYSET_FILE = "keyset.json"
NEXT_KEYSET_FILE = "keyset.next.json"
TOKEN_FILE = "clerk.token"
_PRIVATE = 0o600
_PUBLIC = 0o644
_TOKEN_BYTES = 32


class KeyPair:
    """The private keys of one generation. Raises `ValueError` for bytes that are no keys,
    `KeyError` for a suite that is not known here."""

    def __init__(self, suite: str, opening: bytes, signing: bytes) -> None:
        self._opening, self._signing = opening, Ed25519PrivateKey.from_private_bytes(signing)
        seal, verify = SUITES[suite].public(opening), self._signing.public_key().public_bytes_raw()
        self.public = wire.Keyset.model_construct(
            key_id=hashlib.sha256(seal + verify).hexdigest()[:16],
            suite=suite,
            seal_key=seal,
            verify_key=verify,
        )
        """The public halves. `key_id` is the first 16 hex digits of the SHA-256 over both."""

    @classmethod
    def generate(cls) -> "KeyPair":
        """Fresh keys."""
        signing = Ed25519PrivateKey.generate().private_bytes_raw()
        return cls(wire.SUITE, SUITES[wire.SUITE].generate(), signing)

    @cached_property
    def open(self) -> Callable[[bytes, bytes], bytes]:
        """Makes the plaintext of an envelope and its `info`; raises `suites.UnreadableError`."""
        return SUITES[self.public.suite].opener(self._opening)

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature (64 bytes)."""
        return self._signing.sign(message)

    def as_json(self) -> dict[str, str]:
        """As it stands in the file."""
        return {
            "suite": self.public.suite,
            "opening": _text(self._opening),
            "signing": _text(self._signing.private_bytes_raw()),
        }


@dataclass(frozen=True, slots=True, repr=False)
class ServerKeys:
    """The private keys: `pairs` by their ids, each of which opens what was sealed to it, and the
    vault's. `keyring` is what kiosks are told; its first pair is the current one."""

    pairs: Mapping[str, KeyPair]
    vault: Vault
    keyring: wire.Keyring

    @classmethod
    def generate(cls) -> "ServerKeys":
        """Fresh keys."""
        secret = _Secret.generate()
        return secret.published_as(secret.keyring)

    @property
    def keyset(self) -> wire.Keyset:
        """The public halves of the current pair."""
        return self.keyring.keys[0]

    @property
    def codes(self) -> QueryCodes:
        """What query codes are hashed with, under a key as lasting as the vault's."""
        return QueryCodes.under(self.vault.key)

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature (64 bytes) of the current pair."""
        return self.pairs[self.keyset.key_id].sign(message)


class _Secret(NamedTuple):
    """What is in `keys.json`: pairs from the newest on, and how often they have changed."""

    pairs: list[KeyPair]
    storage: bytes
    serial: int

    @classmethod
    def generate(cls) -> "_Secret":
        return cls([KeyPair.generate()], secrets.token_bytes(KEY_BYTES), 1)

    @property
    def keyring(self) -> wire.Keyring:
        """All the public halves there are, unsigned."""
        return wire.Keyring(serial=self.serial, keys=[pair.public for pair in self.pairs])

    def published_as(self, keyring: wire.Keyring) -> ServerKeys:
        pairs = {pair.public.key_id: pair for pair in self.pairs}
        return ServerKeys(pairs, Vault(self.storage), keyring)

    def as_json(self) -> str:
        pairs = [pair.as_json() for pair in self.pairs]
        table = {"serial": self.serial, "storage": _text(self.storage), "keys": pairs}
        return json.dumps(table) + "\n"


def load_keys(folder: Path, *, may_make: bool = True) -> ServerKeys:
    """The keys in `folder`, made on first use; `keyset.json` is (re)written if it does not match
    and no root has signed it.

    Raises `StorageError` if the folder is not writable, a file is damaged or of other keys than the
    other one, or there is none and none may be made because what it would open is here already.
    """
    secret = _load(folder, may_make=may_make)
    try:
        return secret.published_as(_publish(folder, secret.keyring))
    except OSError as error:
        raise _cannot_keep(folder, error) from error


def rotate_keys(folder: Path) -> ServerKeys:
    """Make a new pair; it is the current one from now on, or, where a root signs the keyset, from
    when it has signed `keyset.next.json`. A running server has to be started anew. Raises
    `StorageError`."""
    secret = _load(folder, may_make=False)
    newer = _Secret([KeyPair.generate(), *secret.pairs], secret.storage, secret.serial + 1)
    try:
        files.replace(folder / KEYS_FILE, newer.as_json(), _PRIVATE)
    except OSError as error:
        raise _cannot_keep(folder, error) from error
    return load_keys(folder)


def _load(folder: Path, *, may_make: bool) -> _Secret:
    file = folder / KEYS_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            if not may_make:
                raise StorageError(
                    f"{file}: is missing; put it back, the cases here are sealed with it"
                )
            files.replace(file, _Secret.generate().as_json(), _PRIVATE)
        return _from_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise _cannot_keep(folder, error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{file}: not a key file of this server") from error


def _publish(folder: Path, whole: wire.Keyring) -> wire.Keyring:
    """What kiosks are told: all the keys there are, or those the root has signed."""
    file, waiting = folder / KEYSET_FILE, folder / NEXT_KEYSET_FILE
    try:
        published = wire.keyring(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        published = whole
    if not published.signature:
        _write(file, whole)
        return whole
    if published.serial > whole.serial or not all(key in whole.keys for key in published.keys):
        raise StorageError(
            f"{file}: names keys that are not in {KEYS_FILE}; put the right one back"
        )
    if published.serial < whole.serial:
        _write(waiting, whole)
    else:
        waiting.unlink(missing_ok=True)
    return published


def _write(file: Path, keyring: wire.Keyring) -> None:
    """As it is read by every version of the kiosk, while there is one key only."""
    alone = keyring.serial == 1 and len(keyring.keys) == 1
    text = (keyring.keys[0] if alone else keyring).model_dump_json(indent=2) + "\n"
    if not file.exists() or file.read_text(encoding="utf-8", errors="replace") != text:
        files.replace(file, text, _PUBLIC)


def _cannot_keep(folder: Path, error: OSError) -> StorageError:
    return StorageError(f"{folder}: cannot keep the server's keys: {error.strerror}")


def load_token(folder: Path) -> str:
    """The clerk's access token, made on first use. Raises `StorageError`."""
    file = folder / TOKEN_FILE
    try:
        if not file.exists():
            files.replace(file, secrets.token_urlsafe(_TOKEN_BYTES) + "\n", _PRIVATE)
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{file}: cannot be read or written") from error
    if not token:
        raise StorageError(f"{file}: is empty; delete it to have a new token made")
    return token


def _from_json(text: str) -> _Secret:
    table = json.loads(text)
    if not isinstance(table, dict):
        raise ValueError("not a table")
    storage = _bytes(table["storage"])
    Vault(storage)
    if "keys" not in table:  # as it was kept while there was one generation
        opening = _bytes(table["mlkem768_seed"]) + _bytes(table["x25519"])
        return _Secret([KeyPair(wire.SUITE, opening, _bytes(table["ed25519"]))], storage, 1)
    pairs = [
        KeyPair(each["suite"], _bytes(each["opening"]), _bytes(each["signing"]))
        for each in table["keys"]
    ]
    if not pairs or not isinstance(table["serial"], int) or table["serial"] < 1:
        raise ValueError("no keys, or no serial number")
    return _Secret(pairs, storage, table["serial"])


def _bytes(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
