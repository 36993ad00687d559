import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.errors import NotProvisioned, StorageError
from services import wire
from services.uplink.keys import CentralKeys, KioskKey
from tests.services.uplink.central import KEY_ID, CentralSecrets, Root


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
        _ = CentralKeys(file).current


@pytest.mark.parametrize("content", ["", "{}", "<html>", '{"key_id": 5}', "\x00\xff"])
def test_a_keyset_that_is_no_keyset_is_named_in_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "keyset.json"
    file.write_text(content, encoding="latin-1")
    with pytest.raises(NotProvisioned, match=r"keyset\.json: ") as caught:
        _ = CentralKeys(file).current
    assert "\n" not in str(caught.value)


def test_only_the_central_server_s_signature_verifies(
    keys: CentralKeys, secrets: CentralSecrets
) -> None:
    signature = secrets.signing_key.sign(b"data")
    assert keys.verify(signature, b"data")
    assert not keys.verify(signature, b"Data")
    assert not keys.verify(b"", b"data")


NEW, OLD = CentralSecrets("new"), CentralSecrets("old")


@pytest.fixture(scope="module")
def root() -> Root:
    return Root()


@pytest.fixture
def rooted(tmp_path: Path, root: Root) -> CentralKeys:
    """Keys of a kiosk that knows the root, provisioned with a keyset of serial number 5."""
    file = root.provision(tmp_path / "keyset.json", 5, OLD)
    return CentralKeys(file, root=root.public, fetched=tmp_path / "kiosk" / "keyset.json")


def again(tmp_path: Path, root: Root) -> CentralKeys:
    """The kiosk started anew."""
    return CentralKeys(
        tmp_path / "keyset.json", root=root.public, fetched=tmp_path / "kiosk" / "keyset.json"
    )


def test_a_keyset_of_several_generations_seals_with_the_first_and_verifies_with_all(
    tmp_path: Path,
) -> None:
    file = tmp_path / "keyset.json"
    keys = wire.Keyring(serial=2, keys=[NEW.keyset, OLD.keyset])
    file.write_text(keys.model_dump_json())
    trusted = CentralKeys(file)
    assert (trusted.key_id, trusted.current.key_id) == ("new", "new")
    for secrets in (NEW, OLD):
        assert trusted.verify(secrets.signing_key.sign(b"data"), b"data")
    assert not trusted.verify(CentralSecrets().signing_key.sign(b"data"), b"data")


def test_a_file_handed_over_anew_is_read_without_a_restart(tmp_path: Path) -> None:
    keys = CentralKeys(OLD.provision(tmp_path / "keyset.json"))
    assert keys.key_id == "old"
    NEW.provision(tmp_path / "keyset.json")
    assert keys.key_id == "new"
    (tmp_path / "keyset.json").write_text("half a fi")
    assert keys.key_id == "new"
    (tmp_path / "keyset.json").unlink()
    assert keys.key_id == "new"


def test_where_a_root_is_known_nothing_else_is_believed(tmp_path: Path, root: Root) -> None:
    file = tmp_path / "keyset.json"
    good = root.keyring(1, OLD)
    for bad in (
        OLD.keyset,
        good.model_copy(update={"signature": b""}),
        good.model_copy(update={"serial": 2}),
        good.model_copy(update={"keys": [OLD.keyset, NEW.keyset]}),
        good.model_copy(update={"keys": [NEW.keyset]}),
        Root().keyring(1, OLD),
    ):
        file.write_text(bad.model_dump_json())
        with pytest.raises(NotProvisioned, match=r"keyset\.json: is not signed by the root"):
            _ = CentralKeys(file, root=root.public).key_id
    file.write_text(good.model_dump_json())
    assert CentralKeys(file, root=root.public).key_id == "old"


def test_a_newer_keyset_of_the_root_is_taken_from_anywhere_and_kept(
    rooted: CentralKeys, root: Root, tmp_path: Path
) -> None:
    other = again(tmp_path, root)
    assert [rooted.key_id, other.key_id] == ["old", "old"]
    assert (rooted.lacks("new"), rooted.lacks("old")) == (True, False)
    rooted.renew(root.keyring(6, NEW, OLD))
    assert [rooted.key_id, other.key_id, again(tmp_path, root).key_id] == ["new"] * 3
    assert not rooted.lacks("new")


def test_what_is_not_the_root_s_or_no_news_is_not_taken(
    rooted: CentralKeys, root: Root, tmp_path: Path
) -> None:
    unknown = NEW.keyset.model_copy(update={"suite": "SM2"})
    sm2 = CentralSecrets()
    sm2.keyset = unknown
    for keyring in (
        wire.Keyring(serial=6, keys=[NEW.keyset]),
        Root().keyring(6, NEW),
        root.keyring(5, NEW),
        root.keyring(4, NEW),
        root.keyring(6, sm2),
    ):
        with pytest.raises(NotProvisioned, match="the keyset offered: "):
            rooted.renew(keyring)
        assert rooted.key_id == again(tmp_path, root).key_id == "old"


def test_an_older_file_put_back_is_of_no_use(
    rooted: CentralKeys, root: Root, tmp_path: Path
) -> None:
    rooted.renew(root.keyring(6, NEW, OLD))
    root.provision(tmp_path / "keyset.json", 4, CentralSecrets("stolen"))
    assert rooted.key_id == again(tmp_path, root).key_id == "new"


def test_a_fetched_keyset_that_is_damaged_gives_way_to_the_one_handed_over(
    rooted: CentralKeys, root: Root, tmp_path: Path
) -> None:
    rooted.renew(root.keyring(6, NEW, OLD))
    (tmp_path / "kiosk" / "keyset.json").write_text("")
    assert rooted.key_id == "new"
    assert again(tmp_path, root).key_id == "old"


def test_a_kiosk_that_knows_the_root_needs_no_file(root: Root, tmp_path: Path) -> None:
    keys = again(tmp_path, root)
    assert keys.lacks("new")
    keys.renew(root.keyring(1, NEW))
    assert keys.key_id == "new"


def test_a_newer_keyset_holds_even_where_it_cannot_be_kept(root: Root, tmp_path: Path) -> None:
    (tmp_path / "kiosk").write_text("a file where a folder should be")
    keys = again(tmp_path, root)
    with pytest.raises(StorageError, match=r"keyset\.json: "):
        keys.renew(root.keyring(1, NEW))
    assert keys.key_id == "new"


def test_without_a_root_nothing_is_fetched_or_taken(tmp_path: Path, root: Root) -> None:
    fetched = root.provision(tmp_path / "fetched.json", 9, NEW)
    keys = CentralKeys(OLD.provision(tmp_path / "keyset.json"), fetched=fetched)
    assert not keys.lacks("new")
    with pytest.raises(NotProvisioned, match="no news here"):
        keys.renew(root.keyring(6, NEW))
    assert keys.key_id == "old"
