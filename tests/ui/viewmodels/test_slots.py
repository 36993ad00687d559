from dataclasses import replace
from datetime import date, timedelta

from kiosk.domain.catalogue.places import Hall, directory
from tests.ui.stage import Stage


def at_slots(stage: Stage, *halls: Hall) -> None:
    """The question for a time, in a division with these halls; the centre is out of reach."""
    form = stage.form("booking", "slot")
    if halls:
        catalogue = form.desk.catalogue
        catalogue.directory = directory(halls, (), catalogue.directory.contacts)
    stage.shell.go("question", form=form)
    stage.visitor.wait(lambda: not stage.present.part.busy, "the times")


def division_hall(stage: Stage) -> Hall:
    form = stage.form("booking", "slot")
    hall = form.desk.catalogue.directory.hall(str(form.walk.facts["division"]), form.today)
    assert hall is not None
    return hall


def test_the_hall_of_the_chosen_day_is_shown_with_its_hours(stage: Stage) -> None:
    old = division_hall(stage)
    at_slots(stage)
    moves = date.fromisoformat(stage.present.part.days[-1]["iso"])
    new = replace(old, id="H-NEW", name="演示新大厅", opens="10:15", since=moves)
    at_slots(stage, replace(old, until=moves - timedelta(days=1)), new)
    part = stage.present.part
    assert old.name in part.hall
    part.showDay(part.days[0]["iso"])
    assert (old.name in part.hall, part.times[0]["label"]) == (True, old.opens)
    part.showDay(moves.isoformat())
    assert ("演示新大厅" in part.hall, part.times[0]["label"]) == (True, "10:15")
    part.otherDay()
    assert old.name in part.hall


def test_where_there_is_no_hall_there_is_no_time_and_this_is_said(stage: Stage) -> None:
    today = stage.form("booking").today
    at_slots(stage, replace(division_hall(stage), until=today))
    assert stage.present.part.days == []
    stage.visitor.expect("暂时没有可以约的时间")
