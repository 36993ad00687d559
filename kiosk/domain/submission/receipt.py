"""Receipt numbers and query codes: made offline, copied by hand, checked by digit.

A number reads `BBC-7K4M-92QX-5` (see `new_number`). The alphabet leaves out 0, O, 1 and I, which
people confuse on paper. Check characters are Luhn mod N (ISO/IEC 7812-1 annex B, generalised to
the alphabet by python-stdnum).
"""

import hashlib
import secrets
import unicodedata

from stdnum import luhn

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "0123456789"
_RANDOM_CHARACTERS = 8
_CODE_DIGITS = 5


def new_number(prefix: str) -> str:
    """A fresh receipt number `PPP-XXXX-XXXX-C`: the kiosk's prefix, 40 random bits, a check
    character over both. `prefix` is three characters of `ALPHABET`, one per kiosk.
    """
    body = prefix + "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    return grouped(body + luhn.calc_check_digit(body, alphabet=ALPHABET))


def new_code() -> str:
    """A fresh query code: five random digits and a check digit, e.g. `583177`."""
    body = "".join(secrets.choice(_DIGITS) for _ in range(_CODE_DIGITS))
    return body + luhn.calc_check_digit(body)


def grouped(characters: str) -> str:
    """The printed form of a number's twelve bare characters: `BBC7K4M92QX5` → `BBC-7K4M-92QX-5`."""
    c = characters
    return f"{c[:3]}-{c[3:7]}-{c[7:11]}-{c[11:]}"


def normal_number(typed: str) -> str:
    """What a person typed, as a receipt number: case, width, spaces and dashes do not matter.

    Raises `ValueError` if it cannot be one (length, alphabet or check character).
    """
    bare = bare_of(typed).upper()
    if len(bare) != 3 + _RANDOM_CHARACTERS + 1 or any(ch not in ALPHABET for ch in bare):
        raise ValueError("not a receipt number")
    if not luhn.is_valid(bare, alphabet=ALPHABET):
        raise ValueError("check character does not match")
    return grouped(bare)


def normal_code(typed: str) -> str:
    """What a person typed, as a query code. Raises `ValueError` if it cannot be one."""
    bare = bare_of(typed)
    if len(bare) != _CODE_DIGITS + 1 or not bare.isascii() or not bare.isdigit():
        raise ValueError("not a query code")
    if not luhn.is_valid(bare):
        raise ValueError("check digit does not match")
    return bare


def receipt_hash(number: str) -> bytes:
    """SHA-256 of a normalised receipt number (32 bytes)."""
    return hashlib.sha256(number.encode()).digest()


def bare_of(typed: str) -> str:
    """Letters and digits only, full-width forms (as Chinese input methods type them) narrowed."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", typed) if ch.isalnum())
