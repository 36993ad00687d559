"""Comparing secrets. Query codes are kept as keyed hashes only.

A query code is one of a million, which no slow hash protects from whoever has the hash: under
scrypt (RFC 7914), as hashes were made before, all of them are tried within hours. The key is in
`keys.json` and not in the database, so a copied database tells nothing, and a batch of 100 does not
wait for a slow hash.
"""

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
_PURPOSE = b"budayang query codes"
_NOBODY = f"scrypt${1 << 12}$8$1${bytes(16).hex()}${bytes(32).hex()}"
"""What no code has been hashed to, at the cost of a hash as they were before (about 10 ms)."""


@dataclass(frozen=True, slots=True, repr=False)
class QueryCodes:
    """Hashes query codes under a key (32 bytes)."""

    key: bytes

    @classmethod
    def under(cls, secret: bytes) -> "QueryCodes":
        """With a key of their own, derived (HKDF, RFC 5869) from a secret with enough entropy."""
        return cls(HKDF(SHA256(), _KEY_BYTES, salt=None, info=_PURPOSE).derive(secret))

    def hash(self, number: str, code: str) -> str:
        """`hmac$hash` of a normalised code; under another receipt number it is another."""
        message = f"{number} {code}".encode()
        return f"hmac${hmac.digest(self.key, message, 'sha256').hex()}"

    def match(self, number: str, code: str, hashed: str) -> bool:
        """Whether `hashed` was made from `code`, compared in constant time."""
        if hashed.startswith("scrypt$"):
            return _scrypt_matches(code, hashed)
        return hmac.compare_digest(self.hash(number, code), hashed)

    def admit(self, number: str, code: str, hashed: str | None) -> bool:
        """As `match`, for whoever may be guessing: always at the cost of the slowest comparison,
        also where there is no hash because there is no case."""
        if hashed is None or not hashed.startswith("scrypt$"):
            _scrypt_matches(code, _NOBODY)
        return hashed is not None and self.match(number, code, hashed)


def same_secret(given: str, expected: str) -> bool:
    """Whether `given` is `expected`, compared in constant time."""
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())


def _scrypt_matches(code: str, hashed: str) -> bool:
    """Whether `scrypt$n$r$p$salt$hash` was made from `code`."""
    _, n, r, p, salt, digest = hashed.split("$")
    made = hashlib.scrypt(
        code.encode(), salt=bytes.fromhex(salt), n=int(n), r=int(r), p=int(p), dklen=32
    )
    return hmac.compare_digest(made, bytes.fromhex(digest))
