from dataclasses import replace

import pytest
from hypothesis import given

from kiosk.domain.questions.model import Flow, Kind, Option, Question
from kiosk.domain.questions.walk import Walk
from kiosk.errors import KnownError, NotParked, ParkedOutdated
from tests.kiosk.domain.session.parked_forms import EDITION, SMALL, TODAY, parked, walks


def asked_anew(question: Question) -> Flow:
    """`SMALL` with one question in another form."""
    return replace(SMALL, questions={**SMALL.questions, question.id: question})


LEFT = Walk.start(SMALL, {"item": "演示", "item_id": "DEMO-XX-001"}).answered("red").answered("是")


@given(walks())
def test_a_form_goes_on_where_it_was_left(walk: Walk) -> None:
    again = parked(walk).walk(walk.flow, EDITION, TODAY)
    assert again == walk
    assert (again.facts, again.trail, again.review()) == (walk.facts, walk.trail, walk.review())


def test_the_item_is_the_one_the_form_was_opened_on() -> None:
    assert parked(LEFT).item_id == "DEMO-XX-001"
    assert parked(Walk.start(SMALL)).item_id is None


@pytest.mark.parametrize(
    ("flow", "edition"),
    [
        (SMALL, EDITION + 1),
        (SMALL, EDITION - 1),
        (replace(SMALL, version=2), EDITION),
        (replace(SMALL, id="other"), EDITION),
    ],
)
def test_another_edition_or_flow_does_not_take_it_up(flow: Flow, edition: int) -> None:
    with pytest.raises(ParkedOutdated):
        parked(LEFT).walk(flow, edition, TODAY)


@pytest.mark.parametrize(
    ("walk", "flow"),
    [
        (LEFT, asked_anew(replace(SMALL.questions["colour"], options=(Option("blue"),)))),
        (LEFT, asked_anew(replace(SMALL.questions["why"], kind=Kind.DATE))),
        (LEFT, asked_anew(replace(SMALL.questions["why"], next="end:register"))),
        (LEFT.back(), asked_anew(replace(SMALL.questions["colour"], next="papers"))),
        (LEFT, replace(SMALL, questions={"colour": SMALL.questions["colour"]})),
        (LEFT, replace(SMALL, start="gone")),
    ],
    ids=["option gone", "other kind", "beyond the end", "passed by", "questions gone", "no start"],
)
def test_a_way_that_has_changed_under_the_same_version_is_noticed(walk: Walk, flow: Flow) -> None:
    with pytest.raises(ParkedOutdated):
        parked(walk).walk(flow, EDITION, TODAY)


def test_an_answer_that_is_missing_on_the_way_is_noticed() -> None:
    form = replace(parked(LEFT), answers={"colour": "red"})
    with pytest.raises(ParkedOutdated):
        form.walk(SMALL, EDITION, TODAY)


def test_a_form_that_cannot_go_on_is_the_world_s_fault_and_has_words_of_its_own() -> None:
    assert issubclass(ParkedOutdated, NotParked)
    assert issubclass(NotParked, KnownError)
    assert (NotParked.key, ParkedOutdated.key) == ("not_parked", "parked_outdated")


def test_what_a_citizen_said_is_not_in_the_form_s_name() -> None:
    assert "演示" not in repr(parked(LEFT, "演示"))
