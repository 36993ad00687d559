"""The shipped catalogue, and what citizens find in it."""

import re
from pathlib import Path

import pytest

from kiosk.domain.catalogue.model import Catalogue, KioskKind
from kiosk.domain.catalogue.search import Index
from services.content.catalogue import load_catalogue
from services.content.items import GROUPS

RESOURCES = Path(__file__).parents[2] / "resources" / "catalogue"
QUERIES = Path(__file__).parent / "queries.tsv"
NATIONAL_HOTLINE = re.compile(r"\d{3}|1\d{4}|9\d{4}")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(RESOURCES)


@pytest.fixture(scope="module")
def index(catalogue: Catalogue) -> Index:
    return Index.build(catalogue.items.values())


def _queries() -> list[tuple[str, list[str]]]:
    lines = QUERIES.read_text(encoding="utf-8").splitlines()[1:]
    return [(query, items.split("、")) for query, items, _ in (line.split("\t") for line in lines)]


def test_the_catalogue_is_complete(catalogue: Catalogue) -> None:
    assert (len(catalogue.items), len(catalogue.divisions), len(catalogue.routes)) == (727, 121, 36)
    on_the_machine = [i for i in catalogue.items.values() if i.kind is not KioskKind.GUIDE]
    assert len(on_the_machine) >= 500


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_of_the_home_screen_has_items_and_queries(
    catalogue: Catalogue, group: str
) -> None:
    items = {item.id for item in catalogue.in_group(group)}
    assert len(items) >= 40
    assert sum(bool(items & set(expected)) for _, expected in _queries()) >= 10


def test_every_item_says_that_it_is_demonstration_data(catalogue: Catalogue) -> None:
    assert {item.label for item in catalogue.items.values()} == {"演示数据"}


def test_only_short_national_hotlines_are_given(catalogue: Catalogue) -> None:
    for route in catalogue.routes.values():
        for number in re.findall(r"\d+", route.hotline):
            assert NATIONAL_HOTLINE.fullmatch(number), route


def test_every_expected_item_of_the_queries_exists(catalogue: Catalogue) -> None:
    unknown = [i for _, expected in _queries() for i in expected if i not in catalogue.items]
    assert unknown == []


def test_citizens_find_what_they_ask_for(index: Index) -> None:
    queries = _queries()
    first = among_five = 0
    for query, expected in queries:
        found = [hit.item.id for hit in index.search(query, limit=5)]
        first += found[:1] != [] and found[0] in expected
        among_five += any(item in expected for item in found)
    top_1, top_5 = first / len(queries), among_five / len(queries)
    print(f"{len(queries)} queries: top-1 {top_1:.3f}, top-5 {top_5:.3f}")
    assert len(queries) >= 80
    assert top_1 >= 0.75
    assert top_5 >= 0.92


def test_every_name_finds_its_item_first(catalogue: Catalogue, index: Index) -> None:
    called: dict[str, set[str]] = {}
    for item in catalogue.items.values():
        for words in (item.name, *item.aliases):
            called.setdefault(words, set()).add(item.id)
    wrong = [
        item.name
        for item in catalogue.items.values()
        if called[item.name] == {item.id} and index.search(item.name, limit=1)[0].item != item
    ]
    assert wrong == []


def test_every_alias_finds_its_item_among_the_first_five(
    catalogue: Catalogue, index: Index
) -> None:
    missed = [
        (alias, item.name)
        for item in catalogue.items.values()
        for alias in item.aliases
        if item not in [hit.item for hit in index.search(alias, limit=5)]
    ]
    assert missed == []
