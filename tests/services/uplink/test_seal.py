import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.submission.receipt import receipt_hash
from kiosk.errors import NotProvisioned
from services import wire
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal, payload
from tests.services.uplink.central import HPKE, CentralSecrets, submission


def info(sealed_id: object, kind: str = "complaint", kiosk: str = "test-kiosk") -> bytes:
    return wire.seal_info(id=sealed_id, kind=kind, kiosk_id=kiosk, key_id="test-key-1")


def test_the_central_server_reads_what_the_citizen_handed_in(
    seal: Seal, secrets: CentralSecrets
) -> None:
    handed_in = submission("漏水 · 演示数据 🚰")
    sealed = seal.seal(handed_in)
    opened = HPKE.decrypt(sealed.envelope, secrets.open_key, info=info(handed_in.id))
    assert wire.Payload.model_validate_json(opened) == payload(handed_in)


def test_a_picture_arrives_byte_for_byte(seal: Seal, secrets: CentralSecrets) -> None:
    picture = bytes(range(256))
    handed_in = replace(submission(), content=picture)
    sealed = seal.seal(handed_in)
    opened = HPKE.decrypt(sealed.envelope, secrets.open_key, info=info(handed_in.id))
    assert wire.Payload.model_validate_json(opened).content == picture


def test_digest_signature_and_receipt_hash_fit_the_envelope(seal: Seal, own: KioskKey) -> None:
    handed_in = submission()
    sealed = seal.seal(handed_in)
    assert sealed.sha256 == hashlib.sha256(sealed.envelope).digest()
    assert sealed.receipt_hash == receipt_hash(handed_in.number)
    Ed25519PublicKey.from_public_bytes(own.verify_key).verify(
        sealed.signature,
        wire.item_bytes(
            id=sealed.id,
            kind=sealed.kind,
            created_at=sealed.created_at,
            kiosk_id=sealed.kiosk_id,
            key_id=sealed.key_id,
            sha256=sealed.sha256,
        ),
    )


def test_sealing_twice_gives_two_envelopes(seal: Seal) -> None:
    handed_in = submission()
    assert seal.seal(handed_in).envelope != seal.seal(handed_in).envelope


@pytest.mark.parametrize("change", [{"kind": "application"}, {"kiosk": "other-kiosk"}])
def test_an_envelope_opens_with_its_own_metadata_only(
    seal: Seal, secrets: CentralSecrets, change: dict[str, str]
) -> None:
    sealed = seal.seal(submission())
    with pytest.raises(InvalidTag):
        HPKE.decrypt(sealed.envelope, secrets.open_key, info=info(sealed.id, **change))


def test_an_envelope_with_any_byte_changed_does_not_open(
    secrets: CentralSecrets, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder: Path = tmp_path_factory.mktemp("tamper")
    keys = CentralKeys(secrets.provision(folder / "keyset.json"))
    sealed = Seal("test-kiosk", KioskKey(folder), keys).seal(submission())

    @given(st.integers(0, len(sealed.envelope) - 1), st.integers(1, 255))
    def tamper(place: int, bits: int) -> None:
        changed = bytearray(sealed.envelope)
        changed[place] ^= bits
        with pytest.raises((InvalidTag, ValueError)):
            HPKE.decrypt(bytes(changed), secrets.open_key, info=info(sealed.id))

    tamper()


def test_without_a_keyset_nothing_is_sealed(own: KioskKey, tmp_path: Path) -> None:
    with pytest.raises(NotProvisioned):
        Seal("test-kiosk", own, CentralKeys(tmp_path / "none.json")).seal(submission())
