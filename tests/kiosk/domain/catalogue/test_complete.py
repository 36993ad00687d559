from dataclasses import replace

import pytest

from kiosk.domain.catalogue.complete import SHARED_BY, Defect, defects, own_share
from kiosk.domain.catalogue.guide import CommonQuestion, Material, MaterialForm
from kiosk.domain.catalogue.model import Edition, KioskKind
from tests.services.catalogue.made_up import edition, item

ID = "DEMO-XX-001"


@pytest.fixture
def sound() -> Edition:
    before = edition()
    asked = (CommonQuestion("演示？", "演示。"),)
    guides = {id: replace(each, questions=asked) for id, each in before.guides.items()}
    return replace(before, guides=guides)


def found(edition: Edition) -> set[tuple[str, str]]:
    return {(defect.item_id, defect.field) for defect in defects(edition, frozenset({"year"}))}


def test_a_complete_catalogue_lacks_nothing(sound: Edition) -> None:
    assert found(sound) == set()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"fee": " "}, "fee"),
        ({"result": ""}, "result"),
        ({"delivery": ""}, "delivery"),
        ({"conditions": ("一",)}, "conditions"),
        ({"steps": ()}, "steps"),
        ({"questions": ()}, "questions"),
        ({"version": 0}, "version"),
        ({"fields": ("nonsense",)}, "fields"),
        ({"materials": (Material("", MaterialForm.COPY, 1, "x"),)}, "materials"),
        ({"materials": (Material("x", MaterialForm.COPY, 1, ""),)}, "materials"),
        ({"materials": (Material("x", MaterialForm.COPY, 0, "x"),)}, "materials"),
    ],
)
def test_what_a_guide_lacks_is_named(sound: Edition, change: dict[str, object], field: str) -> None:
    guides = {**sound.guides, ID: replace(sound.guides[ID], **change)}
    assert found(replace(sound, guides=guides)) == {(ID, field)}


def test_an_item_without_a_guide_is_named(sound: Edition) -> None:
    guides = {id: each for id, each in sound.guides.items() if id != ID}
    assert found(replace(sound, guides=guides)) == {(ID, "guide")}


def test_a_statutory_period_is_not_shorter_than_the_promised_one(sound: Edition) -> None:
    items = {**sound.items, ID: replace(sound.items[ID], promise_days=5)}
    assert found(replace(sound, items=items)) == {(ID, "legal_days")}
    guides = {**sound.guides, ID: replace(sound.guides[ID], legal_days=5)}
    assert found(replace(sound, items=items, guides=guides)) == set()


def test_an_item_that_is_read_only_has_no_form(sound: Edition) -> None:
    item = replace(sound.items[ID], kind=KioskKind.GUIDE)
    guides = {**sound.guides, ID: replace(sound.guides[ID], fields=("year",))}
    assert found(replace(sound, items={**sound.items, ID: item}, guides=guides)) == {(ID, "fields")}


def test_nobody_to_ask_and_no_window_are_named(sound: Edition) -> None:
    items = {**sound.items, ID: replace(sound.items[ID], domain="别处")}
    assert found(replace(sound, items=items)) == {(ID, "consult"), (ID, "window")}


def test_an_item_that_hides_that_it_is_a_demonstration_is_named(sound: Edition) -> None:
    items = {**sound.items, ID: replace(sound.items[ID], label="")}
    assert found(replace(sound, items=items)) == {(ID, "label")}


def test_materials_that_the_item_names_are_missed_in_its_guide(sound: Edition) -> None:
    guides = {**sound.guides, ID: replace(sound.guides[ID], materials=())}
    assert found(replace(sound, guides=guides)) == set()
    items = {**sound.items, ID: replace(sound.items[ID], materials=("演示材料",))}
    assert found(replace(sound, items=items, guides=guides)) == {(ID, "materials")}


def test_a_defect_is_one_line_that_names_item_and_field() -> None:
    assert str(Defect(ID, "fee", "empty")) == "DEMO-XX-001: fee: empty"


def test_what_a_few_items_share_is_their_own_and_one_more_makes_it_common() -> None:
    small = edition(items=tuple(item(number, f"演示{number}") for number in range(SHARED_BY)))
    assert set(own_share(small).values()) == {1.0}
    larger = edition(items=tuple(item(number, f"演示{number}") for number in range(SHARED_BY + 1)))
    assert max(own_share(larger).values()) < 1.0


def test_a_guide_that_says_nothing_has_nothing_of_its_own(sound: Edition) -> None:
    empty = replace(sound.guides[ID], conditions=(), steps=(), materials=())
    assert own_share(replace(sound, guides={ID: empty})) == {ID: 0.0}


def test_sentences_that_many_items_share_are_not_their_own() -> None:
    shares = own_share(edition())
    assert len(set(shares.values())) == 1
    assert 0 < shares[ID] < 1
