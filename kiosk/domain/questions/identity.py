"""Numbers of people and companies: identity documents, credit codes, and what others may see.

The citizen's identity number (公民身份号码) is checked by GB 11643-1999: 17 digits with a day of
birth and a check character by ISO 7064 MOD 11-2. Its first six digits are not looked up: divisions
are renamed and dissolved, the people born there keep their number.
"""

import re
import unicodedata
from datetime import date

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

_CITIZEN = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OTHER = re.compile(r"[A-Z]{1,2}[0-9]{6,10}|[0-9]{8}")
"""Passports, permits of Hong Kong, Macao and Taiwan residents, foreigners' permits."""


def normal_document(typed: str) -> str:
    """A document's number without spaces and dashes, in capitals and one width."""
    narrow = unicodedata.normalize("NFKC", typed).upper()
    return "".join(char for char in narrow if char.isalnum())


def identity_document(typed: str, today: date) -> bool:
    """Whether this is a citizen's identity number, or can be the number of another document."""
    number = normal_document(typed)
    if not _CITIZEN.fullmatch(number):
        return _OTHER.fullmatch(number) is not None
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born <= today and bool(mod_11_2.is_valid(number))


def credit_code(typed: str) -> bool:
    """Whether this is a unified social credit code (统一社会信用代码, GB 32100-2015)."""
    try:
        uscc.validate(normal_document(typed))
    except ValidationError:
        return False
    return True


def masked(number: str) -> str:
    """A number that others may see on the screen: beginning and end, at most half of it."""
    shown = min(5, len(number) // 2)
    last = shown * 2 // 5
    hidden = "*" * (len(number) - shown)
    return f"{number[: shown - last]}{hidden}{number[len(number) - last :]}"


def masked_phone(number: str) -> str:
    """A telephone number on paper that others may pick up: `138****0000`. `number` is one that
    `kiosk.domain.questions.answers.normal_phone` gives."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
