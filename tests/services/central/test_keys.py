import base64
import json
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.errors import StorageError
from services import wire
from services.central.keys import ServerKeys, load_keys, load_token, rotate_keys
from services.central.root import make_root, sign_keyset
from services.suites import SUITES, UnreadableError


def test_keys_are_made_once_and_kept(tmp_path):
    assert load_keys(tmp_path).keyset == load_keys(tmp_path).keyset


def test_private_files_are_for_their_owner_only(tmp_path):
    load_keys(tmp_path)
    load_token(tmp_path)
    for name in ("keys.json", "clerk.token"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_no_half_written_file_is_left(tmp_path):
    load_keys(tmp_path)
    load_token(tmp_path)
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"keys.json", "keyset.json", "clerk.token"}


def test_the_keyset_beside_the_keys_holds_the_public_halves(tmp_path):
    keys = load_keys(tmp_path)
    keyset = wire.Keyset.model_validate_json((tmp_path / "keyset.json").read_text())
    assert len(keyset.seal_key) == 1184 + 32
    Ed25519PublicKey.from_public_bytes(keyset.verify_key).verify(keys.sign(b"x"), b"x")


def test_a_lost_keyset_is_written_again(tmp_path):
    first = load_keys(tmp_path).keyset
    (tmp_path / "keyset.json").write_text("{}")
    assert load_keys(tmp_path).keyset == first
    assert wire.Keyset.model_validate_json((tmp_path / "keyset.json").read_text()) == first


OLD_KEY_FILE = {
    "mlkem768_seed": base64.b64encode(bytes(64)).decode(),
    "x25519": base64.b64encode(bytes(range(32))).decode(),
    "ed25519": base64.b64encode(bytes(32)).decode(),
    "storage": base64.b64encode(bytes(32)).decode(),
}
"""As it was kept while there was one generation."""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"storage": 1}',
        '{"storage": "!"}',
        "\x00",
        json.dumps(OLD_KEY_FILE | {"serial": 1, "keys": []}),
        json.dumps(OLD_KEY_FILE | {"serial": 1, "keys": [{}]}),
    ],
)
def test_a_damaged_key_file_is_a_known_error_and_stays_untouched(tmp_path, text):
    (tmp_path / "keys.json").write_text(text)
    with pytest.raises(StorageError, match="keys.json"):
        load_keys(tmp_path)
    assert (tmp_path / "keys.json").read_text() == text


def test_a_missing_key_file_is_not_made_where_it_may_not_be(tmp_path):
    with pytest.raises(StorageError, match=r"keys\.json: is missing; put it back"):
        load_keys(tmp_path, may_make=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["mlkem768_seed", "x25519", "ed25519", "storage"])
def test_a_key_of_the_wrong_length_is_a_known_error(tmp_path, name):
    (tmp_path / "keys.json").write_text(json.dumps(OLD_KEY_FILE | {name: "AAAA"}))
    with pytest.raises(StorageError):
        load_keys(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"suite": "SM2"},
        {"opening": "AAAA"},
        {"signing": "AAAA"},
    ],
)
def test_a_pair_of_the_wrong_kind_is_a_known_error(tmp_path, change):
    load_keys(tmp_path)
    file = tmp_path / "keys.json"
    table = json.loads(file.read_text())
    table["keys"][0] |= change
    file.write_text(json.dumps(table))
    with pytest.raises(StorageError, match="not a key file"):
        load_keys(tmp_path)


def test_a_key_file_of_one_generation_is_read_as_ever_and_left_as_it_is(tmp_path):
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(OLD_KEY_FILE))
    keys = load_keys(tmp_path)
    assert keys.keyset.key_id == "53c9cd9f59460e27"
    assert keys.vault.key == bytes(32)
    assert json.loads(file.read_text()) == OLD_KEY_FILE


def envelope(keyset, info=b"info"):
    return SUITES[keyset.suite].sealer(keyset.seal_key)(b"text", info)


def test_rotated_keys_still_open_but_no_longer_sign(tmp_path):
    (tmp_path / "keys.json").write_text(json.dumps(OLD_KEY_FILE))
    old = load_keys(tmp_path)
    new = rotate_keys(tmp_path)
    assert new.keyset != old.keyset
    assert [key.key_id for key in new.keyring.keys] == [new.keyset.key_id, old.keyset.key_id]
    for keyset in (old.keyset, new.keyset):
        assert new.pairs[keyset.key_id].open(envelope(keyset), b"info") == b"text"
        with pytest.raises(UnreadableError):
            new.pairs[keyset.key_id].open(envelope(keyset), b"another")
    Ed25519PublicKey.from_public_bytes(new.keyset.verify_key).verify(new.sign(b"x"), b"x")
    assert new.vault == old.vault
    assert load_keys(tmp_path).keyring == new.keyring
    assert wire.keyring((tmp_path / "keyset.json").read_bytes()) == new.keyring


def test_every_rotation_has_its_number(tmp_path):
    assert load_keys(tmp_path).keyring.serial == 1
    assert [rotate_keys(tmp_path).keyring.serial for _ in range(3)] == [2, 3, 4]


def test_keys_that_are_missing_are_not_rotated(tmp_path):
    with pytest.raises(StorageError, match="is missing"):
        rotate_keys(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_new_keys_wait_for_the_root_where_one_signs(tmp_path):
    root, keyset, waiting = (
        tmp_path / name for name in ("root.pem", "keyset.json", "keyset.next.json")
    )
    make_root(root)
    old = load_keys(tmp_path)
    sign_keyset(root, keyset, keyset)
    assert rotate_keys(tmp_path).keyset == old.keyset
    assert wire.keyring(keyset.read_bytes()).serial == 1
    waiting.unlink()
    load_keys(tmp_path)
    sign_keyset(root, waiting, keyset)
    new = load_keys(tmp_path)
    assert (new.keyring.serial, len(new.keyring.keys)) == (2, 2)
    assert new.keyset != old.keyset
    assert not waiting.exists()


def test_a_signed_keyset_of_other_keys_is_not_replaced(tmp_path):
    root, keyset, keys = (tmp_path / name for name in ("root.pem", "keyset.json", "keys.json"))
    make_root(root)
    load_keys(tmp_path)
    sign_keyset(root, keyset, keyset)
    before = keyset.read_bytes()
    keys.write_text(json.dumps(OLD_KEY_FILE))
    with pytest.raises(StorageError, match=r"keyset\.json: names keys that are not in keys\.json"):
        load_keys(tmp_path)
    assert keyset.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_a_known_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        load_keys(tmp_path / "file")


def test_an_empty_token_file_is_a_known_error(tmp_path):
    (tmp_path / "clerk.token").write_text("\n")
    with pytest.raises(StorageError, match="empty"):
        load_token(tmp_path)


def test_private_keys_do_not_show_in_their_text_form():
    keys = ServerKeys.generate()
    (pair,) = keys.pairs.values()
    for shown in (keys, pair):
        assert pair.as_json()["signing"] not in repr(shown)
        assert repr(shown).startswith("<services.central.keys.")
