import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.errors import StorageError
from services import wire
from services.central.keys import load_keys, rotate_keys
from services.central.root import make_root, sign_keyset


def signed(keyring: wire.Keyring) -> bytes:
    return wire.keyring_bytes(serial=keyring.serial, keys=keyring.keys)


def test_the_root_signs_every_key_in_its_order_and_the_serial_number(tmp_path: Path) -> None:
    root = Ed25519PublicKey.from_public_bytes(bytes.fromhex(make_root(tmp_path / "root.pem")))
    load_keys(tmp_path)
    rotate_keys(tmp_path)
    assert sign_keyset(tmp_path / "root.pem", tmp_path / "keyset.json", tmp_path / "to.json") == 2
    keyring = wire.keyring((tmp_path / "to.json").read_bytes())
    root.verify(keyring.signature, signed(keyring))
    for change in (
        {"serial": 3},
        {"keys": keyring.keys[::-1]},
        {"keys": keyring.keys[:1]},
        {"keys": [keyring.keys[0].model_copy(update={"suite": "SM2"}), keyring.keys[1]]},
    ):
        with pytest.raises(InvalidSignature):
            root.verify(keyring.signature, signed(keyring.model_copy(update=change)))


def test_the_root_is_for_its_owner_only_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "root.pem"
    make_root(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    with pytest.raises(StorageError, match=r"root\.pem: is there already"):
        make_root(file)
    assert file.read_bytes() == before


def test_what_is_no_root_or_no_keyset_is_named(tmp_path: Path) -> None:
    root, keyset, other = (tmp_path / name for name in ("root.pem", "keyset.json", "other.pem"))
    make_root(root)
    load_keys(tmp_path)
    other.write_bytes(
        X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    for private, public, line in (
        (other, keyset, r"other\.pem: not an Ed25519 key"),
        (keyset, keyset, r"keyset\.json: not a private key in PEM"),
        (tmp_path / "none.pem", keyset, r"none\.pem: No such file"),
        (root, root, r"root\.pem: not a keyset"),
        (root, tmp_path / "none.json", r"none\.json: No such file"),
    ):
        with pytest.raises(StorageError, match=line):
            sign_keyset(private, public, tmp_path / "to.json")
    assert not (tmp_path / "to.json").exists()
