import pytest

from kiosk.domain.catalogue.model import ON_THE_MACHINE, Selection
from tests.ui.stage import Stage
from ui.models.items import ROLE
from ui.viewmodels.category import CategoryViewModel


@pytest.fixture
def category(stage: Stage) -> CategoryViewModel:
    return CategoryViewModel(stage.shell.desk, stage.shell, group="公安")


def shown(category: CategoryViewModel) -> list[str]:
    """The ids of all rows."""
    items = category.items
    return [items.data(items.index(row), ROLE)["itemId"] for row in range(items.rowCount())]


def test_it_holds_every_item_of_its_group_once(stage: Stage, category: CategoryViewModel) -> None:
    assert shown(category) == stage.shell.desk.catalogue.select(Selection(group="公安"))
    assert category.total == len(shown(category))


def test_without_a_group_it_holds_the_whole_catalogue(stage: Stage) -> None:
    everything = CategoryViewModel(stage.shell.desk, stage.shell)
    assert everything.total == len(stage.shell.desk.catalogue.items)
    assert everything.title == "全部事项"


def test_a_filter_shows_as_many_items_as_it_says(category: CategoryViewModel) -> None:
    for choice in category.kinds:
        category.chooseKind(choice["id"])
        assert category.kind == choice["id"]
        assert category.total == choice["count"]
    category.chooseKind("")
    for choice in category.audiences:
        category.chooseAudience(choice["id"])
        assert category.total == choice["count"]


def test_filters_work_together(stage: Stage, category: CategoryViewModel) -> None:
    category.chooseAudience("company")
    category.chooseKind("here")
    catalogue = stage.shell.desk.catalogue
    found = [catalogue.items[item] for item in shown(category)]
    assert found
    assert all(item.kind in ON_THE_MACHINE and "法人" in item.service_object for item in found)


def test_the_other_language_rewords_what_is_shown(
    stage: Stage, category: CategoryViewModel
) -> None:
    items = category.items
    before = items.data(items.index(0), ROLE)["detail"]
    stage.shell.toggleLanguage()
    assert items.data(items.index(0), ROLE)["detail"] != before
