"""An item's guide on paper: the complete 一次性告知."""

from collections.abc import Iterator

from kiosk.domain.catalogue.guide import Guide
from kiosk.domain.catalogue.model import ServiceItem
from kiosk.domain.catalogue.places import Contact, Place
from kiosk.domain.catalogue.wording import legal, material_note, promised, spared
from kiosk.domain.slip.model import Block, Heading, Large, Line, Paragraph, Point, Slip
from kiosk.domain.words import Words


def guide_slip(
    item: ServiceItem,
    guide: Guide,
    words: Words,
    *,
    edition: int,
    place: Place | None,
    contact: Contact | None,
    reach_text: str,
    link: str,
) -> Slip:
    """Everything the guide says, for one place. `reach_text` says how far from home it can be done;
    `link` is the guide's page for a phone."""
    say = words.say
    return Slip(
        title=item.name,
        mark=item.label,
        blocks=(
            Large(say("slips.guide.code"), item.code),
            *_facts(item, guide, words),
            *_where(place, contact, words),
            Paragraph(reach_text),
            *material_blocks(guide, words),
            *_points(say("slips.guide.conditions"), guide.conditions),
            *_points(say("slips.guide.steps"), guide.steps, numbered=True),
            *_questions(guide, words),
        ),
        link=link,
        caption=say("slips.guide.caption"),
        footer=say("slips.guide.footer", version=guide.version, edition=edition),
    )


def _facts(item: ServiceItem, guide: Guide, words: Words) -> Iterator[Block]:
    say = words.say
    yield Line(say("slips.guide.who"), "、".join(item.service_object))
    yield Line(say("slips.guide.promise"), promised(item, words))
    yield Line(say("slips.guide.legal"), legal(guide, words))
    yield Line(say("slips.guide.fee"), guide.fee)
    yield Line(say("slips.guide.result"), guide.result)
    yield Line(say("slips.guide.delivery"), guide.delivery)
    yield Line(say("slips.guide.department"), item.department)


def _where(place: Place | None, contact: Contact | None, words: Words) -> Iterator[Block]:
    say = words.say
    if place is not None:
        hall = place.hall
        yield Heading(say("slips.guide.where"))
        yield Line(say("slips.guide.hall"), hall.name)
        yield Line(say("slips.guide.address"), hall.address)
        yield Line(say("slips.guide.window"), place.window or say("guide.any_window"))
        yield Line(
            say("slips.guide.open"), say("guide.hours", opens=hall.opens, closes=hall.closes)
        )
    if contact is not None:
        yield Line(say("slips.guide.consult"), contact.consult)
        yield Line(say("slips.guide.supervise"), contact.supervise)


def material_blocks(guide: Guide, words: Words) -> Iterator[Block]:
    """What to bring, each with what spares it."""
    yield Heading(words.say("slips.guide.materials"))
    if not guide.materials:
        yield Paragraph(words.say("slips.guide.no_materials"))
    for number, material in enumerate(guide.materials, start=1):
        notes = filter(None, (material_note(material, words), spared(material, words)))
        yield Point(material.name, " · ".join(notes), number)


def _points(title: str, texts: tuple[str, ...], *, numbered: bool = False) -> Iterator[Block]:
    if texts:
        yield Heading(title)
        for number, text in enumerate(texts, start=1):
            yield Point(text, number=number if numbered else 0)


def _questions(guide: Guide, words: Words) -> Iterator[Block]:
    if guide.questions:
        yield Heading(words.say("slips.guide.questions"))
        for question in guide.questions:
            yield Point(question.ask, question.answer)
