"""How a case stands, on paper."""

from datetime import tzinfo

from kiosk.domain.questions.wording import say_day
from kiosk.domain.slip.model import Block, Heading, Large, Line, Paragraph, Point, Slip
from kiosk.domain.submission.case import CaseStatus
from kiosk.domain.words import Words


def status_slip(status: CaseStatus, words: Words, zone: tzinfo | None, link: str) -> Slip:
    """The case's life with times in `zone`, and the department's answer. Without the query code:
    whoever finds the slip cannot act for the citizen."""
    say = words.say
    answer: tuple[Block, ...] = ()
    if status.result:
        answer = (
            Heading(say("slips.status.answer", department=status.department)),
            Paragraph(status.result),
        )
    due = status.feedback_due
    return Slip(
        title=say("slips.status.title"),
        mark=say("slips.mark"),
        blocks=(
            Large(say("slips.receipt.number"), status.number),
            Line(say("slips.status.matter"), status.item_name),
            Line(say("slips.status.state"), say(f"states.{status.state}.title")),
            *answer,
            *(
                (Paragraph(say("slips.status.due", day=say_day(due, words.language))),)
                if due
                else ()
            ),
            Heading(say("slips.status.life")),
            *(
                Point(
                    say(f"states.{event.state}.title"),
                    f"{event.at.astimezone(zone):%Y-%m-%d %H:%M}",
                )
                for event in status.events
            ),
        ),
        link=link,
        caption=say("slips.receipt.caption"),
        footer=say("slips.receipt.footer"),
    )
