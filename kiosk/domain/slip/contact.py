"""Whom to turn to, on paper: whose matter it is and how to reach them. Nothing of the citizen's."""

import re
from collections.abc import Iterator

from kiosk.domain.catalogue.model import Route
from kiosk.domain.slip.model import Block, Heading, Large, Line, Paragraph, Point, Slip
from kiosk.domain.slip.window import Window, window_blocks
from kiosk.domain.words import Words

GENERAL_HOTLINE = "12345"
"""政务服务便民热线: other hotlines of the government have been merged into it or run in parallel
with it (国办发〔2020〕53号)."""
EMERGENCY_NUMBERS = frozenset({"110", "119", "120"})


def contact_slip(title: str, route: Route, words: Words, window: Window) -> Slip:
    """A slip of channels only: no number, no code, nothing that was said. `window` can help to
    reach them. The general hotline is not among them: what is shown as channels only (misconduct)
    is not for it."""
    return Slip(
        title=title,
        mark=words.say("slips.mark"),
        blocks=(
            *contact_blocks(route, words, general_too=False),
            Heading(words.say("slips.contact.help")),
            *window_blocks(window, words),
        ),
        link="",
        caption="",
        footer=words.say("slips.contact.footer"),
    )


def contact_blocks(route: Route, words: Words, *, general_too: bool) -> Iterator[Block]:
    """Who is responsible, how to reach them, and what to bring; with `general_too` also that the
    general hotline answers where theirs does not."""
    say = words.say
    yield Heading(say("slips.contact.title"))
    yield Line(say("slips.contact.responsible"), route.responsible)
    numbers = set(re.findall(r"\d+", route.hotline))
    if numbers:
        yield Large(say("slips.contact.hotline"), route.hotline)
    if route.other_channel:
        yield Line(say("slips.contact.channel"), route.other_channel)
    if general_too and not numbers & {GENERAL_HOTLINE, *EMERGENCY_NUMBERS}:
        key = "unanswered" if numbers else "unknown"
        yield Paragraph(say(f"slips.contact.{key}", hotline=GENERAL_HOTLINE))
    if route.bring:
        yield Heading(say("slips.contact.bring"))
        yield from map(Point, route.bring)
