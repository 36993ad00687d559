"""Which of the four accepted classes a complaint falls into, from the facts of the flow."""

from dataclasses import dataclass

from kiosk.domain.questions.model import Facts


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
    """The classification rule of the domain's triage tree."""
    raise NotImplementedError
