from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wiring
from kiosk.domain.catalogue.guide import (
    CommonQuestion,
    DayUnit,
    Exemption,
    Guide,
    Material,
    MaterialForm,
    Need,
)
from kiosk.domain.catalogue.model import KioskKind
from kiosk.domain.catalogue.places import Contact, Hall, Place
from kiosk.domain.slip.guide import guide_slip
from kiosk.domain.slip.model import Heading, Large, Line, Point, Slip
from kiosk.domain.words import Language
from services.content.words import load_words
from tests.kiosk.domain.slip.paper import said
from tests.services.catalogue.made_up import item

ZH, EN = (load_words(wiring.RESOURCES / "text", language) for language in Language)
LINK = "http://127.0.0.1:8471/g/XX-001?v=7&at=340103"
ITEM = replace(
    item(1, "演示事项"),
    service_object=("个人", "法人"),
    kind=KioskKind.GUIDE,
    promise_days=5,
    handle_type="承诺件",
)
GUIDE = Guide(
    version=7,
    conditions=("演示条件甲", "演示条件乙"),
    materials=(
        Material("演示证件", MaterialForm.ORIGINAL, 1, "演示发证机关"),
        Material("演示表格", MaterialForm.BOTH, 2, "自备", Need.LATER, Exemption.SHARED, "代办时"),
    ),
    steps=("演示步骤一", "演示步骤二", "演示步骤三"),
    legal_days=20,
    legal_unit=DayUnit.DAY,
    fee="演示收费",
    result="演示结果",
    delivery="演示送达",
    fields=(),
    questions=(CommonQuestion("演示问题？", "演示回答。"),),
)
HALL = Hall(
    "h1", "演示大厅", "340103", "演示地址", "09:00", "17:00", since=date(2026, 1, 1), until=None
)
PLACE = Place(HALL, "演示窗口")
CONTACT = Contact("12345", "12388")
REACH = "演示归属地"


def slip(
    guide: Guide = GUIDE, place: Place | None = PLACE, contact: Contact | None = CONTACT
) -> Slip:
    return guide_slip(
        ITEM, guide, ZH, edition=3, place=place, contact=contact, reach_text=REACH, link=LINK
    )


def lines(of: Slip) -> dict[str, str]:
    return {block.label: block.value for block in of.blocks if isinstance(block, Line)}


texts = st.text(min_size=1, max_size=20)
materials = st.builds(
    Material,
    texts,
    st.sampled_from(MaterialForm),
    st.integers(1, 9),
    texts,
    st.sampled_from(Need),
    st.sampled_from(Exemption),
    texts,
)
guides = st.builds(
    Guide,
    version=st.integers(1, 99),
    conditions=st.lists(texts, max_size=4).map(tuple),
    materials=st.lists(materials, max_size=4).map(tuple),
    steps=st.lists(texts, max_size=4).map(tuple),
    legal_days=st.integers(0, 90),
    legal_unit=st.sampled_from(DayUnit),
    fee=texts,
    result=texts,
    delivery=texts,
    fields=st.just(()),
    questions=st.lists(st.builds(CommonQuestion, texts, texts), max_size=3).map(tuple),
)


@given(guides)
def test_every_word_of_a_guide_is_on_its_slip(guide: Guide) -> None:
    told = said(slip(guide))
    wanted = [guide.fee, guide.result, guide.delivery, *guide.conditions, *guide.steps]
    wanted += [each.name for each in guide.materials]
    for question in guide.questions:
        wanted += [question.ask, question.answer]
    assert [text for text in wanted if text not in told] == []
    for material in guide.materials:
        assert any(material.issuer in text and material.situation in text for text in told)


def test_it_says_where_and_when_and_whom_to_ask() -> None:
    values = lines(slip())
    assert values["大厅"] == "演示大厅"
    assert values["地址"] == "演示地址"
    assert values["窗口"] == "演示窗口"
    assert values["开门时间"] == "工作日 09:00–17:00"
    assert values["咨询电话"] == "12345"
    assert values["投诉电话"] == "12388"
    assert REACH in said(slip())


def test_it_says_who_can_apply_how_long_it_takes_and_whose_it_is() -> None:
    values = lines(slip())
    assert values["谁可以办"] == "个人、法人"
    assert values["多久办好"] == "5个工作日办好"
    assert values["法定期限"] == "规定不超过20天"
    assert values["谁来办"] == "演示部门"


def test_a_hall_without_a_window_for_the_matter_sends_to_its_desk() -> None:
    assert lines(slip(place=Place(HALL, "")))["窗口"] == ZH.say("guide.any_window")


def test_what_nobody_knows_is_left_out() -> None:
    bare = lines(slip(place=None, contact=None))
    assert not bare.keys() & {"大厅", "地址", "窗口", "开门时间", "咨询电话", "投诉电话"}


@pytest.mark.parametrize(
    ("material", "told"),
    [
        (Material("演示", MaterialForm.COPY, 2, "自备"), "复印件2份 · 自备"),
        (
            Material("演示", MaterialForm.ORIGINAL, 1, "自备", Need.OPTIONAL, situation="代办时"),
            "原件1份 · 自备 · 代办时 · 没有也能办",
        ),
        (
            Material("演示", MaterialForm.BOTH, 1, "自备", Need.LATER, Exemption.LICENCE),
            "原件和复印件各1份 · 自备 · 可以后补 · 免提交：有电子证照",
        ),
    ],
)
def test_a_material_says_form_copies_issuer_need_and_what_spares_it(
    material: Material, told: str
) -> None:
    assert Point("演示", told, 1) in slip(replace(GUIDE, materials=(material,))).blocks


def test_materials_and_steps_are_counted() -> None:
    numbers = [block.number for block in slip().blocks if isinstance(block, Point)]
    assert numbers == [1, 2, 0, 0, 1, 2, 3, 0]


def test_a_matter_that_needs_no_paper_says_so() -> None:
    assert ZH.say("slips.guide.no_materials") in said(slip(replace(GUIDE, materials=())))


def test_a_part_without_anything_has_no_heading() -> None:
    bare = slip(replace(GUIDE, conditions=(), steps=(), questions=()))
    headings = [block.text for block in bare.blocks if isinstance(block, Heading)]
    assert headings == ["到哪里办", "要带什么"]


def test_the_short_code_comes_first_and_large() -> None:
    first = slip().blocks[0]
    assert isinstance(first, Large)
    assert first.value == "XX-001"


def test_it_is_marked_and_names_version_edition_and_link() -> None:
    made = slip()
    assert made.mark == "演示数据"
    assert made.footer == "办事指南第7版 · 事项目录第3期 · 演示数据"
    assert made.link == LINK


def test_it_can_be_said_in_english() -> None:
    made = guide_slip(
        ITEM, GUIDE, EN, edition=3, place=PLACE, contact=CONTACT, reach_text="", link=LINK
    )
    assert made.footer == "Guide version 7 · catalogue edition 3 · demo data"
