"""The offline root: a key that signs keysets and nothing else, on a machine without a network.
Kiosks that know its public half trust whatever keys it has signed."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from pydantic import ValidationError

from kiosk.errors import StorageError
from services import files, wire

_PUBLIC = 0o644


def make_root(file: Path) -> str:
    """Make the root's private key (PEM, mode 0600); its public half in hex, as kiosks are told it.

    Raises `StorageError` if there is a file of this name already, or it cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        if not files.create(file, pem):
            raise StorageError(f"{file}: is there already")
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error
    return key.public_key().public_bytes_raw().hex()


def sign_keyset(root: Path, keyset: Path, to: Path) -> int:
    """Sign a keyset of either version; its serial number. Raises `StorageError`."""
    try:
        key = load_pem_private_key(root.read_bytes(), password=None)
    except OSError as error:
        raise StorageError(f"{root}: {error.strerror}") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise StorageError(f"{root}: not a private key in PEM") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise StorageError(f"{root}: not an Ed25519 key")
    try:
        keyring = wire.keyring(keyset.read_bytes())
        signed = keyring.model_copy(
            update={
                "signature": key.sign(wire.keyring_bytes(serial=keyring.serial, keys=keyring.keys))
            }
        )
        files.replace(to, signed.model_dump_json(indent=2) + "\n", _PUBLIC)
    except ValidationError as error:
        raise StorageError(f"{keyset}: not a keyset of a central server") from error
    except OSError as error:
        raise StorageError(f"{error.filename or to}: {error.strerror}") from error
    return keyring.serial
