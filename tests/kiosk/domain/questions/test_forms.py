from dataclasses import replace

import pytest

from kiosk.domain.catalogue.guide import DayUnit, Guide, Material, MaterialForm
from kiosk.domain.catalogue.model import COMPANY, PERSON
from kiosk.domain.questions.forms import Forms, Plan, known_of
from kiosk.domain.questions.model import Kind, Question
from kiosk.domain.questions.walk import Walk
from kiosk.errors import BugError
from tests.services.catalogue.made_up import item

PAPER = Material("演示材料", MaterialForm.COPY, 1, "演示")
GUIDE = Guide(1, (), (PAPER,), (), 0, DayUnit.WORKDAY, "", "", "", ("reason", "name"), ())
LIBRARY = {
    "name": Question("name", Kind.TEXT, words="library.name"),
    "reason": Question("reason", Kind.TEXT, words="library.reason"),
    "papers": Question("papers", Kind.PAPERS, words="library.papers"),
}
FORMS = Forms({"small": Plan("small", 3, ("name", "fields", "papers"), "register")}, LIBRARY)


def test_the_questions_of_the_guide_stand_in_the_place_of_fields_and_none_is_asked_twice() -> None:
    flow = FORMS.flow("small", GUIDE)
    assert list(flow.questions) == ["name", "reason", "papers"]
    assert [question.next for question in flow.questions.values()] == [
        "reason",
        "papers",
        "end:register",
    ]
    assert (flow.id, flow.version, flow.words) == ("small", 3, "forms.small")


def test_the_papers_are_those_of_the_guide_and_without_any_nothing_is_asked() -> None:
    assert FORMS.flow("small", GUIDE).questions["papers"].papers == (PAPER,)
    assert "papers" not in FORMS.flow("small", replace(GUIDE, materials=())).questions


def test_an_unknown_plan_or_question_is_a_bug() -> None:
    with pytest.raises(BugError):
        FORMS.flow("other", GUIDE)
    with pytest.raises(BugError):
        FORMS.flow("small", replace(GUIDE, fields=("nonsense",)))


def test_whom_an_item_serves_is_known_where_it_serves_only_one() -> None:
    for only in (PERSON, COMPANY):
        known = known_of(replace(item(1, "演示"), service_object=(only,)), "")
        assert (known["serves"], known["audience"]) == (only, only)
        assert "division" not in known
    known = known_of(replace(item(1, "演示"), service_object=(PERSON, COMPANY)), "340103")
    assert "audience" not in known
    assert (known["serves"], known["division"]) == ("both", "340103")


def test_a_form_begins_at_its_first_question() -> None:
    assert Walk.start(FORMS.flow("small", GUIDE)).at == "name"
