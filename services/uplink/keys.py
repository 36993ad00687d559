"""The keys a kiosk works with: its own signing key, and the central server's public keys."""

from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from pydantic import ValidationError

from kiosk.errors import NotProvisioned, StorageError
from services import wire
from services.files import create

HPKE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM768_BYTES = 1184


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
        try:
            if not self._file.exists():
                pem = Ed25519PrivateKey.generate().private_bytes(
                    Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
                )
                create(self._file, pem)
            key = load_pem_private_key(self._file.read_bytes(), password=None)
        except OSError as error:
            raise StorageError(f"{self._file}: {error.strerror}") from error
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise StorageError(f"{self._file}: not a private key in PEM") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise StorageError(f"{self._file}: not an Ed25519 key")
        return key


class CentralKeys:
    """The central server's public keys, as handed over in a `keyset.json`.

    Read on first use and then kept; a kiosk provisioned later needs no restart. Everything raises
    `NotProvisioned`, with a line naming the file, while it is missing or broken.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def key_id(self) -> str:
        """Which pair of keys this is."""
        return self._keys[0]

    @property
    def seal_key(self) -> MLKEM768X25519PublicKey:
        """What submissions are sealed to."""
        return self._keys[1]

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Whether the central server signed `data`."""
        try:
            self._keys[2].verify(signature, data)
        except InvalidSignature:
            return False
        return True

    @cached_property
    def _keys(self) -> tuple[str, MLKEM768X25519PublicKey, Ed25519PublicKey]:
        try:
            keyset = wire.Keyset.model_validate_json(self._file.read_bytes())
            mlkem, x25519 = keyset.seal_key[:_MLKEM768_BYTES], keyset.seal_key[_MLKEM768_BYTES:]
            seal_key = MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(mlkem),
                X25519PublicKey.from_public_bytes(x25519),
            )
            verify_key = Ed25519PublicKey.from_public_bytes(keyset.verify_key)
        except OSError as error:
            raise NotProvisioned(f"{self._file}: cannot be read: {error.strerror}") from error
        except ValidationError as error:
            raise NotProvisioned(f"{self._file}: {_first(error)}") from error
        except ValueError as error:
            raise NotProvisioned(f"{self._file}: holds a key of the wrong size or kind") from error
        if keyset.version != wire.VERSION or keyset.suite != wire.SUITE:
            raise NotProvisioned(
                f"{self._file}: version {keyset.version} with suite {keyset.suite}, "
                f"expected {wire.VERSION} with {wire.SUITE}"
            )
        return keyset.key_id, seal_key, verify_key


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else str(problem["msg"])
