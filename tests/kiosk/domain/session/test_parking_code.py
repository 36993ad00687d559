import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.session.parking_code import new_parking_code, normal_parking_code
from kiosk.domain.submission.receipt import ALPHABET, new_number, normal_code, normal_number


def test_a_new_code_is_already_normal_and_grouped_by_four() -> None:
    for _ in range(100):
        code = new_parking_code()
        assert normal_parking_code(code) == code
        assert [len(group) for group in code.split("-")] == [4, 4, 4]
        assert set(code) <= {*ALPHABET, "-"}


@given(st.integers(0, 11), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(place: int, wrong: str) -> None:
    code = new_parking_code()
    bare = code.replace("-", "")
    mistaken = bare[:place] + wrong + bare[place + 1 :]
    if mistaken == bare:
        assert normal_parking_code(mistaken) == code
    else:
        with pytest.raises(ValueError, match="check character"):
            normal_parking_code(mistaken)


@given(st.text(ALPHABET, min_size=3, max_size=3))
def test_no_code_is_a_receipt_number_or_the_other_way_round_whatever_the_groups(
    prefix: str,
) -> None:
    with pytest.raises(ValueError, match="check character"):
        normal_number(new_parking_code())
    with pytest.raises(ValueError, match="check character"):
        normal_parking_code(new_number(prefix))
    with pytest.raises(ValueError, match="not a query code"):
        normal_code(new_parking_code())


@given(st.sampled_from([" ", "-", "－", "—", "　", ""]), st.booleans())
def test_case_width_and_separators_do_not_matter(between: str, wide: bool) -> None:
    code = new_parking_code()
    typed = between.join(code.replace("-", "").lower())
    if wide:
        typed = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)
    assert normal_parking_code(typed) == code


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_code_or_a_value_error(typed: str) -> None:
    try:
        code = normal_parking_code(typed)
    except ValueError:
        return
    assert normal_parking_code(code) == code


@pytest.mark.parametrize("typed", ["", "BBC", "0OI1-0OI1-0OI1", "BBC7K4M92QX55", "一二三四五六"])
def test_what_cannot_be_a_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a parking code"):
        normal_parking_code(typed)


def test_codes_differ() -> None:
    assert len({new_parking_code() for _ in range(1000)}) == 1000
