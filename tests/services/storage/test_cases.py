"""What is kept of the cases that came from here, page after page, whatever happens in between."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.submission.case import CaseChange, CaseEvent, CaseState
from kiosk.domain.submission.receipt import new_number, receipt_hash
from services.storage.cases import SqliteCases
from services.storage.outbox import SqliteOutbox
from services.storage.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HERE, ELSEWHERE = "http://central.invalid", "http://other.invalid"
NUMBERS = [new_number("BBC") for _ in range(3)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    outbox = SqliteOutbox(tmp_path / "q.sqlite")
    yield outbox.store
    outbox.close()


@pytest.fixture
def cases(store: Store) -> SqliteCases:
    return SqliteCases(store, HERE)


def change(number: str, state: CaseState, minute: int = 0) -> CaseChange:
    return CaseChange(receipt_hash(number), state, NOON + timedelta(minutes=minute))


def test_at_first_nothing_is_known(cases: SqliteCases) -> None:
    assert cases.cursor() == 0
    assert cases.last_known(NUMBERS[0]) is None
    assert set(cases.counts().values()) == {0}


def test_the_last_state_is_known_with_its_moment(cases: SqliteCases) -> None:
    first, second, unknown = NUMBERS
    cases.keep(
        [
            change(first, CaseState.RECEIVED),
            change(second, CaseState.RECEIVED, 1),
            change(first, CaseState.WITHDRAWN, 2),
        ],
        0,
        3,
    )
    assert cases.last_known(first) == CaseEvent(CaseState.WITHDRAWN, NOON + timedelta(minutes=2))
    assert cases.last_known(second) == CaseEvent(CaseState.RECEIVED, NOON + timedelta(minutes=1))
    assert cases.last_known(unknown) is None
    assert cases.counts()[CaseState.WITHDRAWN] == cases.counts()[CaseState.RECEIVED] == 1
    assert cases.cursor() == 3


def test_every_server_has_a_cursor_of_its_own(cases: SqliteCases, store: Store) -> None:
    other = SqliteCases(store, ELSEWHERE)
    cases.keep([change(NUMBERS[0], CaseState.RECEIVED)], 0, 7)
    assert (cases.cursor(), other.cursor()) == (7, 0)
    other.keep([], 0, 2)
    assert (cases.cursor(), other.cursor()) == (7, 2)


def test_what_a_server_said_before_it_was_put_back_is_forgotten(cases: SqliteCases) -> None:
    cases.keep([change(NUMBERS[0], CaseState.CLOSED)], 0, 7)
    cases.keep([], 7, 6)
    assert cases.last_known(NUMBERS[0]) is None
    assert cases.cursor() == 0
    cases.keep([change(NUMBERS[0], CaseState.RECEIVED)], 0, 6)
    known = cases.last_known(NUMBERS[0])
    assert known is not None
    assert known.state is CaseState.RECEIVED


def test_where_the_queue_was_found_damaged_in_between_everything_is_asked_anew(
    cases: SqliteCases, store: Store
) -> None:
    cases.keep([change(NUMBERS[0], CaseState.RECEIVED)], 0, 7)
    after = cases.cursor()
    store.close()
    store.file.write_bytes(b"damaged" * 5000)
    cases.keep([change(NUMBERS[1], CaseState.RECEIVED)], after, 8)
    assert (cases.cursor(), cases.last_known(NUMBERS[1])) == (0, None)


def test_nothing_is_kept_of_a_page_that_cannot_be(cases: SqliteCases) -> None:
    cases.keep([change(NUMBERS[0], CaseState.RECEIVED)], 0, 1)
    spoilt = change(NUMBERS[0], CaseState.CLOSED), change(NUMBERS[1], CaseState.CLOSED)
    with pytest.raises(OverflowError):
        cases.keep(spoilt, 1, 1 << 63)
    known = cases.last_known(NUMBERS[0])
    assert known is not None
    assert known.state is CaseState.RECEIVED
    assert cases.cursor() == 1


changes = st.builds(
    change, st.sampled_from(NUMBERS), st.sampled_from(CaseState), st.integers(0, 10_000)
)


@given(said=st.lists(changes, max_size=30), cuts=st.lists(st.integers(0, 30), max_size=5))
def test_however_it_is_cut_into_pages_the_last_word_on_each_case_is_known(
    tmp_path_factory: pytest.TempPathFactory, said: list[CaseChange], cuts: list[int]
) -> None:
    file = tmp_path_factory.mktemp("cases") / "q.sqlite"
    ends = sorted({min(cut, len(said)) for cut in cuts} | {len(said)})
    for begin, end in zip([0, *ends], ends, strict=False):
        outbox = SqliteOutbox(file)  # started anew for every page
        cases = SqliteCases(outbox.store, HERE)
        assert cases.cursor() == begin
        cases.keep(said[begin:end], begin, end)
        outbox.close()
    outbox = SqliteOutbox(file)
    cases = SqliteCases(outbox.store, HERE)
    last = {each.receipt_hash: CaseEvent(each.state, each.at) for each in said}
    assert {number: cases.last_known(number) for number in NUMBERS} == {
        number: last.get(receipt_hash(number)) for number in NUMBERS
    }
    assert sum(cases.counts().values()) == len(last)
    outbox.close()
