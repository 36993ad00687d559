"""The complaint (办不成事) with the central server: every class, other people's matters, and
what is never collected; from the first touch to the answer that the citizen reads."""

from collections.abc import Iterator, Mapping

import pytest

from kiosk.citizen import Citizen
from kiosk.demonstration import Clerk
from kiosk.domain.words import Language
from kiosk.startup import Kiosk
from services.central.wording import SUBCLASSES
from tests.journeys.conftest import Hall
from tests.journeys.console import Console, console
from tests.journeys.story import Reports, begin, follow, shown, whom_to_call
from tests.journeys.told import NEVER_COLLECTED, STORIES

TOLD = {story.name: story for story in STORIES}
SAID = {
    "1A": {**TOLD["1A-not-theirs"].said, "notice": "同意，替家里人说"},
    "1B": {**TOLD["1B"].said, "notice": "同意，大厅人员代填"},
    "1C": {**TOLD["1C"].said, "notice": "同意，是单位的事"},
    "1D": {**TOLD["1D"].said, "item": "yanshi", "level": "不知道"},
    "2": {**TOLD["2"].said, "visits": "两次以上，忘了日子", "contact": "055100000000"},
    "3A": {**TOLD["3A"].said, "departments": "医保"},
    "3B": {**TOLD["3B"].said, "visits": "记不清"},
    "4": TOLD["4"].said,
    "several": {
        **TOLD["1A-not-theirs"].said,
        "visits": "两次以上，忘了日子",
        "more": "部门互相推，都说不归自己管|一直拖着不办|上海、江苏、浙江能办，这里不能办",
        "departments": "医保",
        "where": "说不清",
    },
    **{story.name: story.said for story in STORIES if story.route},
}
ROUTES = {story.name: story.route for story in STORIES if story.route}
of_each_class = pytest.mark.parametrize("subclass", SUBCLASSES)
of_each_route = pytest.mark.parametrize("name", ROUTES)


@pytest.fixture(scope="module")
def clerk(standing_hall: Hall) -> Iterator[Clerk]:
    with standing_hall.central() as clerk:
        yield clerk


@pytest.fixture(scope="module")
def pages(standing_hall: Hall, clerk: Clerk) -> Iterator[Console]:
    with console(standing_hall.settings) as pages:
        yield pages


@pytest.fixture(scope="module")
def kiosk(standing_hall: Hall, clerk: Clerk) -> Iterator[Kiosk]:
    with standing_hall.kiosk() as (kiosk, _):
        yield kiosk


@pytest.fixture(scope="module")
def reports(kiosk: Kiosk) -> Reports:
    return Reports(kiosk, SAID, "complaint", "中心已收到")


def words(kiosk: Kiosk, key: str) -> str:
    return kiosk.first.words(Language.ZH).say(key)


@of_each_class
def test_the_receipt_says_that_the_centre_has_it_and_the_class_in_plain_words(
    kiosk: Kiosk, reports: Reports, subclass: str
) -> None:
    assert words(kiosk, f"triage.subclass.{subclass}") in reports[subclass].receipt


@of_each_class
def test_the_clerk_reads_the_same_class_and_every_answer_as_the_citizen_read_it(
    kiosk: Kiosk, reports: Reports, clerk: Clerk, pages: Console, subclass: str
) -> None:
    told = reports[subclass]
    case, page = clerk.case(told.number), pages.case(told.number)
    verdict = case["verdict"]
    assert (verdict["primary"], verdict["classes"]) == (subclass[0], [subclass[0]])
    assert verdict["subclasses"] == [subclass]
    assert ("具体情形", SUBCLASSES[subclass]) in page.pairs
    empty = words(kiosk, "questions.empty")
    read = [(id, "" if answer == empty else answer) for id, answer in told.answers]
    assert [(each["question"], each["answer"]) for each in case["answers"]] == read
    shown = [(each["asked"], each["answer"] or empty) for each in case["answers"]]
    assert [pair for pair in shown if pair not in page.pairs] == []


@of_each_class
def test_the_department_s_answer_is_read_at_the_kiosk(
    kiosk: Kiosk, reports: Reports, clerk: Clerk, subclass: str
) -> None:
    told, answer = reports[subclass], f"演示答复：{subclass}，已经补办。"
    clerk.settle(told.number, "演示部门", answer)
    visitor = Citizen.at(kiosk).visitor
    kiosk.application.shell.finish()
    begin(visitor)
    follow(visitor, told.number, told.code)
    visitor.expect(answer)
    shown(f"complaint/{subclass}-答复", visitor)
    assert clerk.case(told.number)["state"] == "answered"


def test_of_several_classes_at_once_all_are_kept_and_one_leads(
    kiosk: Kiosk, reports: Reports, clerk: Clerk
) -> None:
    told = reports["several"]
    verdict = clerk.case(told.number)["verdict"]
    assert verdict["primary"] == "4"
    assert verdict["classes"] == ["4", "3", "1", "2"]
    assert verdict["subclasses"] == ["4", "3A", "3B", "1A", "2"]
    assert words(kiosk, "triage.subclass.4") in told.receipt


def test_a_level_nobody_knows_is_registered_to_be_found_out(
    kiosk: Kiosk, reports: Reports, clerk: Clerk
) -> None:
    told = reports["1D"]
    verdict = clerk.case(told.number)["verdict"]
    assert (verdict["level"], verdict["primary"]) == ("待核实", "1")
    assert words(kiosk, "triage.level.to_verify") in told.receipt


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("1A", {"reporter": "代办", "helper": "家属"}),
        ("1B", {"reporter": "代办", "helper": "导巡员"}),
        ("1C", {"reporter": "企业"}),
        ("2", {"reporter": "个人"}),
    ],
)
def test_who_filled_it_in_for_whom_is_seen_by_the_clerk(
    reports: Reports, clerk: Clerk, pages: Console, name: str, facts: Mapping[str, str]
) -> None:
    number = reports[name].number
    known = clerk.case(number)["facts"]
    assert {fact: known[fact] for fact in ("reporter", "helper") if fact in known} == facts
    assert facts.items() <= dict(pages.case(number).pairs).items()


@of_each_route
def test_somebody_else_s_matter_gets_a_number_and_whom_to_turn_to(
    kiosk: Kiosk, reports: Reports, name: str
) -> None:
    route = kiosk.first.catalogue.result().routes[ROUTES[name]]
    told = [route.responsible, route.hotline, *route.bring]
    assert [each for each in told if each not in reports[name].receipt] == []


@of_each_route
def test_the_clerk_sees_whose_matter_it_is_and_registers_it(
    reports: Reports, clerk: Clerk, pages: Console, name: str
) -> None:
    number = reports[name].number
    assert clerk.case(number)["verdict"]["route"] == ROUTES[name]
    assert any(ROUTES[name] in told for _, told in pages.case(number).pairs)
    clerk.register(number)
    assert clerk.case(number)["state"] == "registered"


@pytest.mark.parametrize("name", NEVER_COLLECTED)
def test_danger_and_misconduct_show_whom_to_call_and_collect_nothing(
    kiosk: Kiosk, clerk: Clerk, name: str
) -> None:
    outbox = kiosk.backstage.result().outbox

    def kept() -> tuple[int, int]:
        return sum(outbox.status().counts.values()), len(clerk.cases())

    before = kept()
    whom_to_call(Citizen.at(kiosk), NEVER_COLLECTED[name], f"complaint/{name}")
    assert kept() == before
