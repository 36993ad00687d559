import json
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.errors import StorageError
from services import wire
from services.central.keys import ServerKeys, load_keys, load_token


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


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ed25519": 1}', '{"ed25519": "!"}', "\x00"])
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
    load_keys(tmp_path)
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {name: "AAAA"}))
    with pytest.raises(StorageError):
        load_keys(tmp_path)


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
    assert keys.signing.private_bytes_raw().hex() not in repr(keys)
    assert repr(keys).startswith("<services.central.keys.ServerKeys object")
