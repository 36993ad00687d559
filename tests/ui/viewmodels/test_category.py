import pytest

from tests.ui.stage import Stage
from ui.viewmodels.category import CategoryViewModel


@pytest.fixture
def category(stage: Stage) -> CategoryViewModel:
    return CategoryViewModel(stage.shell.desk, stage.shell, group="公安")


def items(category: CategoryViewModel) -> list[str]:
    """The ids of all pages."""
    category.turn(-1000)
    found = [str(row["itemId"]) for row in category.rows]
    while category.page < category.pages:
        category.turn(1)
        found += [str(row["itemId"]) for row in category.rows]
    return found


def test_its_pages_hold_every_item_once(stage: Stage, category: CategoryViewModel) -> None:
    found = items(category)
    assert len(found) == len(set(found)) == category.total
    assert set(found) == {item.id for item in stage.shell.desk.catalogue.in_group("公安")}


@pytest.mark.parametrize("wanted", ["person", "company", "here"])
def test_a_filter_shows_some_of_the_items_from_its_first_page(
    category: CategoryViewModel, wanted: str
) -> None:
    everything = items(category)
    category.choose(wanted)
    assert category.page == 1
    found = items(category)
    assert 0 < len(found) < len(everything)
    assert set(found) < set(everything)


def test_turning_stays_inside_the_list(category: CategoryViewModel) -> None:
    category.turn(-5)
    assert category.page == 1
    category.turn(1000)
    assert category.page == category.pages
    assert category.rows


def test_another_size_of_page_keeps_the_first_row_in_sight(category: CategoryViewModel) -> None:
    category.turn(3)
    first = category.rows[0]
    category.fit(5)
    assert first in category.rows
