from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.counter.payment import yuan


def test_a_sum_is_written_with_two_decimals() -> None:
    assert [yuan(fen) for fen in (0, 5, 100, 123456789)] == ["0.00", "0.05", "1.00", "1,234,567.89"]


@given(st.integers(0, 10**15))
def test_a_written_sum_is_the_sum(fen: int) -> None:
    assert int(yuan(fen).replace(",", "").replace(".", "")) == fen
    whole, _, cents = yuan(fen).partition(".")
    assert len(cents) == 2
    assert all(len(group) == 3 for group in whole.split(",")[1:])
