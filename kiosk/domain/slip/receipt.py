"""A receipt on paper: number and query code, what was handed in, and what happens next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.catalogue.guide import Guide
from kiosk.domain.catalogue.model import Route, ServiceItem
from kiosk.domain.catalogue.wording import promised
from kiosk.domain.complaint.triage import Classification
from kiosk.domain.questions.identity import masked_phone
from kiosk.domain.slip.contact import contact_blocks
from kiosk.domain.slip.guide import material_blocks
from kiosk.domain.slip.model import Block, Heading, Large, Line, Paragraph, Point, Slip
from kiosk.domain.slip.window import Window, window_blocks
from kiosk.domain.words import Words


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """What a receipt is made from; what is empty or None is left out.

    `matter`, `told` and `steps` are in the slip's language: what it is about, what else must be
    known (an appointment, a limit), and titles and sentences of what comes. `at` is when it was
    handed in. `division` and `department` say whose matter it is; `phone` is masked on the slip.
    `route`: the complaint is somebody else's matter. `guide`: what an enquiry about an item gets,
    with the sentence that says by which day it is done (empty: no days are promised). `link` leads
    to the tracking page, without the query code: whoever finds the slip's picture has both, whoever
    scans it in passing has not.
    """

    title: str
    number: str
    code: str
    at: datetime
    window: Window
    matter: str
    told: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    link: str
    division: str = ""
    department: str = ""
    phone: str = ""
    found: Classification | None = None
    route: Route | None = None
    guide: tuple[ServiceItem, Guide, str] | None = None


def receipt_slip(receipt: Receipt, words: Words) -> Slip:
    """No name, no document, nothing of the story: whoever finds it learns what it is about."""
    say = words.say
    return Slip(
        title=receipt.title,
        mark=say("slips.mark"),
        blocks=(
            Large(say("slips.receipt.number"), receipt.number),
            Large(say("slips.receipt.code"), receipt.code),
            *map(Paragraph, filter(None, (receipt.matter, *receipt.told))),
            *_facts(receipt, words),
            *(contact_blocks(receipt.route, words, general_too=True) if receipt.route else ()),
            *_guide(receipt, words),
            Heading(say("slips.receipt.next")),
            *(
                Point(f"{name}：{told}", number=at)
                for at, (name, told) in enumerate(receipt.steps, start=1)
            ),
            Heading(say("slips.receipt.follow")),
            Point(say("slips.receipt.at_any_kiosk")),
            Point(say("slips.receipt.by_phone")),
            *_at_the_window(receipt, words),
        ),
        link=receipt.link,
        caption=say("slips.receipt.caption"),
        footer=say("slips.receipt.footer"),
    )


def _facts(receipt: Receipt, words: Words) -> Iterator[Block]:
    say = words.say
    if receipt.found and receipt.found.primary:
        yield Line(say("slips.receipt.class"), say(f"triage.class.{receipt.found.primary}"))
        for subclass in receipt.found.subclasses:
            yield Line(say("slips.receipt.subclass"), say(f"triage.subclass.{subclass}"))
    phone = masked_phone(receipt.phone) if receipt.phone else ""
    for key, value in (
        ("division", receipt.division),
        ("department", receipt.department),
        ("phone", phone),
        ("at", f"{receipt.at:%Y-%m-%d %H:%M}"),
    ):
        if value:
            yield Line(say(f"slips.receipt.{key}"), value)


def _guide(receipt: Receipt, words: Words) -> Iterator[Block]:
    if receipt.guide:
        item, guide, by = receipt.guide
        yield from material_blocks(guide, words)
        yield Heading(words.say("slips.receipt.how_long"))
        yield Paragraph(promised(item, words))
        if by:
            yield Paragraph(by)


def _at_the_window(receipt: Receipt, words: Words) -> Iterator[Block]:
    yield Point(words.say("slips.receipt.at_the_window"))
    yield from window_blocks(receipt.window, words)
