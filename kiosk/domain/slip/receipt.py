"""A receipt on paper: number and query code, and what happens next."""

from collections.abc import Iterable

from kiosk.domain.slip.model import Heading, Large, Paragraph, Point, Slip
from kiosk.domain.words import Words


def receipt_slip(
    words: Words,
    *,
    title: str,
    number: str,
    code: str,
    matter: str,
    told: Iterable[str],
    steps: Iterable[tuple[str, str]],
    link: str,
) -> Slip:
    """`told` is what else must be known: when and where one is expected, which class it is, whose
    matter. `steps` are titles and sentences; `link` leads to the tracking page, without the query
    code: whoever finds the slip's picture has both, whoever scans it in passing has not."""
    say = words.say
    return Slip(
        title=title,
        mark=say("slips.mark"),
        blocks=(
            Large(say("slips.receipt.number"), number),
            Large(say("slips.receipt.code"), code),
            Paragraph(matter),
            *map(Paragraph, told),
            Heading(say("slips.receipt.next")),
            *(
                Point(f"{name}：{told}", number=at)
                for at, (name, told) in enumerate(steps, start=1)
            ),
        ),
        link=link,
        caption=say("slips.receipt.caption"),
        footer=say("slips.receipt.footer"),
    )
