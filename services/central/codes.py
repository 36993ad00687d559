"""Comparing secrets. Query codes are kept as salted scrypt hashes only (RFC 7914)."""

import hashlib
import hmac
import secrets

_N, _R, _P = 1 << 12, 8, 1  # 4 MiB and about 10 ms each: a batch of 100 takes about a second
_SALT_BYTES = 16


def hash_code(code: str) -> str:
    """`scrypt$n$r$p$salt$hash` of a normalised query code, with a fresh salt."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"scrypt${_N}${_R}${_P}${salt.hex()}${_scrypt(code, salt, _N, _R, _P).hex()}"


def code_matches(code: str, hashed: str) -> bool:
    """Whether `hashed` was made from `code`, compared in constant time."""
    _, n, r, p, salt, digest = hashed.split("$")
    made = _scrypt(code, bytes.fromhex(salt), int(n), int(r), int(p))
    return hmac.compare_digest(made, bytes.fromhex(digest))


def same_secret(given: str, expected: str) -> bool:
    """Whether `given` is `expected`, compared in constant time."""
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())


def _scrypt(code: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=n, r=r, p=p, dklen=32)


NOBODY = hash_code("")
"""Compared with where there is no case, so that a wrong number costs as much as a wrong code."""
