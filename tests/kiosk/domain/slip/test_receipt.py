from dataclasses import replace
from datetime import datetime

import pytest

from kiosk import wiring
from kiosk.domain.catalogue.guide import Exemption, Material, MaterialForm, Need
from kiosk.domain.complaint.triage import Classification
from kiosk.domain.slip.model import Block, Heading, Large, Line, Paragraph, Point, Slip
from kiosk.domain.slip.receipt import Receipt, receipt_slip
from kiosk.domain.slip.window import Window
from kiosk.domain.words import Language
from services.content.words import load_words
from tests.kiosk.domain.slip.paper import said
from tests.kiosk.domain.slip.test_contact import ROUTE
from tests.kiosk.domain.slip.test_guide import GUIDE, ITEM

WORDS, EN = (load_words(wiring.RESOURCES / "text", language) for language in Language)
LINK = "http://127.0.0.1:8471/track?number=BBC-2222-2222-2"
RECEIPT = Receipt(
    title="已经记下了",
    number="BBC-2222-2222-2",
    code="12 34 55",
    at=datetime.fromisoformat("2026-11-25T12:03:00+08:00"),
    window=Window("演示大厅", "演示窗口", "09:00", "17:00"),
    matter="您反映的是：演示事项",
    told=("应当在 10月29日（周四） 前办完", ""),
    steps=(("登记", "明天"), ("督办", "后天"), ("回复", "大后天")),
    link=LINK,
)
COMPLAINT = replace(
    RECEIPT,
    division="演示市演示区",
    department="演示部门",
    phone="13800000000",
    found=Classification("3", ("3", "1"), ("3A", "1C"), "省级"),
)


def slip(receipt: Receipt = RECEIPT) -> Slip:
    return receipt_slip(receipt, WORDS)


def lines(of: Slip) -> list[tuple[str, str]]:
    return [(block.label, block.value) for block in of.blocks if isinstance(block, Line)]


def under(of: Slip, heading: str) -> list[Block]:
    """What stands between a heading and the next."""
    at = of.blocks.index(Heading(heading)) + 1
    ends = [n for n, block in enumerate(of.blocks) if isinstance(block, Heading) and n >= at]
    return list(of.blocks[at : min(ends, default=len(of.blocks))])


def test_number_and_query_code_are_large_enough_to_copy() -> None:
    large = [block.value for block in slip().blocks if isinstance(block, Large)]
    assert large == ["BBC-2222-2222-2", "12 34 55"]


def test_it_says_the_matter_and_what_happens_next() -> None:
    told = said(slip())
    assert {"已经记下了", "您反映的是：演示事项", "应当在 10月29日（周四） 前办完"} <= set(told)
    assert under(slip(), "接下来") == [
        Point("登记：明天", number=1),
        Point("督办：后天", number=2),
        Point("回复：大后天", number=3),
    ]
    assert "演示数据" in told


def test_it_says_where_and_when_it_was_handed_in_and_how_to_follow_it() -> None:
    assert ("记下的时间", "2026-11-25 12:03") in lines(slip())
    follow = under(slip(), "怎么查进度")
    assert [block.text[:2] for block in follow if isinstance(block, Point)] == [
        "任何",
        "手机",
        "窗口",
    ]
    assert [block.value for block in follow if isinstance(block, Line)] == [
        "演示大厅",
        "演示窗口",
        "工作日 09:00–17:00",
    ]


def test_a_complaint_says_its_class_and_every_way_it_was_hit_in_plain_words() -> None:
    found = lines(slip(COMPLAINT))
    assert ("归类", "第三类：部门推、部门拖") in found
    assert [value for label, value in found if label == "情形"] == [
        "几个部门互相推（第三类·推诿扯皮）",
        "收了材料，一直没办完（第一类·办理超时）",
    ]
    assert ("归属地", "演示市演示区") in found
    assert ("管这件事的部门", "演示部门") in found


def test_of_a_phone_number_only_the_ends_are_printed() -> None:
    made = slip(COMPLAINT)
    assert ("有结果打这个电话", "138****0000") in lines(made)
    assert "13800000000" not in str(said(made))


@pytest.mark.parametrize("receipt", [RECEIPT, COMPLAINT, replace(RECEIPT, matter="")])
def test_no_label_stands_without_a_value_and_no_text_is_empty(receipt: Receipt) -> None:
    made = slip(receipt)
    assert all(value for _, value in lines(made))
    assert all(block.text for block in made.blocks if isinstance(block, Paragraph | Point))


def test_somebody_else_s_matter_says_whom_to_turn_to() -> None:
    found = Classification("", (), (), "待核实", route=ROUTE.id)
    made = slip(replace(RECEIPT, found=found, route=ROUTE))
    assert ("归谁管", "演示监察机关") in lines(made)
    assert Large("电话", "12333") in made.blocks
    assert under(made, "带什么") == [Point("演示证件"), Point("演示合同")]


def test_an_enquiry_about_an_item_says_what_to_bring_as_its_guide_does_and_how_long() -> None:
    papers = (
        Material("演示证件", MaterialForm.ORIGINAL, 1, "自备", Need.REQUIRED, Exemption.LICENCE),
        Material("演示表格", MaterialForm.COPY, 2, "自备"),
    )
    guide = ITEM, replace(GUIDE, materials=papers), "最晚 12月3日（周四） 办好。"
    made = slip(replace(RECEIPT, found=Classification("", (), (), "省级"), guide=guide))
    assert under(made, "要带什么") == [
        Point("演示证件", "原件1份 · 自备 · 免提交：有电子证照", 1),
        Point("演示表格", "复印件2份 · 自备", 2),
    ]
    assert under(made, "多久办好") == [
        Paragraph("5个工作日办好"),
        Paragraph("最晚 12月3日（周四） 办好。"),
    ]
    assert not [label for label, _ in lines(made) if label in ("归类", "情形")]


def test_where_no_days_are_promised_none_are_told() -> None:
    guide = replace(ITEM, promise_days=None), GUIDE, ""
    made = slip(replace(RECEIPT, guide=guide))
    assert len(under(made, "多久办好")) == 1


def test_it_leads_to_the_tracking_page() -> None:
    assert slip().link == LINK


def test_number_code_and_phone_stay_out_of_its_text_form() -> None:
    assert "2222" not in repr(COMPLAINT) + repr(slip(COMPLAINT))
    assert "138" not in repr(COMPLAINT) + repr(slip(COMPLAINT))


def test_it_can_be_said_in_english() -> None:
    made = receipt_slip(COMPLAINT, EN)
    assert ("Class", "Class 3: offices passing the buck or delaying") in lines(made)
    assert ("Noted at", "2026-11-25 12:03") in lines(made)
