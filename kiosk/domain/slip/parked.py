"""The code of a parked form on paper."""

from datetime import date

from kiosk.domain.questions.wording import say_day
from kiosk.domain.slip.model import Large, Paragraph, Slip
from kiosk.domain.words import Words


def parked_slip(code: str, today: date, words: Words, link: str) -> Slip:
    """Nothing but the code, and how long it holds; `link` leads to the public site."""
    say = words.say
    return Slip(
        title=say("slips.parked.title"),
        mark=say("slips.mark"),
        blocks=(
            Large(say("slips.parked.code"), code),
            Paragraph(say("slips.parked.until", day=say_day(today, words.language))),
        ),
        link=link,
        caption=say("slips.parked.caption"),
        footer=say("slips.parked.footer"),
    )
