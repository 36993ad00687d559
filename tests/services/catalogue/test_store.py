import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.catalogue.model import COMPANY, PERSON, KioskKind, Route, Selection
from kiosk.errors import ContentError
from services.catalogue.compile import compile_edition
from services.catalogue.layout import FORMAT
from services.catalogue.store import CompiledCatalogue
from services.flat import write
from tests.services.catalogue.made_up import DAY, ITEMS, LEXICON, compiled, edition, guide

ROUTE = Route(
    "R01", "演示", ("演示",), "演示部门", "12345", "演示", ("演示材料",), "演示", 1, "演示"
)


def test_a_compiled_edition_holds_what_the_edition_held(tmp_path: Path) -> None:
    before = replace(edition(7), routes={ROUTE.id: ROUTE})
    opened = compiled(tmp_path, before)
    assert (opened.number, opened.issued) == (7, DAY)
    assert dict(opened.items) == dict(before.items)
    assert list(opened.items) == list(before.items)
    assert len(opened.items) == len(ITEMS)
    assert {id: opened.guide(id) for id in opened.items} == dict(before.guides)
    assert opened.divisions == before.divisions
    assert opened.directory == before.directory
    assert opened.routes == before.routes == {ROUTE.id: ROUTE}


def test_the_digest_of_the_source_is_remembered(tmp_path: Path) -> None:
    compile_edition(edition(), LEXICON, tmp_path / "x.bin", "演示")
    assert CompiledCatalogue(tmp_path / "x.bin", LEXICON).digest == "演示"
    assert [file.name for file in tmp_path.iterdir()] == ["x.bin"]


def test_an_edition_that_is_replaced_stays_readable(tmp_path: Path) -> None:
    old = compiled(tmp_path, edition(1))
    new = compiled(tmp_path, edition(2, items=ITEMS[:1]))
    assert (old.number, new.number) == (1, 2)
    assert [old.items[id].id for id in old.items] == [item.id for item in ITEMS]
    assert old.guide(ITEMS[-1].id) == guide(len(ITEMS) - 1)
    assert list(new.items) == [ITEMS[0].id]


def test_an_unknown_item_is_a_key_error(tmp_path: Path) -> None:
    opened = compiled(tmp_path)
    assert "DEMO-XX-999" not in opened.items
    with pytest.raises(KeyError):
        opened.guide("DEMO-XX-999")


def test_items_are_selected_by_group_audience_kind_and_place(tmp_path: Path) -> None:
    opened = compiled(tmp_path)
    every = list(opened.items)
    assert opened.select(Selection()) == every
    assert opened.select(Selection(group="其他")) == every
    assert opened.select(Selection(group="没有")) == []
    companies = [item.id for item in ITEMS if COMPANY in item.service_object]
    assert opened.select(Selection(audience=COMPANY)) == companies
    assert opened.select(Selection(audience=PERSON)) == every
    both = Selection(group="其他", audience=COMPANY, kind=KioskKind.GUIDE)
    assert opened.select(both) == [
        item.id for item in ITEMS if item.kind is KioskKind.GUIDE and COMPANY in item.service_object
    ]
    guides = [item.id for item in ITEMS if item.kind is KioskKind.GUIDE]
    assert opened.select(Selection(kind=KioskKind.GUIDE)) == guides
    assert opened.select(Selection(here=True)) == [id for id in every if id not in guides]


def test_an_edition_without_a_guide_is_not_compiled(tmp_path: Path) -> None:
    lacking = replace(edition(), guides={ITEMS[0].id: guide(0)})
    with pytest.raises(ContentError, match="DEMO-XX-002 has no guide"):
        compile_edition(lacking, LEXICON, tmp_path / "x.bin")
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.bin"
    for head in (b"{}", b"nonsense", b"\xff"):
        write(file, {"head": head})
        with pytest.raises(ContentError):
            CompiledCatalogue(file, LEXICON)
    other = {"format": FORMAT + 1, "number": 1, "issued": "2026-11-01", "groups": [], "digest": ""}
    write(file, {"head": json.dumps(other).encode()})
    with pytest.raises(ContentError, match="another version"):
        CompiledCatalogue(file, LEXICON)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    compiled(folder)
    return (folder / "catalogue.bin").read_bytes()


def test_a_text_that_is_no_text_any_more_is_refused(tmp_path: Path, whole: bytes) -> None:
    for written in ("演示大厅", "1号窗口", "DEMO-XX-001"):
        before = written.encode()
        assert before in whole
        (tmp_path / "x.bin").write_bytes(whole.replace(before, b"\xff" * len(before)))
        with pytest.raises(ContentError):
            CompiledCatalogue(tmp_path / "x.bin", LEXICON)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 2500) | st.integers(0, 10**6), st.integers(0, 255)), max_size=9
    )
)
def test_a_file_damaged_anywhere_opens_or_is_refused(
    tmp_path: Path, whole: bytes, damage: list[tuple[int, int]]
) -> None:
    damaged = bytearray(whole)
    for place, value in damage:
        damaged[place % len(damaged)] = value
    (tmp_path / "x.bin").write_bytes(damaged)
    with suppress(ContentError):
        CompiledCatalogue(tmp_path / "x.bin", LEXICON)
