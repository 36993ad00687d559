import pytest

from kiosk.domain.submission.case import CaseState, Rating, ahead

S = CaseState


@pytest.mark.parametrize(
    ("state", "to_come"),
    [
        (S.RECEIVED, [S.REGISTERED, S.DISPATCHED, S.CLOSED, S.ANSWERED]),
        (S.DISPATCHED, [S.CLOSED, S.ANSWERED]),
        (S.ANSWERED, []),
        (S.REOPENED, [S.DISPATCHED, S.CLOSED, S.ANSWERED]),
        (S.WITHDRAWN, []),
    ],
)
def test_a_reopened_case_goes_on_like_a_registered_one_and_a_withdrawn_one_not(
    state: CaseState, to_come: list[CaseState]
) -> None:
    assert list(ahead(state)) == to_come


def test_the_two_lowest_of_five_levels_are_bad() -> None:
    assert [rating for rating in Rating if rating.is_bad] == [Rating.BAD, Rating.VERY_BAD]
    assert sorted(map(int, Rating)) == [1, 2, 3, 4, 5]
