from dataclasses import replace

import pytest

from kiosk import wiring
from kiosk.domain.catalogue.model import Route
from kiosk.domain.slip.contact import contact_blocks, contact_slip
from kiosk.domain.slip.model import Block, Heading, Large, Line, Paragraph, Point, Slip
from kiosk.domain.slip.window import Window
from kiosk.domain.words import Language
from services.content.words import load_words
from tests.kiosk.domain.slip.paper import said

WORDS = {language: load_words(wiring.RESOURCES / "text", language) for language in Language}
ZH = WORDS[Language.ZH]
WINDOW = Window("演示大厅", "演示窗口", "09:00", "17:00")
ROUTE = Route(
    id="R05",
    topic="演示欠薪",
    keywords=(),
    responsible="演示监察机关",
    hotline="12333",
    other_channel="演示平台",
    bring=("演示证件", "演示合同"),
    action="",
    priority=1,
    confidence="",
)
UNANSWERED = Paragraph("打不通，请拨 12345。")


def slip(route: Route = ROUTE) -> Slip:
    return contact_slip("演示标题", route, ZH, WINDOW)


def blocks(route: Route = ROUTE) -> list[Block]:
    return list(contact_blocks(route, ZH, general_too=True))


def test_it_says_whom_to_turn_to_and_how_and_what_to_bring() -> None:
    assert slip().title == "演示标题"
    assert slip().blocks[:7] == (
        Heading("找谁，怎么联系"),
        Line("归谁管", "演示监察机关"),
        Large("电话", "12333"),
        Line("别的办法", "演示平台"),
        Heading("带什么"),
        Point("演示证件"),
        Point("演示合同"),
    )


def test_it_says_where_and_when_somebody_helps_to_reach_them() -> None:
    assert slip().blocks[-3:] == (
        Line("大厅", "演示大厅"),
        Line("窗口", "演示窗口"),
        Line("开门时间", "工作日 09:00–17:00"),
    )


def test_it_has_no_number_no_code_and_nothing_to_scan() -> None:
    assert slip().link == ""
    assert [block.value for block in slip().blocks if isinstance(block, Large)] == ["12333"]
    assert "演示欠薪" not in str(said(slip()))


@pytest.mark.parametrize(
    "hotline", ["12345", "12345（属地）", "12345 或派出所", "110（紧急）；12338"]
)
def test_who_is_reached_by_12345_or_an_emergency_number_needs_no_other(hotline: str) -> None:
    assert UNANSWERED not in blocks(replace(ROUTE, hotline=hotline))


def test_where_another_hotline_does_not_answer_the_general_one_does() -> None:
    assert blocks().index(UNANSWERED) == blocks().index(Heading("带什么")) - 1


def test_a_matter_without_a_number_of_its_own_names_the_general_one() -> None:
    made = blocks(replace(ROUTE, hotline="无统一短号"))
    assert not [block for block in made if isinstance(block, Large)]
    assert Paragraph(ZH.say("slips.contact.unknown", hotline="12345")) in made


def test_channels_alone_do_not_lead_to_the_general_hotline() -> None:
    assert "12345" not in str(said(slip()))


def test_what_there_is_not_has_no_label() -> None:
    made = said(slip(replace(ROUTE, other_channel="", bring=())))
    assert "别的办法" not in made
    assert "带什么" not in made


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_every_route_can_be_printed_in_every_language(words) -> None:
    for route in wiring.edition().routes.values():
        made = contact_slip("演示", route, words, WINDOW)
        assert route.responsible in said(made)
        assert all(block.value for block in made.blocks if isinstance(block, Line | Large))
