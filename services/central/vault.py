"""What people have written is sealed before it reaches the database: a stolen disk or backup
without `keys.json` yields only metadata (AES-256-GCM, NIST SP 800-38D)."""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.errors import StorageError

KEY_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """Seals and opens single values under the storage key (32 bytes)."""

    key: bytes

    def __post_init__(self) -> None:
        """Raises `ValueError` for a key of another length."""
        if len(self.key) != KEY_BYTES:
            raise ValueError(f"a storage key has {KEY_BYTES} bytes")

    def seal(self, text: str, about: str) -> bytes:
        """A fresh 12-byte nonce, the ciphertext and its 16-byte tag.

        `about` names the one place the value belongs to; elsewhere it does not open.
        """
        return self.seal_bytes(text.encode(), about)

    def open(self, sealed: bytes, about: str) -> str:
        """The text. Raises `StorageError` for another key, another place or changed bytes."""
        try:
            return self.open_bytes(sealed, about).decode()
        except UnicodeDecodeError as error:
            raise StorageError(f"{about}: is no text") from error

    def seal_bytes(self, content: bytes, about: str) -> bytes:
        """As `seal`."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, content, about.encode())

    def open_bytes(self, sealed: bytes, about: str) -> bytes:
        """As `open`."""
        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return AESGCM(self.key).decrypt(nonce, ciphertext, about.encode())
        except (InvalidTag, ValueError) as error:
            raise StorageError(f"{about}: was changed or sealed with another key") from error


def about(case_id: str, column: str) -> str:
    """The place of a case's value."""
    return f"case {case_id} {column}"
