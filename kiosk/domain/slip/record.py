"""A record on paper (查询打印): what an authority's books say, checkable by its code."""

from kiosk.domain.counter.record import Record
from kiosk.domain.slip.model import Heading, Large, Line, Slip, Table
from kiosk.domain.words import Words


def record_slip(record: Record, words: Words, link: str) -> Slip:
    """The whole record; `link` is where whoever is shown the paper can check it."""
    say = words.say
    table = (Heading(say("slips.record.details")), Table(record.columns, record.rows))
    return Slip(
        title=record.title,
        mark=say("slips.mark"),
        blocks=(
            *(Line(label, value) for label, value in record.lines),
            *(table if record.columns else ()),
            Line(say("slips.record.issuer"), record.issuer),
            Line(say("slips.record.issued"), f"{record.issued_at:%Y-%m-%d %H:%M}"),
            Large(say("slips.record.check"), record.check_code),
        ),
        link=link,
        caption=say("slips.record.caption"),
        footer=say("slips.record.footer"),
        watermark=record.watermark,
    )
