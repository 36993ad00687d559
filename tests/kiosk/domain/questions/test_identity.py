from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from kiosk.domain.questions.answers import normal_phone
from kiosk.domain.questions.identity import (
    credit_code,
    identity_document,
    masked,
    masked_phone,
    normal_document,
)

TODAY = date(2026, 11, 22)


def number_of(born: date, serial: int = 1, region: str = "999999") -> str:
    """An identity number of nobody: no division has the code 999999."""
    body = f"{region}{born:%Y%m%d}{serial:03}"
    return body + mod_11_2.calc_check_digit(body)


births = st.dates(date(1900, 1, 1), TODAY)


@given(births, st.integers(0, 999))
def test_a_number_with_a_day_of_birth_and_a_check_character_is_taken(
    born: date, serial: int
) -> None:
    assert identity_document(number_of(born, serial), TODAY)


@given(births, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(born: date, place: int, more: int) -> None:
    number = number_of(born)
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"
    assert not identity_document(wrong, TODAY)


@given(births, st.integers(0, 999), st.sampled_from("0123456789X"))
def test_a_wrong_check_character_is_noticed(born: date, serial: int, check: str) -> None:
    number = number_of(born, serial)
    assert identity_document(number[:-1] + check, TODAY) == (check == number[-1])


@given(births, st.integers(0, 15))
def test_two_digits_in_each_other_s_place_are_noticed(born: date, place: int) -> None:
    number = number_of(born)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert identity_document(swapped, TODAY) == (swapped == number)


@given(st.dates(TODAY + timedelta(1), date(2999, 12, 31)))
def test_nobody_is_born_in_the_future(born: date) -> None:
    assert not identity_document(number_of(born), TODAY)


def test_who_is_born_today_has_a_number_today_and_not_yesterday() -> None:
    assert identity_document(number_of(TODAY), TODAY)
    assert not identity_document(number_of(TODAY), TODAY - timedelta(1))


def test_width_case_and_spaces_do_not_matter() -> None:
    number = number_of(date(1900, 1, 1), 5)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    assert identity_document(wide, TODAY)
    assert identity_document(f" {number[:6]} {number[6:14]} {number[14:].lower()} ", TODAY)
    assert normal_document(wide) == number


@pytest.mark.parametrize("other", ["E12345678", "h1234567890", "12345678", "EA1234567"])
def test_other_documents_are_taken_by_their_form(other: str) -> None:
    assert identity_document(other, TODAY)


@pytest.mark.parametrize("none", ["", "1234567", "123456789012345", "99999919000230001X", "身份证"])
def test_what_is_no_number_is_refused(none: str) -> None:
    assert not identity_document(none, TODAY)


@given(st.text(max_size=30))
def test_any_text_is_answered(text: str) -> None:
    identity_document(text, TODAY)
    credit_code(text)


def test_a_credit_code_has_a_check_character() -> None:
    assert credit_code("9134 0000 0000 0000 08")
    assert not credit_code("913400000000000009")
    assert not credit_code("91340000000000000I")


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_of_a_credit_code_is_noticed(place: int, more: int) -> None:
    number = "913400000000000008"
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"
    assert not credit_code(wrong)


@given(st.text(alphabet="0123456789X", max_size=18))
def test_a_masked_number_hides_half_of_it_at_least(number: str) -> None:
    shown = masked(number)
    assert len(shown) == len(number)
    assert shown.count("*") * 2 >= len(number)
    assert all(mark in ("*", digit) for mark, digit in zip(shown, number, strict=True))


@given(st.text(alphabet="0123456789X", min_size=10, max_size=18))
def test_a_masked_number_shows_its_ends_only(number: str) -> None:
    shown = masked(number)
    assert len(shown) == len(number)
    assert shown[3:-2] == "*" * (len(number) - 5)


@given(
    st.from_regex(
        r"1[3-9][0-9]{9}|0[0-9]{9,11}|0[0-9]{2,3}-[0-9]{7,8}(-[0-9]{1,6})?", fullmatch=True
    )
)
def test_of_a_phone_number_its_first_three_and_last_four_show(typed: str) -> None:
    number = normal_phone(typed)
    shown = masked_phone(number)
    assert (shown[:3], shown[-4:]) == (number[:3], number[-4:])
    assert len(shown) == len(number)
    assert set(shown[3:-4]) == {"*"}


def test_a_mobile_number_is_masked_in_its_middle() -> None:
    assert masked_phone("13800000000") == "138****0000"
