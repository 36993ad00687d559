"""An edition as it travels."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wiring
from kiosk.domain.catalogue.guide import CommonQuestion, Guide, Material
from kiosk.domain.catalogue.model import Division, Edition, Route
from kiosk.domain.catalogue.places import Contact, Hall, Window, directory
from kiosk.errors import CatalogueRefused
from services import bundle
from tests.services.catalogue.made_up import ITEMS, edition, item, renamed

texts = st.text(max_size=12)
many = st.lists(texts, max_size=3).map(tuple)
counts = st.integers(0, 9999)
days = st.dates()
ends = st.none() | days
materials = st.builds(Material, name=texts, copies=counts, issuer=texts, situation=texts)
guides = st.builds(
    Guide,
    version=counts,
    conditions=many,
    materials=st.lists(materials, max_size=2).map(tuple),
    steps=many,
    legal_days=counts,
    fee=texts,
    result=texts,
    delivery=texts,
    fields=many,
    questions=st.lists(st.builds(CommonQuestion, texts, texts), max_size=2).map(tuple),
)
divisions = st.builds(Division, texts, texts, texts, texts, texts, texts)
routes = st.builds(
    Route, texts, texts, many, texts, texts, texts, many, texts, st.integers(0, 2), texts
)
halls = st.builds(
    Hall,
    id=st.sampled_from(["H1", "H2"]),
    name=texts,
    division=st.sampled_from(["340100", "340103"]),
    address=texts,
    opens=texts,
    closes=texts,
    since=days,
    until=ends,
)
windows = st.builds(
    Window,
    hall=st.sampled_from(["H1", "H2"]),
    domain=st.sampled_from(["税务", "公安"]),
    place=texts,
    since=days,
    until=ends,
)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Anything an edition can hold, each part in the order of its ids."""
    numbers = sorted(draw(st.sets(st.integers(1, 40), max_size=6)))
    items = [item(number, draw(texts), *draw(many), said=draw(many)) for number in numbers]
    dated_halls = draw(st.lists(halls, max_size=4, unique_by=lambda h: (h.id, h.since)))
    dated_windows = draw(
        st.lists(windows, max_size=4, unique_by=lambda w: (w.hall, w.domain, w.since))
    )
    by_code = {each.code: each for each in draw(st.lists(divisions, max_size=3))}
    by_id = {each.id: each for each in draw(st.lists(routes, max_size=3))}
    return Edition(
        number=draw(st.integers(1, 9)),
        issued=draw(days),
        items={each.id: each for each in items},
        guides={each.id: draw(guides) for each in items},
        divisions=by_code,
        routes=by_id,
        directory=directory(
            sorted(dated_halls, key=lambda h: (h.id, h.since)),
            sorted(dated_windows, key=lambda w: (w.hall, w.domain, w.since)),
            draw(st.dictionaries(texts, st.builds(Contact, texts, texts), max_size=3)),
        ),
    )


@given(editions())
def test_what_is_packed_is_unpacked(before: Edition) -> None:
    whole = bundle.text(bundle.lines(before))
    after = bundle.edition(bundle.split(whole))
    assert after == before
    assert bundle.text(bundle.lines(after)) == whole
    assert bundle.number(bundle.split(whole)) == before.number


@given(editions())
def test_one_edition_has_one_text_whatever_the_order_of_its_parts(before: Edition) -> None:
    turned = replace(
        before,
        items=dict(reversed(before.items.items())),
        guides=dict(reversed(before.guides.items())),
        routes=dict(reversed(before.routes.items())),
    )
    lines = bundle.lines(before)
    assert bundle.lines(turned) == lines
    assert lines == sorted(set(lines))
    assert not any(b"\n" in line for line in lines)


def test_the_fields_keep_their_order_and_new_ones_come_last() -> None:
    shipped = wiring.edition()
    fetched = bundle.edition(bundle.lines(shipped))
    assert list(fetched.items) == list(shipped.items)
    last = replace(fetched.items["DEMO-SB-001"], id="DEMO-AA-001", domain="演示新领域")
    later = bundle.edition(bundle.lines(replace(shipped, items={**shipped.items, last.id: last})))
    assert list(later.items)[-1] == last.id


@given(editions(), editions())
def test_changes_make_the_one_of_the_other(old: Edition, new: Edition) -> None:
    before, after = bundle.lines(old), bundle.lines(new)
    changes = bundle.changes(before, after)
    assert bundle.changed(before, changes) == after
    assert bundle.changed(before, bundle.split(bundle.text(changes))) == after
    assert bundle.changes(before, before) == []


def test_only_what_has_changed_travels() -> None:
    before = bundle.lines(edition(1))
    after = bundle.lines(renamed(edition(2), ITEMS[0].id, "演示新名"))
    assert len(bundle.changes(before, after)) == 2
    assert bundle.changes(before, before) == []


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"x",
        b"[]",
        b"\xff",
        b'["item","\xff",{}]',
        b'["item","x",' + b"[" * 100_000,
        b'["item","x",{}]',
        b'["other","x",1]',
        b'["edition","",{"format":1}]',
    ],
)
def test_a_line_that_is_none_is_refused(line: bytes) -> None:
    with pytest.raises(CatalogueRefused):
        bundle.edition([*bundle.lines(edition()), line])


def test_an_edition_without_a_head_is_refused() -> None:
    headless = [line for line in bundle.lines(edition()) if not line.startswith(b'["edition"')]
    with pytest.raises(CatalogueRefused):
        bundle.edition(headless)
    assert bundle.number(headless) == 0


@pytest.mark.parametrize(
    "change",
    [
        b"",
        b"x",
        b"-nothing",
        b'-["item","unknown"]',
        b"+x",
        b'+["item","\xff",{}]',
        b'+["item","x",' + b"[" * 100_000,
    ],
)
def test_changes_that_do_not_fit_are_refused(change: bytes) -> None:
    with pytest.raises(CatalogueRefused):
        bundle.changed(bundle.lines(edition()), [change])


def test_changes_for_another_edition_are_refused() -> None:
    before, after = bundle.lines(edition(1)), bundle.lines(edition(2, items=ITEMS[1:]))
    changes = bundle.changes(before, after)
    with pytest.raises(CatalogueRefused):
        bundle.changed(after, changes)


@given(st.lists(st.binary(max_size=40), max_size=3))
def test_any_bytes_are_an_edition_or_refused(lines: list[bytes]) -> None:
    for read in (bundle.edition, bundle.number):
        with suppress(CatalogueRefused):
            read([*bundle.lines(edition()), *lines])
    with suppress(CatalogueRefused):
        bundle.changed(bundle.lines(edition()), lines)


@given(editions(), st.integers(1, 99), days)
def test_another_number_changes_one_line(before: Edition, number: int, issued: date) -> None:
    after = bundle.renumbered(before, number, issued)
    assert (after.number, after.issued) == (number, issued)
    assert len(bundle.changes(bundle.lines(before), bundle.lines(after))) <= 1


def test_a_format_of_another_program_is_refused() -> None:
    other = [line.replace(b'"format":1', b'"format":2') for line in bundle.lines(edition())]
    with pytest.raises(CatalogueRefused, match="format"):
        bundle.edition(other)
