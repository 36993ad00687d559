from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.session.manner import RATES, VOLUMES, Manner

STEPS = st.lists(st.integers(-9, 9), max_size=5)


@given(STEPS, STEPS)
def test_a_manner_moves_along_its_scales_and_no_further(
    faster: list[int], louder: list[int]
) -> None:
    manner = Manner()
    for steps in faster:
        manner = manner.faster(steps)
    for steps in louder:
        manner = manner.louder(steps)
    assert manner.rate in RATES
    assert manner.volume in VOLUMES


def test_a_step_back_undoes_a_step() -> None:
    assert Manner().faster(1).faster(-1) == Manner().louder(-1).louder(1) == Manner()


def test_there_are_five_rates_about_the_voices_own() -> None:
    assert len(RATES) == 5
    assert RATES.index(1.0) == 2
