from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.catalogue.model import COMPANY, KioskKind, Selection
from kiosk.errors import ContentError
from services.catalogue.compile import compile_edition
from services.catalogue.flat import write
from services.catalogue.store import CompiledCatalogue
from tests.services.catalogue.made_up import DAY, ITEMS, LEXICON, compiled, edition, guide


def test_a_compiled_edition_holds_what_the_edition_held(tmp_path: Path) -> None:
    before, opened = edition(7), compiled(tmp_path, edition(7))
    assert (opened.number, opened.issued) == (7, DAY)
    assert dict(opened.items) == dict(before.items)
    assert list(opened.items) == list(before.items)
    assert len(opened.items) == len(ITEMS)
    assert {id: opened.guide(id) for id in opened.items} == dict(before.guides)
    assert opened.divisions == before.divisions
    assert opened.directory == before.directory


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
    guides = [item.id for item in ITEMS if item.kind is KioskKind.GUIDE]
    assert opened.select(Selection(kind=KioskKind.GUIDE)) == guides
    assert opened.select(Selection(here=True)) == [id for id in every if id not in guides]


def test_an_edition_without_a_guide_is_not_compiled(tmp_path: Path) -> None:
    lacking = replace(edition(), guides={ITEMS[0].id: guide(0)})
    with pytest.raises(ContentError, match="DEMO-XX-002 has no guide"):
        compile_edition(lacking, LEXICON, tmp_path / "x.bin")
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "x.bin", {"head": b"{}"})
    with pytest.raises(ContentError):
        CompiledCatalogue(tmp_path / "x.bin", LEXICON)
