"""A form that was parked, where the citizen left it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kiosk.domain.questions.walk import Walk
from kiosk.domain.session.parking_code import new_parking_code
from kiosk.errors import NotParked, ParkedOutdated
from tests.ui.stage import Stage
from ui.form import Form


def through_the_disk(stage: Stage, form: Form) -> Form:
    """Parked, and taken back in another citizen's turn."""
    backstage, code = stage.kiosk.backstage.result(), new_parking_code()
    backstage.parking.park(form.parked(), code, form.today)
    stage.shell.finish()
    taken = backstage.parking.take(code, form.today)
    with pytest.raises(NotParked):
        backstage.parking.take(code, form.today)
    return Form.taken_back(form.desk, backstage, taken)


@pytest.mark.parametrize(
    ("flow", "question", "chosen"),
    [
        ("complaint", "visits", {}),
        ("complaint", "", {}),
        ("application", "name", {}),
        ("application", "papers", {}),
        ("application", "", {}),
    ],
)
def test_a_form_goes_on_where_it_was_left(
    stage: Stage, flow: str, question: str, chosen: Mapping[str, str]
) -> None:
    form = stage.form(flow, question, **chosen)
    again = through_the_disk(stage, form)
    assert again is not form
    assert again.walk == form.walk
    assert again.lines() == form.lines()
    assert (again.draft, again.changing, again.held_until) == (form.draft, False, None)


def test_an_answer_being_changed_is_still_being_changed(stage: Stage) -> None:
    form = stage.form("application")
    form.walk, form.changing = form.walk.change("name"), True
    again = through_the_disk(stage, form)
    assert again.changing
    assert again.walk.resume().outcome == "register"


def test_a_form_opened_on_an_item_keeps_the_item_and_the_home(stage: Stage) -> None:
    form = stage.form("application")
    form.walk = Walk.start(form.walk.flow, {**form.walk.known, "division": "340100"})
    again = through_the_disk(stage, form)
    assert again.walk.known == form.walk.known


def test_what_will_be_answered_later_stays_so(stage: Stage) -> None:
    form = stage.form("query")
    form.tell_later()
    again = through_the_disk(stage, form)
    assert again.end == "register"
    assert again.walk == form.walk


def test_the_receipt_number_is_the_one_minted_at_first(stage: Stage) -> None:
    form = stage.form("application")
    again = through_the_disk(stage, form)
    before, after = form.submissions()[0], again.submissions()[0]
    assert replace(after, created_at=before.created_at) == before


def test_what_stands_at_the_question_is_parked_too(stage: Stage) -> None:
    form = stage.form("application", "name")
    assert form.parked("演").given == "演"
    assert form.parked().given is None
    assert form.parked().session == form.desk.session


@pytest.mark.parametrize(
    "change",
    [{"edition": 0}, {"flow_version": 0}, {"flow": "booking"}, {"flow": "complaint"}, {"at": "x"}],
)
def test_a_form_that_does_not_fit_any_more_is_not_taken_back(
    stage: Stage, change: Mapping[str, object]
) -> None:
    parked = replace(stage.form("application", "name").parked(), **change)
    with pytest.raises(ParkedOutdated):
        Form.taken_back(stage.shell.desk, stage.kiosk.backstage.result(), parked)


@pytest.mark.parametrize("flow", ["application", "complaint"])
def test_a_form_whose_item_has_gone_is_not_taken_back(stage: Stage, flow: str) -> None:
    form = stage.form(flow)
    gone = replace(form.parked(), known={**form.walk.known, "item_id": "DEMO-XX-999"})
    with pytest.raises(ParkedOutdated):
        Form.taken_back(form.desk, stage.kiosk.backstage.result(), gone)
