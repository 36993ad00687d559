"""What citizens tell without the central server, walked by touch to the class a clerk would give,
and registered when it comes."""

from collections.abc import Iterator

import pytest

from kiosk.citizen import Citizen
from tests.journeys.conftest import Hall
from tests.journeys.story import Reports, whom_to_call
from tests.journeys.told import NEVER_COLLECTED, STORIES, Story

MOST_QUESTIONS = 11


@pytest.fixture(scope="module")
def reports(standing_hall: Hall) -> Iterator[Reports]:
    with standing_hall.kiosk() as (kiosk, _):
        said = {story.name: story.said for story in STORIES}
        yield Reports(kiosk, said, "stories", "已安全存在本机")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_told_story_comes_to_the_class_a_clerk_would_give(reports: Reports, story: Story) -> None:
    told = reports[story.name]
    assert len(told.put) <= MOST_QUESTIONS, told.put
    assert story.classified in told.receipt


def test_the_stories_are_short_to_tell() -> None:
    lengths = sorted(len(story.said) + 3 for story in STORIES)  # notice, story, contact
    assert lengths[len(lengths) // 2] <= 9


@pytest.mark.parametrize("name", NEVER_COLLECTED)
def test_danger_and_misconduct_show_whom_to_call_and_collect_nothing(
    reports: Reports, name: str
) -> None:
    outbox = reports.kiosk.backstage.result().outbox
    before = outbox.status().counts
    whom_to_call(Citizen.at(reports.kiosk), NEVER_COLLECTED[name], f"stories/{name}")
    assert outbox.status().counts == before


def test_all_of_them_are_registered_once_when_the_central_server_comes(
    standing_hall: Hall, reports: Reports
) -> None:
    told = {reports[story.name].number: story for story in STORIES}
    visitor, backstage = Citizen.at(reports.kiosk).visitor, reports.kiosk.backstage.result()
    with standing_hall.central() as clerk:
        backstage.uplink.poke()
        for number in told:
            visitor.wait(lambda each=number: not backstage.outbox.is_waiting(each), "the receipt")
        assert sorted(case["number"] for case in clerk.cases()) == sorted(told)
        for number, story in told.items():
            verdict = clerk.case(number)["verdict"]
            assert verdict.get("route", "") == story.route, story.name
            assert tuple(verdict.get("subclasses", ())) == story.subclasses, story.name
