"""An edition as it travels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.model import Edition
from kiosk.errors import CatalogueRefused
from services import bundle
from tests.services.catalogue.made_up import ITEMS, edition, item, renamed

items = st.lists(
    st.builds(item, st.integers(1, 40), st.text(min_size=1, max_size=12)),
    unique_by=lambda each: each.id,
    max_size=8,
).map(tuple)
editions = st.builds(edition, st.integers(1, 9), items)


@given(editions)
def test_what_is_packed_is_unpacked(before: Edition) -> None:
    whole = bundle.text(bundle.lines(before))
    after = bundle.edition(bundle.split(whole))
    assert bundle.text(bundle.lines(after)) == whole
    assert dict(after.items) == dict(before.items)
    assert bundle.number(bundle.split(whole)) == before.number


@given(editions, editions)
def test_changes_make_the_one_of_the_other(old: Edition, new: Edition) -> None:
    before, after = bundle.lines(old), bundle.lines(new)
    assert bundle.changed(before, bundle.changes(before, after)) == after


def test_only_what_has_changed_travels() -> None:
    before = bundle.lines(edition(1))
    after = bundle.lines(renamed(edition(2), ITEMS[0].id, "演示新名"))
    assert len(bundle.changes(before, after)) == 2
    assert bundle.changes(before, before) == []


@pytest.mark.parametrize(
    "line",
    [b"", b"x", b"[]", b'["item","x",{}]', b'["other","x",1]', b'["edition","",{"format":1}]'],
)
def test_a_line_that_is_none_is_refused(line: bytes) -> None:
    with pytest.raises(CatalogueRefused):
        bundle.edition([*bundle.lines(edition()), line])


def test_an_edition_without_a_head_is_refused() -> None:
    headless = [line for line in bundle.lines(edition()) if not line.startswith(b'["edition"')]
    with pytest.raises(CatalogueRefused):
        bundle.edition(headless)
    assert bundle.number(headless) == 0


@pytest.mark.parametrize("change", [b"", b"x", b"-nothing", b'-["item","unknown"]', b"+x"])
def test_changes_that_do_not_fit_are_refused(change: bytes) -> None:
    with pytest.raises(CatalogueRefused):
        bundle.changed(bundle.lines(edition()), [change])
