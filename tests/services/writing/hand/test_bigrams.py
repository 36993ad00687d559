import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.writing.hand.bigrams import codes_of, counted

LETTERS = "王明人"
words = st.lists(
    st.tuples(st.text(LETTERS, min_size=1, max_size=3), st.integers(1, 9)), min_size=1, max_size=9
)


@given(words, st.text(LETTERS + "外", max_size=2))
def test_what_may_come_next_adds_up(words: list[tuple[str, int]], before: str) -> None:
    assert counted(words).next(before, codes_of(LETTERS)).sum() == pytest.approx(1, abs=1e-4)


def test_a_character_is_likely_within_its_word_and_as_the_next_ones_beginning() -> None:
    bigrams = counted([("房产", 3), ("房", 1), ("证", 4)])
    inside, next_word = bigrams.next("卖房", codes_of("产证"))
    assert inside == pytest.approx(3 / 4)
    assert next_word == pytest.approx(1 / 4 * 4 / 8)


def test_after_a_stranger_a_word_begins() -> None:
    bigrams = counted([("房产", 1), ("证", 1)])
    assert bigrams.next("3", codes_of("房产证")).tolist() == [0.5, 0.0, 0.5]


def test_rare_pairs_are_as_if_the_word_ended() -> None:
    bigrams = counted([("房产", 9), ("房证", 1)], least=2)
    assert bigrams.next("房", codes_of("证"))[0] == 0.0
