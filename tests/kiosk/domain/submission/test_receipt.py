import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.submission.receipt import (
    ALPHABET,
    grouped,
    new_code,
    new_number,
    normal_code,
    normal_number,
    receipt_hash,
)

prefixes = st.text(ALPHABET, min_size=3, max_size=3)


@given(prefixes)
def test_a_new_number_is_already_normal_and_begins_with_the_prefix(prefix: str) -> None:
    number = new_number(prefix)
    assert number.startswith(f"{prefix}-")
    assert normal_number(number) == number


@given(prefixes, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_of_a_number_is_noticed(
    prefix: str, place: int, wrong: str
) -> None:
    number = new_number(prefix)
    bare = number.replace("-", "")
    mistaken = bare[:place] + wrong + bare[place + 1 :]
    if mistaken == bare:
        assert normal_number(mistaken) == number
    else:
        with pytest.raises(ValueError, match="check character"):
            normal_number(mistaken)


def test_every_single_wrong_digit_of_a_code_is_noticed() -> None:
    code = new_code()
    for place, right in enumerate(code):
        for wrong in set("0123456789") - {right}:
            with pytest.raises(ValueError, match="check digit"):
                normal_code(code[:place] + wrong + code[place + 1 :])


@given(prefixes, st.sampled_from([" ", "-", "－", "—", "　", ""]), st.booleans())
def test_case_width_and_separators_do_not_matter(prefix: str, between: str, wide: bool) -> None:
    number = new_number(prefix)
    typed = between.join(number.replace("-", "").lower())
    if wide:
        typed = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)
    assert normal_number(typed) == number


def test_a_code_may_be_typed_in_groups_and_full_width() -> None:
    code = new_code()
    assert normal_code(f" {code[:3]}-{code[3:]} ") == code
    assert normal_code("".join(chr(ord(c) + 0xFEE0) for c in code)) == code


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_number_or_a_value_error(typed: str) -> None:
    try:
        number = normal_number(typed)
    except ValueError:
        return
    assert normal_number(number) == number


@pytest.mark.parametrize("typed", ["", "BBC", "0OI1-0OI1-0OI1", "BBC7K4M92QX55", "一二三四五六"])
def test_what_cannot_be_a_number_or_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a receipt number"):
        normal_number(typed)
    with pytest.raises(ValueError, match="not a query code"):
        normal_code(typed)


def test_numbers_are_grouped_for_reading_and_hashed_in_that_form() -> None:
    assert grouped("BBC7K4M92QX5") == "BBC-7K4M-92QX-5"
    assert len(receipt_hash("BBC-7K4M-92QX-5")) == 32


def test_numbers_and_codes_differ() -> None:
    assert len({new_number("BBC") for _ in range(1000)}) == 1000
    assert len({new_code() for _ in range(100)}) > 90
