"""What citizens find in the shipped catalogue, by two sets of queries.

`queries/tuned.tsv` was looked at while words were added to `resources/`. `queries/held_out.tsv` was
written from the items' names alone and may only be measured: nobody adds a word because of a query
that it misses there.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.domain.catalogue.search import Found
from services.catalogue.store import CompiledCatalogue

SETS = {file.stem: file for file in (Path(__file__).parent / "queries").iterdir()}
TOP_1, TOP_5 = 0.85, 0.97
both_sets = pytest.mark.parametrize("name", SETS)


def queries(name: str) -> list[tuple[str, list[str], str]]:
    """Of one set: query, the items that answer it, and the way it is said."""
    rows = [line.split("\t") for line in SETS[name].read_text(encoding="utf-8").splitlines()[1:]]
    return [(query, items.split("、"), style) for query, items, style in rows]


def ids(found: Found) -> Sequence[str]:
    return [hit.item.id for hit in found.hits or found.nearest]


@both_sets
def test_the_set_is_large_and_asks_for_every_field_in_every_way(
    catalogue: CompiledCatalogue, name: str
) -> None:
    asked = queries(name)
    assert len(asked) >= 1000
    assert len({query for query, _, _ in asked}) == len(asked)
    named = {item for _, items, _ in asked for item in items}
    assert named <= set(catalogue.items)
    assert len(named) >= 550
    fields = {item.domain for item in catalogue.items.values()}
    assert {catalogue.items[item].domain for item in named} == fields
    assert min(Counter(style for _, _, style in asked).values()) >= 35


@both_sets
def test_citizens_find_what_they_ask_for(catalogue: CompiledCatalogue, name: str) -> None:
    asked = queries(name)
    first = among_five = 0
    for query, expected, _ in asked:
        found = ids(catalogue.search(query, limit=5))
        first += bool(found) and found[0] in expected
        among_five += not set(expected).isdisjoint(found)
    top_1, top_5 = first / len(asked), among_five / len(asked)
    print(f"{len(asked)} queries: top-1 {top_1:.3f}, top-5 {top_5:.3f}")
    assert top_1 >= TOP_1
    assert top_5 >= TOP_5


def test_every_name_finds_its_item_first(catalogue: CompiledCatalogue) -> None:
    called: dict[str, set[str]] = {}
    for item in catalogue.items.values():
        for words in (item.name, *item.aliases, *item.said):
            called.setdefault(words, set()).add(item.id)
    wrong = [
        item.name
        for item in catalogue.items.values()
        if called[item.name] == {item.id} and ids(catalogue.search(item.name, 1)) != [item.id]
    ]
    assert wrong == []


def test_every_alias_finds_its_item_among_the_first_five(catalogue: CompiledCatalogue) -> None:
    missed = [
        (alias, item.name)
        for item in catalogue.items.values()
        for alias in item.aliases
        if item.id not in ids(catalogue.search(alias, 5))
    ]
    assert missed == []


def test_every_short_code_of_a_slip_finds_its_item(catalogue: CompiledCatalogue) -> None:
    for item in catalogue.items.values():
        for typed in (item.code, item.code.lower(), item.code.replace("-", "")):
            assert ids(catalogue.search(typed)) == [item.id]


def test_what_nobody_offers_is_answered_with_the_nearest_three(
    catalogue: CompiledCatalogue,
) -> None:
    for query in ("天上的云为什么是白的", "我要养一头大象", "给我讲个笑话"):
        found = catalogue.search(query)
        assert not found.hits, query
        assert len(found.nearest) == 3, query
