"""The ways submissions can be sealed, by the names they have on the wire. Kiosk and central server
share them. Another one, such as SM2 with SM4, is a class like `Hybrid` and an entry of `SUITES`."""

from collections.abc import Callable, Mapping
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from services import wire

_SEED_BYTES = 64
_MLKEM768_BYTES = 1184


class UnreadableError(Exception):
    """This envelope was not sealed to this key with this `info`, or was changed."""


class SealingSuite(Protocol):
    """One way to seal. Keys are raw bytes, as they are kept in files; a key that is none raises
    `ValueError`."""

    def generate(self) -> bytes:
        """A fresh private key."""

    def public(self, private: bytes) -> bytes:
        """Its public half, as it stands in a keyset."""

    def sealer(self, public: bytes) -> Callable[[bytes, bytes], bytes]:
        """What makes an envelope of a plaintext and an `info`."""

    def opener(self, private: bytes) -> Callable[[bytes, bytes], bytes]:
        """What makes the plaintext of an envelope and its `info`; raises `UnreadableError`."""


class Hybrid:
    """HPKE (RFC 9180 §6.1, base mode, no additional data) with ML-KEM-768 and X25519. A private key
    is the ML-KEM seed (64 bytes) and the X25519 key (32), a public one 1184 bytes and 32."""

    _hpke = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

    def generate(self) -> bytes:
        """A fresh private key."""
        mlkem, x25519 = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
        return mlkem.private_bytes_raw() + x25519.private_bytes_raw()

    def public(self, private: bytes) -> bytes:
        """Its public half."""
        mlkem, x25519 = _halves(private)
        return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()

    def sealer(self, public: bytes) -> Callable[[bytes, bytes], bytes]:
        """What seals to this key."""
        key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_MLKEM768_BYTES]),
            X25519PublicKey.from_public_bytes(public[_MLKEM768_BYTES:]),
        )
        return lambda plaintext, info: self._hpke.encrypt(plaintext, key, info)

    def opener(self, private: bytes) -> Callable[[bytes, bytes], bytes]:
        """What opens with this key."""
        key = MLKEM768X25519PrivateKey(*_halves(private))

        def opened(envelope: bytes, info: bytes) -> bytes:
            try:
                return self._hpke.decrypt(envelope, key, info)
            except InvalidTag as error:
                raise UnreadableError("not sealed to this key, or changed") from error

        return opened


def _halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(private[_SEED_BYTES:]),
    )


SUITES: Mapping[str, SealingSuite] = {wire.SUITE: Hybrid()}
