"""What a guide holds, as a citizen reads it on the screen and on paper."""

from kiosk.domain.catalogue.guide import DayUnit, Exemption, Guide, Material, Need
from kiosk.domain.catalogue.model import ServiceItem
from kiosk.domain.words import Words


def promised(item: ServiceItem, words: Words) -> str:
    """How long it takes, in words."""
    if item.promise_days is None:
        return words.say("kinds.promise.by_rule")
    if item.promise_days == 0:
        return words.say("kinds.promise.on_the_spot")
    return words.say("kinds.promise.days", days=item.promise_days)


def legal(guide: Guide, words: Words) -> str:
    """The statutory period in words."""
    if not guide.legal_days:
        return words.say("kinds.promise.on_the_spot")
    unit = "workdays" if guide.legal_unit is DayUnit.WORKDAY else "days"
    return words.say(f"guide.legal.{unit}", days=guide.legal_days)


def material_note(material: Material, words: Words) -> str:
    """Form and copies, who issues it, when it is wanted, and how necessary it is."""
    form = words.say(f"guide.form.{material.form.name.lower()}", count=material.copies)
    parts = [form, material.issuer, material.situation]
    if material.need is not Need.REQUIRED:
        parts.append(words.say(f"guide.need.{material.need.name.lower()}"))
    return " · ".join(filter(None, parts))


def spared(material: Material, words: Words) -> str:
    """What spares the citizen a material; empty if it must be shown."""
    if material.exempt_by is Exemption.NONE:
        return ""
    return words.say(f"guide.exempt.{material.exempt_by.name.lower()}")
