from dataclasses import replace

import pytest

from kiosk import wiring
from kiosk.domain.complaint.triage import Classification
from kiosk.domain.complaint.wording import say_beside, say_class, say_other_classes
from kiosk.domain.words import Language
from services.content.words import load_words

WORDS = {language: load_words(wiring.RESOURCES / "text", language) for language in Language}
ZH = WORDS[Language.ZH]
ROUTES = wiring.edition().routes
FOUND = Classification("1", ("1",), ("1A",), "省级")


def test_a_class_or_a_route_makes_a_complaint_no_enquiry() -> None:
    assert not FOUND.is_enquiry
    assert not Classification("", (), (), "省级", route="R05").is_enquiry
    assert Classification("", (), (), "省级").is_enquiry


def test_every_class_hit_is_said_the_one_to_dispatch_by_first() -> None:
    both = replace(FOUND, primary="4", classes=("4", "2"), subclasses=("4", "2"))
    assert "第四类" in say_class(both, ZH, ROUTES)
    assert say_other_classes(both, ZH) == "同时记下：跑了两次以上。"
    all_of_them = replace(both, subclasses=("4", "3A", "3B", "1C", "2"))
    assert say_other_classes(all_of_them, ZH).count("、") == 3


def test_a_single_class_an_enquiry_and_somebody_else_s_matter_have_no_other() -> None:
    for found in (FOUND, Classification("", (), (), "省级", route="R12")):
        assert say_other_classes(found, ZH) == ""


def test_beside_somebody_else_s_matter_stands_what_to_bring() -> None:
    assert say_beside(replace(FOUND, route="R12"), ZH, ROUTES).startswith("找他们时请带上：身份证")


def test_where_nothing_need_be_brought_nothing_is_said() -> None:
    bare = {"R12": replace(ROUTES["R12"], bring=())}
    assert say_beside(replace(FOUND, route="R12"), ZH, bare) == ""


def test_who_else_can_help_is_said_before_that_the_level_is_to_be_found_out() -> None:
    unsure = replace(FOUND, level="待核实")
    assert say_beside(unsure, ZH, ROUTES) == ZH.say("triage.level.to_verify")
    assert "96980" in say_beside(replace(unsure, hint="R18"), ZH, ROUTES)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_plain_class_has_nothing_beside(words) -> None:
    assert say_beside(FOUND, words, ROUTES) == ""
