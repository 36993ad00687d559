import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.central.codes import QueryCodes

NUMBER, OTHER = "BBC-7K4M-92QX-5", "BBC-7K4M-92QX-6"
CODES = QueryCodes.under(bytes(32))
SIX_DIGITS = st.from_regex("[0-9]{6}", fullmatch=True)


def as_before(code: str) -> str:
    """The hash that was kept of a code before hashes had a key."""
    salt = bytes(range(16))
    digest = hashlib.scrypt(code.encode(), salt=salt, n=1 << 12, r=8, p=1, dklen=32)
    return f"scrypt$4096$8$1${salt.hex()}${digest.hex()}"


@given(SIX_DIGITS, SIX_DIGITS)
def test_a_hash_matches_its_own_code_only(code: str, other: str) -> None:
    hashed = CODES.hash(NUMBER, code)
    assert CODES.match(NUMBER, code, hashed)
    assert CODES.match(NUMBER, other, hashed) == (other == code)


def test_a_hash_is_of_no_use_under_another_number_or_with_another_key() -> None:
    hashed = CODES.hash(NUMBER, "583172")
    assert not CODES.match(OTHER, "583172", hashed)
    assert not QueryCodes.under(bytes(31) + b"\1").match(NUMBER, "583172", hashed)


def test_the_key_is_not_the_secret_it_comes_from() -> None:
    assert QueryCodes.under(bytes(32)).key != bytes(32)
    assert bytes(32).hex() not in repr(CODES)


def test_a_hash_from_before_there_was_a_key_still_matches() -> None:
    hashed = as_before("583172")
    assert CODES.match(NUMBER, "583172", hashed)
    assert CODES.admit(NUMBER, "583172", hashed)
    assert not CODES.match(NUMBER, "583173", hashed)
    assert not CODES.admit(NUMBER, "583173", hashed)


@pytest.mark.parametrize("code", ["583172", "583173", ""])
def test_whoever_guesses_waits_alike_for_a_case_of_today_one_of_before_and_none(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    kept = (CODES.hash(NUMBER, "583172"), as_before("583172"), None)
    slow: list[int] = []
    scrypt = hashlib.scrypt
    monkeypatch.setattr(hashlib, "scrypt", lambda *a, **k: slow.append(k["n"]) or scrypt(*a, **k))
    assert [CODES.admit(NUMBER, code, hashed) for hashed in kept] == [
        code == "583172",
        code == "583172",
        False,
    ]
    assert slow == [1 << 12] * 3
