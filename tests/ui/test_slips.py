"""Slips as they come out of the printer; their QR codes read by a decoder that is not ours."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication, QImage

from kiosk import wiring
from kiosk.domain.counter.record import Record
from kiosk.domain.slip.guide import guide_slip
from kiosk.domain.slip.model import Block, Heading, Large, Line, Paragraph, Point, Slip, Table
from kiosk.domain.slip.receipt import receipt_slip
from kiosk.domain.slip.record import record_slip
from kiosk.domain.words import Language
from services.catalogue.store import CompiledCatalogue
from services.content.words import load_words
from ui.slips import ROLL_DOTS, a4, thermal, thermal_pdf

WORDS = load_words(wiring.RESOURCES / "text", Language.ZH)
LINK = "http://127.0.0.1:8471/g/SK-007?v=1&at=340103"
RECORD = Record(
    title="演示记录",
    lines=(("姓名", "演示"), ("单位", "演示单位")),
    columns=("月份", "基数", "状态"),
    rows=tuple((f"2026年{month}月", "演示", "已到账") for month in range(1, 13)) * 8,
    issuer="演示数据 · 非真实记录",
    issued_at=datetime.fromisoformat("2026-11-25T12:00:00+08:00"),
    check_code="BBC2-2222-2222",
    check_path="/check/BBC222222222",
    watermark="演示 · 无效",
)


def of_item(catalogue: CompiledCatalogue, item_id: str) -> Slip:
    item = catalogue.items[item_id]
    return guide_slip(
        item,
        catalogue.guide(item_id),
        WORDS,
        edition=catalogue.number,
        place=catalogue.directory.place("340103", item.domain, date(2026, 11, 25)),
        contact=catalogue.directory.contacts[item.domain],
        reach_text="这件事归庐阳区，在这里就能办。",
        link=LINK,
    )


def longest(catalogue: CompiledCatalogue) -> Slip:
    sizes = {item: len(str(catalogue.guide(item))) for item in catalogue.items}
    return of_item(catalogue, max(sizes, key=sizes.__getitem__))


def decoded(image: QImage) -> str:
    """What a phone reads on a picture."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    found = zxingcpp.read_barcodes(np.ascontiguousarray(rows[:, : grey.width()]))
    return found[0].text if found else ""


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.fixture(scope="module")
def receipt() -> Slip:
    return receipt_slip(
        WORDS,
        title="申请已经交好",
        number="BBC-2222-2222-2",
        code="123455",
        matter="您申请的是：演示事项",
        appointment="",
        steps=(("登记", "明天"), ("办理", "后天")),
        link=LINK,
    )


@pytest.mark.usefixtures("qapp")
class TestTheRoll:
    def test_a_phone_reads_the_code_of_every_kind_of_slip(
        self, catalogue: CompiledCatalogue, receipt: Slip
    ) -> None:
        for slip in (of_item(catalogue, "DEMO-SK-007"), receipt, record_slip(RECORD, WORDS, LINK)):
            assert decoded(thermal(slip)) == LINK

    def test_a_phone_reads_the_code_of_the_longest_guide(
        self, catalogue: CompiledCatalogue
    ) -> None:
        image = thermal(longest(catalogue))
        assert image.width() == ROLL_DOTS
        assert decoded(image) == LINK

    def test_the_printed_page_is_as_wide_as_the_roll_and_one(
        self, catalogue: CompiledCatalogue
    ) -> None:
        pdf = thermal_pdf(longest(catalogue))
        assert pdf.startswith(b"%PDF")
        assert pages(pdf) == 1
        width = float(re.search(rb"/MediaBox \[0 0 ([0-9.]+)", pdf)[1])
        assert width == pytest.approx(80 / 25.4 * 72, abs=1)
        assert as_seen(pdf) == LINK

    def test_it_can_be_painted_beside_the_screen(self, catalogue: CompiledCatalogue) -> None:
        slip = longest(catalogue)
        with ThreadPoolExecutor(2) as beside:
            painted = [beside.submit(thermal, slip) for _ in range(4)]
            images = [each.result() for each in painted]
        assert all(image == images[0] for image in images)


@pytest.mark.usefixtures("qapp")
class TestTheSheet:
    def test_long_slips_take_several_pages(self, catalogue: CompiledCatalogue) -> None:
        assert pages(a4(record_slip(RECORD, WORDS, LINK))) > 1
        assert pages(a4(longest(catalogue))) >= 1

    def test_a_phone_reads_the_code_of_the_sheet(self, catalogue: CompiledCatalogue) -> None:
        for slip in (of_item(catalogue, "DEMO-SK-007"), record_slip(RECORD, WORDS, LINK)):
            pdf = a4(slip)
            assert as_seen(pdf, pages(pdf) - 1) == LINK


def as_seen(pdf: bytes, page: int = 0) -> str:
    """What a phone reads on a page of a PDF, drawn by a renderer that is not Qt's."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[page].render(scale=3).to_numpy()
        found = zxingcpp.read_barcodes(np.ascontiguousarray(picture[:, :, :3]))
    finally:
        document.close()
    return found[0].text if found else ""


def test_a_guide_on_paper_says_everything_the_guide_says(catalogue: CompiledCatalogue) -> None:
    for item_id in list(catalogue.items)[::40]:
        item, guide = catalogue.items[item_id], catalogue.guide(item_id)
        told = str(of_item(catalogue, item_id).blocks)
        wanted = [item.code, item.department, guide.fee, guide.result, guide.delivery]
        wanted += [*guide.conditions, *guide.steps, "庐阳区政务服务中心"]
        for material in guide.materials:
            wanted += [material.name, material.issuer, material.situation]
        for question in guide.questions:
            wanted += [question.ask, question.answer]
        assert [words for words in wanted if words not in told] == []


def test_a_slip_names_the_version_of_its_guide_and_its_edition(
    catalogue: CompiledCatalogue,
) -> None:
    slip = of_item(catalogue, "DEMO-SK-007")
    assert slip.footer == "办事指南第1版 · 事项目录第1期 · 演示数据"
    assert slip.mark == "演示数据"


any_text = st.text(st.characters(exclude_categories=()), max_size=200)
blocks = st.lists(
    st.one_of(
        st.builds(Heading, any_text),
        st.builds(Line, any_text, any_text),
        st.builds(Point, any_text, any_text),
        st.builds(Paragraph, any_text),
        st.builds(Large, any_text, any_text),
        st.builds(lambda cell: Table((cell, cell), ((cell, cell),)), any_text),
    ),
    max_size=6,
).map(tuple)


@settings(max_examples=25)
@given(title=any_text, blocks=blocks)
def test_no_text_breaks_a_slip(
    qapp: QGuiApplication, title: str, blocks: tuple[Block, ...]
) -> None:
    slip = Slip(title, "演示数据", blocks, LINK, title, title, title)
    image = thermal(slip)
    assert image.width() == ROLL_DOTS
    assert decoded(image) == LINK
    assert a4(slip).startswith(b"%PDF")


def test_nothing_of_a_slip_shows_in_its_text_form() -> None:
    assert "演示记录" not in repr(record_slip(RECORD, WORDS, LINK))
