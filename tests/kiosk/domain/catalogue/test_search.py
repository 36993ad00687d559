from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.search import Found, Hit, as_json, joined
from tests.services.catalogue.made_up import item

HIT = Hit(item(1, "演示事项"), 12.5, "演示事项", ((0, 2),))

Ranges = list[tuple[int, int]]


@st.composite
def ranges_of_tokens(draw: st.DrawFn) -> Ranges:
    """In order, as tokens stand in a text; some characters are two tokens (`㎡`)."""
    ranges, at = [], 0
    steps = st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(1, 2))
    for gap, length, times in draw(st.lists(steps, max_size=8)):
        ranges += [(at + gap, at + gap + length)] * times
        at += gap + length
    return ranges


def places(ranges: Ranges | tuple[tuple[int, int], ...]) -> list[int]:
    return [place for start, end in ranges for place in range(start, end)]


def test_ranges_that_touch_are_one_and_others_stay_apart() -> None:
    assert joined([(0, 1), (1, 3), (4, 5)]) == ((0, 3), (4, 5))
    assert joined([]) == ()


def test_a_character_that_is_two_tokens_is_marked_once() -> None:
    assert joined([(2, 3), (4, 5), (4, 5)]) == ((2, 3), (4, 5))


@given(ranges_of_tokens())
def test_joined_ranges_hold_the_same_places_and_never_touch(ranges: Ranges) -> None:
    together = joined(ranges)
    assert places(together) == sorted(set(places(ranges)))
    assert all(end < start for (_, end), (start, _) in zip(together, together[1:], strict=False))


def test_the_answer_tells_whether_it_is_more_than_the_nearest() -> None:
    result = {"item_id": "DEMO-XX-001", "name": "演示事项", "score": 12.5}
    likely = as_json("演示", Found(hits=(HIT,)), 0.12345)
    assert likely == {"query": "演示", "results": [result], "likely": True, "milliseconds": 0.123}
    nearest = as_json("演示", Found(nearest=(HIT,)), 0.12345)
    assert nearest == {**likely, "likely": False}
    assert as_json("", Found(), 0)["results"] == []
