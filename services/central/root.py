"""The offline root: a key that signs keysets and nothing else, on a machine without a network.
Kiosks that know its public half trust whatever keys it has signed."""

from pathlib import Path

from pydantic import ValidationError

from kiosk.errors import StorageError
from services import files, wire
from services.signing_key import load_key, make_key

_PUBLIC = 0o644


def make_root(file: Path) -> str:
    """Make the root's private key (PEM, mode 0600); its public half in hex, as kiosks are told it.

    Raises `StorageError` if there is a file of this name already, or it cannot be written.
    """
    if not make_key(file):
        raise StorageError(f"{file}: is there already")
    return load_key(file).public_key().public_bytes_raw().hex()


def sign_keyset(root: Path, keyset: Path, to: Path) -> int:
    """Sign a keyset of either version; its serial number. Raises `StorageError`."""
    key = load_key(root)
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
