"""The shipped catalogue: complete, its own in every item, and honest."""

import re
from pathlib import Path

import pytest

from kiosk.domain.catalogue.complete import THIN, defects, own_share
from kiosk.domain.catalogue.model import ON_THE_MACHINE, Edition
from kiosk.domain.questions.check import defects as defects_of_flow
from kiosk.domain.questions.forms import PLAN_OF, Forms
from services.content.catalogue import load_edition
from services.content.flows import load_forms
from services.content.items import GROUPS

RESOURCES = Path(__file__).parents[2] / "resources"
NATIONAL_HOTLINE = re.compile(r"\d{3}|1\d{4}|9\d{4}")
NOT_OURS_TO_SAY = re.compile(
    r"https?://|\d{7,}|\d{3,4}-\d{6,}|〔|第[一二三四五六七八九十百\d]+条|\d+(\.\d+)?\s*(元|块)"
    r"|《[^》]*(法|条例|办法|规定)》"
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(RESOURCES / "catalogue")


@pytest.fixture(scope="module")
def forms() -> Forms:
    return load_forms(RESOURCES / "flows")


def test_the_catalogue_has_all_items_divisions_routes_and_halls(edition: Edition) -> None:
    assert (len(edition.items), len(edition.divisions), len(edition.routes)) == (727, 121, 36)
    assert edition.directory.halls.keys() == edition.divisions.keys()
    assert sum(item.kind in ON_THE_MACHINE for item in edition.items.values()) >= 500


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_of_the_home_screen_has_items(edition: Edition, group: str) -> None:
    assert sum(item.group == group for item in edition.items.values()) >= 40


def test_no_item_lacks_what_a_guide_must_say(edition: Edition, forms: Forms) -> None:
    found = defects(edition, frozenset(forms.library))
    assert not found, "\n".join(map(str, found))


def test_no_guide_is_a_template_with_the_name_swapped(edition: Edition) -> None:
    thin = {item: share for item, share in own_share(edition).items() if share < THIN}
    assert thin == {}


def test_every_item_is_asked_for_in_many_ways(edition: Edition) -> None:
    few = [item.id for item in edition.items.values() if len(item.said) < 10]
    assert few == []


def test_no_saying_belongs_to_two_items(edition: Edition) -> None:
    owners: dict[str, str] = {}
    twice = [
        (saying, owners[saying], item.id)
        for item in edition.items.values()
        for saying in item.said
        if owners.setdefault(saying, item.id) != item.id
    ]
    assert twice == []


def test_every_item_says_that_it_is_demonstration_data(edition: Edition) -> None:
    assert {item.label for item in edition.items.values()} == {"演示数据"}


def test_guides_name_no_law_no_sum_no_number_and_no_address_of_a_page(edition: Edition) -> None:
    found = [
        (item, match[0])
        for item, guide in edition.guides.items()
        if (match := NOT_OURS_TO_SAY.search(str(guide)))
    ]
    assert found == []


def test_only_short_national_hotlines_are_given(edition: Edition) -> None:
    told = [route.hotline for route in edition.routes.values()]
    for contact in edition.directory.contacts.values():
        told += [contact.consult, contact.supervise]
    for number in re.findall(r"\d+", " ".join(told)):
        assert NATIONAL_HOTLINE.fullmatch(number), number


def test_the_form_of_every_item_ends_whatever_is_answered(edition: Edition, forms: Forms) -> None:
    broken = {
        item.id: found
        for item in edition.items.values()
        if item.kind in PLAN_OF
        and (found := defects_of_flow(forms.flow(PLAN_OF[item.kind], edition.guides[item.id])))
    }
    assert broken == {}


def test_every_question_of_the_library_is_asked_by_some_form(
    edition: Edition, forms: Forms
) -> None:
    asked = {name for plan in forms.plans.values() for name in plan.questions}
    asked |= {name for guide in edition.guides.values() for name in guide.fields}
    assert forms.library.keys() - asked == set()
