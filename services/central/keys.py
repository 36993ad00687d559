"""The central server's own keys: the HPKE key that opens submissions, the Ed25519 key that signs
receipts and the key of the vault, kept in one private file; the public halves are written beside it
as `keyset.json`."""

import base64
import binascii
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

from kiosk.errors import StorageError
from services import wire
from services.central.codes import QueryCodes
from services.central.vault import KEY_BYTES, Vault

KEYS_FILE = "keys.json"
KEYSET_FILE = "keyset.json"
TOKEN_FILE = "clerk.token"
_PRIVATE = 0o600
_PUBLIC = 0o644
_TOKEN_BYTES = 32

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True, repr=False)
class ServerKeys:
    """The private keys. `open`, `sign`, `vault` and `codes` are all that the rest of the server
    uses."""

    mlkem: MLKEM768PrivateKey
    x25519: X25519PrivateKey
    signing: Ed25519PrivateKey
    vault: Vault

    @classmethod
    def generate(cls) -> "ServerKeys":
        """Fresh keys."""
        return cls(
            MLKEM768PrivateKey.generate(),
            X25519PrivateKey.generate(),
            Ed25519PrivateKey.generate(),
            Vault(secrets.token_bytes(KEY_BYTES)),
        )

    @property
    def keyset(self) -> wire.Keyset:
        """The public halves. `key_id` is the first 16 hex digits of the SHA-256 over both."""
        seal = self.mlkem.public_key().public_bytes_raw()
        seal += self.x25519.public_key().public_bytes_raw()
        verify = self.signing.public_key().public_bytes_raw()
        return wire.Keyset.model_construct(
            key_id=hashlib.sha256(seal + verify).hexdigest()[:16],
            seal_key=seal,
            verify_key=verify,
        )

    @property
    def codes(self) -> QueryCodes:
        """What query codes are hashed with, under a key as lasting as the vault's."""
        return QueryCodes.under(self.vault.key)

    def open(self, envelope: bytes, info: bytes) -> bytes:
        """The plaintext of an HPKE envelope (RFC 9180 §6.1, base mode, no additional data).

        Raises `cryptography.exceptions.InvalidTag` if it was not sealed to this key with `info`.
        """
        return _SUITE.decrypt(envelope, MLKEM768X25519PrivateKey(self.mlkem, self.x25519), info)

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature (64 bytes)."""
        return self.signing.sign(message)


def load_keys(folder: Path, *, may_make: bool = True) -> ServerKeys:
    """The keys in `folder`, made on first use; `keyset.json` is (re)written if it does not match.

    Raises `StorageError` if the folder is not writable, the key file is damaged, or there is none
    and none may be made because what it would open is here already.
    """
    file = folder / KEYS_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            if not may_make:
                raise StorageError(
                    f"{file}: is missing; put it back, the cases here are sealed with it"
                )
            write_file(file, _to_json(ServerKeys.generate()), _PRIVATE)
        keys = _from_json(file.read_text(encoding="utf-8"))
        keyset = keys.keyset.model_dump_json(indent=2) + "\n"
        public = folder / KEYSET_FILE
        if not public.exists() or public.read_text(encoding="utf-8") != keyset:
            write_file(public, keyset, _PUBLIC)
    except OSError as error:
        raise StorageError(f"{folder}: cannot keep the server's keys: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{file}: not a key file of this server") from error
    return keys


def load_token(folder: Path) -> str:
    """The clerk's access token, made on first use. Raises `StorageError`."""
    file = folder / TOKEN_FILE
    try:
        if not file.exists():
            write_file(file, secrets.token_urlsafe(_TOKEN_BYTES) + "\n", _PRIVATE)
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{file}: cannot be read or written") from error
    if not token:
        raise StorageError(f"{file}: is empty; delete it to have a new token made")
    return token


def write_file(file: Path, content: str | bytes, mode: int) -> None:
    """Write atomically and durably: readers see the whole file or none. Raises `OSError`."""
    new = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _to_json(keys: ServerKeys) -> str:
    raw = {
        "mlkem768_seed": keys.mlkem.private_bytes_raw(),
        "x25519": keys.x25519.private_bytes_raw(),
        "ed25519": keys.signing.private_bytes_raw(),
        "storage": keys.vault.key,
    }
    return json.dumps({name: base64.b64encode(key).decode() for name, key in raw.items()}) + "\n"


def _from_json(text: str) -> ServerKeys:
    table = json.loads(text)
    try:
        raw = {name: base64.b64decode(value, validate=True) for name, value in table.items()}
    except (binascii.Error, AttributeError) as error:
        raise ValueError("not a table of base64 strings") from error
    return ServerKeys(
        MLKEM768PrivateKey.from_seed_bytes(raw["mlkem768_seed"]),
        X25519PrivateKey.from_private_bytes(raw["x25519"]),
        Ed25519PrivateKey.from_private_bytes(raw["ed25519"]),
        Vault(raw["storage"]),
    )
