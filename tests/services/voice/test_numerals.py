import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.voice.numerals import DIGITS, LARGEST, cardinal, spelled

PLACES = {"十": 10, "百": 100, "千": 1000}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1004, "一千零四"),
        (20_000, "二万"),
        (10_010, "一万零一十"),
        (100_000, "十万"),
        (3_000_500, "三百万零五百"),
        (100_000_001, "一亿零一"),
        (120_030_004, "一亿二千零三万零四"),
    ],
)
def test_amounts_are_said_as_people_say_them(number: int, said: str) -> None:
    assert cardinal(number) == said


def test_telephone_numbers_are_said_digit_by_digit() -> None:
    assert spelled("12345") == "一二三四五"


@given(st.integers(0, LARGEST))
def test_what_is_said_is_the_number(number: int) -> None:
    assert heard(cardinal(number)) == number


def heard(said: str) -> int:
    """The number a listener writes down."""
    if "亿" in said:
        high, low = said.split("亿")
        return heard(high) * 10**8 + (heard(low) if low else 0)
    if "万" in said:
        high, low = said.split("万")
        return heard(high) * 10**4 + (heard(low) if low else 0)
    number, digit = 0, None
    for each in said:
        if each in PLACES:
            number += (1 if digit is None else digit) * PLACES[each]
            digit = None
        else:
            digit = DIGITS.index(each)
    return number + (digit or 0)
