from datetime import UTC, datetime

from kiosk.domain.counter.record import Record
from kiosk.domain.counter.request import CounterRequest

RECORD = Record(
    title="演示记录",
    lines=(("姓名", "演示某人"),),
    columns=("年度", "金额"),
    rows=(("1900", "演示金额"),),
    issuer="演示部门",
    issued_at=datetime(2026, 11, 25, 12, tzinfo=UTC),
    check_code="DEMO0000",
    check_path="/r/DEMO0000",
    watermark="演示数据",
)
REQUEST = CounterRequest("DEMO-XX-001", "340103", {"name": "演示某人"})


def test_what_is_personal_does_not_show_where_a_value_is_logged() -> None:
    for personal in (RECORD, REQUEST):
        assert not any(word in f"{personal!r} {personal}" for word in ("演示", "DEMO", "1900"))


def test_two_records_of_the_same_content_are_one() -> None:
    again = Record(
        RECORD.title,
        RECORD.lines,
        RECORD.columns,
        RECORD.rows,
        RECORD.issuer,
        RECORD.issued_at,
        RECORD.check_code,
        RECORD.check_path,
        RECORD.watermark,
    )
    assert again == RECORD
    assert CounterRequest("DEMO-XX-001", "340103", {"name": "演示某人"}) == REQUEST
