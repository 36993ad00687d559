"""Slips as they come out of the printer; their QR codes read by a decoder that is not ours."""

import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
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
from tests.kiosk.domain.slip.paper import said
from tests.kiosk.domain.slip.test_contact import slip as contact
from tests.kiosk.domain.slip.test_receipt import COMPLAINT
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

BARE = Slip("演示", "演示数据", (), LINK, "演示", "演示")


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


def pixels(image: QImage) -> NDArray[np.bool_]:
    """Rows of pixels, true where the paper stays white."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()] > 127


def code_width(image: QImage) -> int:
    """The dots across a picture's QR code."""
    grey = np.where(pixels(image), 255, 0).astype(np.uint8)
    (found,) = zxingcpp.read_barcodes(np.ascontiguousarray(grey))
    return int(found.position.top_right.x - found.position.top_left.x + 1)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.fixture(scope="module")
def receipt() -> Slip:
    return receipt_slip(replace(COMPLAINT, link=LINK), WORDS)


@pytest.mark.usefixtures("qapp")
class TestTheRoll:
    def test_a_phone_reads_the_code_of_every_kind_of_slip(
        self, catalogue: CompiledCatalogue, receipt: Slip
    ) -> None:
        for slip in (of_item(catalogue, "DEMO-SK-007"), receipt, record_slip(RECORD, WORDS, LINK)):
            assert decoded(thermal(slip)) == LINK

    def test_a_slip_without_a_link_has_no_code_and_no_room_for_one(self) -> None:
        without = thermal(contact())
        assert decoded(without) == ""
        with_code = thermal(replace(contact(), link=LINK))
        assert decoded(with_code) == LINK
        assert with_code.height() - without.height() > 25 / 25.4 * 203

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

    def test_it_is_black_and_white_and_stays_so_in_the_pdf(
        self, catalogue: CompiledCatalogue
    ) -> None:
        slip = longest(catalogue)
        assert thermal(slip).format() == QImage.Format.Format_Mono
        assert b"/DCTDecode" not in thermal_pdf(slip)

    @pytest.mark.parametrize("link", [LINK, "http://127.0.0.1/", LINK + "&演示=" + "x" * 300])
    def test_its_code_is_at_least_25_mm_wide_without_the_quiet_zone(self, link: str) -> None:
        image = thermal(replace(BARE, link=link))
        assert code_width(image) / 203 * 25.4 >= 25
        assert decoded(image) == link

    def test_long_words_wrap_and_nothing_reaches_the_edge(self) -> None:
        word = "A" * 300 + "龘" * 300
        texts = Heading(word), Line(word, word), Point(word, word, 1), Paragraph(word)
        told = (*texts, Large(word, word), Table((word, word), ((word, word),)))
        image = thermal(replace(BARE, title=word, mark=word, blocks=told, footer=word))
        dark = ~pixels(image)
        assert not dark[:, :4].any()
        assert not dark[:, -4:].any()

    @pytest.mark.parametrize("rare", ["\u9fef", "\ue81e", "\U00020000", "\U00031350", "\U0001f468"])
    def test_a_letter_no_table_knows_is_still_printed(self, rare: str) -> None:
        def of(name: str) -> QImage:
            return thermal(replace(BARE, blocks=(Line("姓名", name),)))

        assert of(f"演{rare}示") != of("演 示")

    def test_its_watermark_is_made_of_dots(self) -> None:
        without, marked = thermal(BARE), thermal(replace(BARE, watermark="演示 · 无效"))
        assert np.count_nonzero(~pixels(marked)) > np.count_nonzero(~pixels(without))
        assert decoded(marked) == LINK

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

    def test_every_page_has_the_watermark_and_a_foot(self) -> None:
        pdf = a4(record_slip(RECORD, WORDS, LINK))
        for page in range(pages(pdf)):
            seen = drawn(pdf, page)
            assert np.count_nonzero(np.abs(seen.astype(int) - 0xDD) < 8) > 1000
            assert (seen[round((297 - 22) / 297 * len(seen)) :] < 128).any()

    def test_no_line_is_cut_in_two(self) -> None:
        told = replace(BARE, blocks=tuple(Paragraph(f"第{n}段演示。" * 9) for n in range(80)))
        pdf = a4(told)
        assert pages(pdf) > 2
        for page in range(pages(pdf)):
            ink = (drawn(pdf, page) < 128).any(axis=1)
            top, bottom = (round(15 / 297 * len(ink)), round((297 - 23) / 297 * len(ink)))
            assert not ink[:top].any()
            assert not ink[bottom - 1 : bottom + 3].any()

    def test_every_word_is_on_its_pages(self, catalogue: CompiledCatalogue) -> None:
        slip = longest(catalogue)
        pdf = a4(slip)
        told = "".join(letters(written(pdf, page)) for page in range(pages(pdf)))
        wanted = "".join(map(letters, said(slip)))
        assert len(told) == len(wanted)
        # The font draws some letters as others of the same shape (门 as the radical, 户 as 戶).
        assert sum(a != b for a, b in zip(told, wanted, strict=True)) < len(wanted) / 20

    def test_a_table_s_columns_are_named_on_every_page_it_takes(self) -> None:
        pdf = a4(record_slip(RECORD, WORDS, LINK))
        told = [letters(written(pdf, page)) for page in range(pages(pdf))]
        with_rows = [page for page in told if "已到账" in page]
        assert len(with_rows) > 1
        assert all("基数" in page for page in with_rows)

    def test_a_long_watermark_is_set_smaller_not_cut(self) -> None:
        pdf = a4(replace(BARE, watermark="演示数据不作凭证" * 12))
        ink = (drawn(pdf, 0) < 0xF0).any(axis=0)
        edge = round(10 / 210 * len(ink))
        assert not ink[:edge].any()
        assert not ink[-edge:].any()

    def test_it_can_be_painted_beside_the_screen(self, catalogue: CompiledCatalogue) -> None:
        slip = longest(catalogue)
        with ThreadPoolExecutor(2) as beside:
            painted = [each.result() for each in [beside.submit(a4, slip) for _ in range(4)]]
        assert [pages(pdf) for pdf in painted] == [pages(a4(slip))] * 4
        assert all(as_seen(pdf, pages(pdf) - 1) == LINK for pdf in painted)

    def test_a_phone_reads_the_code_of_the_sheet(self, catalogue: CompiledCatalogue) -> None:
        for slip in (of_item(catalogue, "DEMO-SK-007"), record_slip(RECORD, WORDS, LINK)):
            pdf = a4(slip)
            assert as_seen(pdf, pages(pdf) - 1) == LINK


def drawn(pdf: bytes, page: int) -> NDArray[np.uint8]:
    """A page of a PDF in grey, drawn by a renderer that is not Qt's."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return (
            document[page]
            .render(scale=3, grayscale=True)
            .to_numpy()
            .reshape(round(document[page].get_height() * 3), -1)
            .copy()
        )


def written(pdf: bytes, page: int) -> str:
    """The text of a page of a PDF."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return str(document[page].get_textpage().get_text_range())


def letters(text: str) -> str:
    """Its letters alone: a PDF's text knows no spaces, and bold digits only by their glyphs."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if c.isalpha() or "\u2e80" <= c <= "\u2eff")


def as_seen(pdf: bytes, page: int = 0) -> str:
    """What a phone reads on a page of a PDF."""
    found = zxingcpp.read_barcodes(drawn(pdf, page))
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
