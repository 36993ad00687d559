from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.submission.retry import (
    FIRST_WAIT,
    LONGEST_RETRY_AFTER,
    LONGEST_WAIT,
    MOST_FAILURES,
    Circuit,
    next_attempt,
)

NOW = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
seeds = st.integers(0, 2**32)


@given(st.integers(1, 10_000), seeds)
def test_the_wait_grows_to_its_ceiling_and_never_beyond(attempts: int, seed: int) -> None:
    wait = next_attempt(NOW, attempts, Random(seed)) - NOW
    assert timedelta() <= wait <= min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts - 1, 20))


@given(st.integers(1, 50), seeds, st.timedeltas(timedelta(), timedelta(days=400)))
def test_the_server_s_retry_after_is_waited_out_within_reason(
    attempts: int, seed: int, asked: timedelta
) -> None:
    wait = next_attempt(NOW, attempts, Random(seed), asked) - NOW
    assert min(asked, LONGEST_RETRY_AFTER) <= wait <= LONGEST_RETRY_AFTER + LONGEST_WAIT


def test_the_jitter_uses_the_whole_range() -> None:
    random = Random(1)
    waits = [next_attempt(NOW, 20, random) - NOW for _ in range(1000)]
    assert min(waits) < LONGEST_WAIT * 0.01
    assert max(waits) > LONGEST_WAIT * 0.99


def test_more_failures_in_a_row_than_are_counted_would_make_no_wait_longer() -> None:
    assert FIRST_WAIT * 2 ** (MOST_FAILURES - 1) >= LONGEST_WAIT
    assert FIRST_WAIT * 2 ** (MOST_FAILURES - 2) < LONGEST_WAIT


@given(st.integers(0, 100))
def test_failures_are_counted_until_the_server_is_reached(times: int) -> None:
    circuit = Circuit().busy(NOW, timedelta(minutes=1))
    for _ in range(times):
        circuit = circuit.lost()
    assert circuit.failures == min(times, MOST_FAILURES)
    assert circuit.reached() == Circuit(0, circuit.busy_until)


@given(
    st.timedeltas(timedelta(), timedelta(days=400)),
    st.timedeltas(timedelta(days=-400), timedelta(days=400)),
)
def test_however_the_clock_jumps_the_server_is_left_alone_for_an_hour_at_most(
    asked: timedelta, jump: timedelta
) -> None:
    left = Circuit().busy(NOW, asked).busy_for(NOW + jump)
    assert timedelta() <= left <= LONGEST_RETRY_AFTER
    if jump >= timedelta():
        assert left == max(timedelta(), min(asked, LONGEST_RETRY_AFTER) - jump)


def test_who_asked_for_nothing_is_not_left_alone() -> None:
    assert Circuit().busy_for(NOW) == timedelta()
