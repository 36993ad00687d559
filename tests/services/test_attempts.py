from hypothesis import given
from hypothesis import strategies as st

from services.attempts import AttemptLimit


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.floats(0, 400), max_size=60))
def test_no_window_holds_more_attempts_than_allowed(waits):
    clock = Seconds()
    limit = AttemptLimit(5, 900, clock)
    allowed: list[float] = []
    for wait in waits:
        clock.now += wait
        if limit.attempt("n") == 0:
            allowed.append(clock.now)
    for first, sixth in zip(allowed, allowed[5:], strict=False):
        assert sixth - first >= 900


@given(st.floats(0, 899))
def test_after_the_stated_wait_there_is_another_try(elapsed):
    clock = Seconds()
    limit = AttemptLimit(1, 900, clock)
    limit.attempt("n")
    clock.now = elapsed
    wait = limit.attempt("n")
    assert 1 <= wait <= 900
    clock.now += wait
    assert limit.attempt("n") == 0


def test_keys_do_not_share_their_tries():
    limit = AttemptLimit(1, 900, Seconds())
    assert limit.attempt("a") == 0
    assert limit.attempt("b") == 0
    assert limit.attempt("a") > 0


def test_a_success_gives_its_try_back():
    limit = AttemptLimit(1, 900, Seconds())
    for _ in range(3):
        assert limit.attempt("a") == 0
        limit.succeeded("a")


def test_memory_is_bounded_by_forgetting_the_longest_unused():
    limit = AttemptLimit(1, 900, Seconds(), most_keys=2)
    for key in ("a", "b", "c"):
        limit.attempt(key)
    assert limit.attempt("c") > 0
    assert limit.attempt("a") == 0
