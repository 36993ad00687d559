"""The code a parked form is taken back with: made offline, copied by hand, checked by digit."""

import secrets

from stdnum import luhn

from kiosk.domain.submission.receipt import ALPHABET, bare_of

_RANDOM_CHARACTERS = 11
_MARK = "P"
"""Stands before the characters when the check character is computed, and is not written. A receipt
number has as many characters of the same alphabet: with the mark, no parking code passes as one."""


def new_parking_code() -> str:
    """A fresh code `XXXX-XXXX-XXXX`: 55 random bits and a check character (Luhn mod N, as in
    `receipt.py`).

    It is never a receipt number, and no receipt number is one: these are grouped `PPP-XXXX-XXXX-C`,
    and without regard to groups the check character of the one is always wrong for the other. A
    query code has six digits.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    return _grouped(body + luhn.calc_check_digit(_MARK + body, alphabet=ALPHABET))


def normal_parking_code(typed: str) -> str:
    """What a person typed, as a parking code: case, width, spaces and dashes do not matter.

    Raises `ValueError` if it cannot be one (length, alphabet or check character).
    """
    bare = bare_of(typed).upper()
    if len(bare) != _RANDOM_CHARACTERS + 1 or any(ch not in ALPHABET for ch in bare):
        raise ValueError("not a parking code")
    if not luhn.is_valid(_MARK + bare, alphabet=ALPHABET):
        raise ValueError("check character does not match")
    return _grouped(bare)


def _grouped(characters: str) -> str:
    return "-".join(characters[start : start + 4] for start in range(0, len(characters), 4))
