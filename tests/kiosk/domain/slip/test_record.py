from dataclasses import replace
from datetime import datetime

from kiosk import wiring
from kiosk.domain.counter.record import Record
from kiosk.domain.slip.model import Large, Table
from kiosk.domain.slip.record import record_slip
from kiosk.domain.words import Language
from services.content.words import load_words
from tests.kiosk.domain.slip.paper import said

WORDS = load_words(wiring.RESOURCES / "text", Language.ZH)
LINK = "http://127.0.0.1:8471/check/BBC222222222"
RECORD = Record(
    title="演示记录",
    lines=(("姓名", "演示甲"), ("单位", "演示单位")),
    columns=("月份", "状态"),
    rows=(("2026年1月", "已到账"), ("2026年2月", "未到账")),
    issuer="演示数据 · 非真实记录",
    issued_at=datetime.fromisoformat("2026-11-25T12:03:00+08:00"),
    check_code="BBC2-2222-2222",
    check_path="/check/BBC222222222",
    watermark="演示 · 无效",
)


def test_the_whole_record_is_on_its_page() -> None:
    told = said(record_slip(RECORD, WORDS, LINK))
    wanted = [RECORD.title, RECORD.issuer, RECORD.check_code, "2026-11-25 12:03", *RECORD.columns]
    wanted += [text for line in RECORD.lines for text in line]
    wanted += [cell for row in RECORD.rows for cell in row]
    assert [text for text in wanted if text not in told] == []


def test_it_is_marked_across_the_page_and_leads_to_the_check() -> None:
    slip = record_slip(RECORD, WORDS, LINK)
    assert slip.watermark == "演示 · 无效"
    assert slip.link == LINK
    assert slip.mark == "演示数据"


def test_the_check_code_is_large_enough_to_copy() -> None:
    blocks = record_slip(RECORD, WORDS, LINK).blocks
    assert [block.value for block in blocks if isinstance(block, Large)] == ["BBC2-2222-2222"]


def test_a_record_without_a_table_has_none() -> None:
    slip = record_slip(replace(RECORD, columns=(), rows=()), WORDS, LINK)
    assert not [block for block in slip.blocks if isinstance(block, Table)]
    assert "明细" not in said(slip)
