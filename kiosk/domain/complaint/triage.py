"""Which of the four accepted classes a complaint falls into, from the facts of the flow."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.questions.model import Facts

PROVINCIAL = "省级"
TO_VERIFY = "待核实"
CENTRE = "省政务服务中心"

_ACCEPTED_LEVELS = (PROVINCIAL, TO_VERIFY)
_ACCEPTED_PLACES = (CENTRE, TO_VERIFY)
_OF_CLASS_1 = ("1A", "1B", "1C", "1D")
_OF_CLASS_3 = ("3A", "3B")


@dataclass(frozen=True, slots=True)
class Classification:
    """Every class hit is kept; `primary` (4 > 3 > 1 > 2) serves dispatch only.

    `subclasses` are keys of the text file `triage` (1A … 4). Nothing hit: `classes` is empty and
    the matter is registered as an enquiry.
    """

    primary: str
    classes: tuple[str, ...]
    subclasses: tuple[str, ...]
    level_to_verify: bool


def classify(facts: Facts) -> Classification:
    """The classification rule of the domain's triage tree.

    Whether a time limit has really passed (1B, 1C) needs the item's official limits; the window
    verifies it. A level nobody knows (待核实) is registered, never refused.
    """
    hits = tuple(_hits(facts))
    return Classification(
        primary=hits[0][0] if hits else "",
        classes=tuple(number for number, _ in hits),
        subclasses=tuple(subclass for _, subclass in hits),
        level_to_verify=facts.get("level") == TO_VERIFY,
    )


def verdict(classification: Classification) -> dict[str, str | list[str]]:
    """The classification as it travels in a submission.

    Keys: `primary`, `classes`, `subclasses`, and `level`, which is 省级 or 待核实.
    """
    return {
        "primary": classification.primary,
        "classes": list(classification.classes),
        "subclasses": list(classification.subclasses),
        "level": TO_VERIFY if classification.level_to_verify else PROVINCIAL,
    }


def _hits(facts: Facts) -> Iterator[tuple[str, str]]:
    """Class and subclass of every class hit, the one to dispatch by first."""
    level_accepted = facts.get("level") in _ACCEPTED_LEVELS
    if facts.get("tag4") and level_accepted:
        yield "4", "4"
    pushed = str(facts.get("sub3", ""))
    if facts.get("tag3") and pushed in _OF_CLASS_3 and facts.get("place") in _ACCEPTED_PLACES:
        yield "3", pushed
    refused = str(facts.get("sub", ""))
    if refused in _OF_CLASS_1 and level_accepted:
        yield "1", refused
    if facts.get("tag2"):
        yield "2", "2"
