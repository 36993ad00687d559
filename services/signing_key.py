"""A private Ed25519 key in a file: the kiosk's own, and the root's."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kiosk.errors import StorageError
from services.files import create


def make_key(file: Path) -> bool:
    """Write a fresh key (PEM, mode 0600); False if there is a file already, which stays. Raises
    `StorageError`."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    try:
        return create(file, pem)
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error


def load_key(file: Path) -> Ed25519PrivateKey:
    """The key in a file. Raises `StorageError`."""
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise StorageError(f"{file}: not a private key in PEM") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise StorageError(f"{file}: not an Ed25519 key")
    return key
