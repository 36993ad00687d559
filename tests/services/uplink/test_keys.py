import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.errors import NotProvisioned, StorageError
from services.uplink.keys import CentralKeys, KioskKey
from tests.services.uplink.central import KEY_ID, CentralSecrets


def test_the_kiosk_s_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "kiosk"
    first = KioskKey(folder)
    signature = first.sign(b"data")
    Ed25519PublicKey.from_public_bytes(KioskKey(folder).verify_key).verify(signature, b"data")
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "kiosk").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match=r"signing\.pem: "):
        _ = KioskKey(tmp_path / "kiosk").verify_key


def test_a_broken_key_file_is_named_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "signing.pem"
    file.write_text("-----BEGIN NOTHING-----")
    with pytest.raises(StorageError, match=r"signing\.pem: not a private key in PEM"):
        KioskKey(tmp_path).sign(b"")
    assert file.read_text() == "-----BEGIN NOTHING-----"


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "signing.pem").write_bytes(
        X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    with pytest.raises(StorageError, match="not an Ed25519 key"):
        KioskKey(tmp_path).sign(b"")


def test_a_kiosk_provisioned_later_needs_no_restart(
    tmp_path: Path, secrets: CentralSecrets
) -> None:
    keys = CentralKeys(tmp_path / "keyset.json")
    with pytest.raises(NotProvisioned, match=r"keyset\.json: cannot be read: No such file"):
        _ = keys.key_id
    secrets.provision(tmp_path / "keyset.json")
    assert keys.key_id == KEY_ID


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"seal_key": b"c2hvcnQ="}, "holds a key of the wrong size or kind"),
        ({"verify_key": b"c2hvcnQ="}, "holds a key of the wrong size or kind"),
        ({"suite": "SM2"}, "version 1 with suite SM2"),
        ({"version": 2}, "version 2 with suite"),
    ],
)
def test_a_keyset_that_does_not_fit_is_named(
    tmp_path: Path, secrets: CentralSecrets, change: dict[str, object], line: str
) -> None:
    file = tmp_path / "keyset.json"
    keyset = type(secrets.keyset).model_validate(
        {**secrets.keyset.model_dump(mode="json"), **change}
    )
    file.write_text(keyset.model_dump_json())
    with pytest.raises(NotProvisioned, match=rf"keyset\.json: {line}"):
        _ = CentralKeys(file).seal_key


@pytest.mark.parametrize("content", ["", "{}", "<html>", '{"key_id": 5}', "\x00\xff"])
def test_a_keyset_that_is_no_keyset_is_named_in_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "keyset.json"
    file.write_text(content, encoding="latin-1")
    with pytest.raises(NotProvisioned, match=r"keyset\.json: ") as caught:
        _ = CentralKeys(file).seal_key
    assert "\n" not in str(caught.value)


def test_only_the_central_server_s_signature_verifies(
    keys: CentralKeys, secrets: CentralSecrets
) -> None:
    signature = secrets.signing_key.sign(b"data")
    assert keys.verify(signature, b"data")
    assert not keys.verify(signature, b"Data")
    assert not keys.verify(b"", b"data")
