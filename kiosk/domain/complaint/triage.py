"""Which of the four accepted classes a complaint falls into, from the facts of the flow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kiosk.domain.calendar.workdays import Workdays
from kiosk.domain.complaint.deadline import NO_ANSWER, UNFINISHED, Deadline, deadline
from kiosk.domain.complaint.scope import TO_VERIFY, Scope
from kiosk.domain.questions.model import Facts

Verdict: TypeAlias = Mapping[str, str | list[str]]
"""A classification as it travels (see `verdict`)."""

_OF_CLASS_1 = ("1A", "1B", "1C", "1D")
_OF_CLASS_3 = {"pushed": "3A", "delayed": "3B"}


@dataclass(frozen=True, slots=True)
class Classification:
    """Every class hit is kept; `primary` (4 > 3 > 1 > 2) serves dispatch only.

    `subclasses` are keys of the text file `triage` (1A … 4). `route`: somebody else's matter, by
    the id of the route it goes. Neither a class nor a route: the matter is registered as an
    enquiry. `deadline`: the limit that was computed, passed or not. `hint`: the route to who looks
    after being sent about or kept waiting where that did not happen in the centre.
    """

    primary: str
    classes: tuple[str, ...]
    subclasses: tuple[str, ...]
    level: str
    route: str = ""
    deadline: Deadline | None = None
    hint: str = ""

    @property
    def is_enquiry(self) -> bool:
        """Whether it hits no class and is nobody else's matter."""
        return not self.primary and not self.route

    @property
    def level_to_verify(self) -> bool:
        """Whether somebody must find out first at which level the matter is handled."""
        return self.level == TO_VERIFY


def classify(facts: Facts, scope: Scope, workdays: Workdays, today: date) -> Classification:
    """The classification rule of the domain's triage tree.

    A level nobody knows (待核实) is registered, never refused; so is a limit (1B, 1C) that cannot
    be computed because a day or the item's promise is not known.
    """
    route = str(facts.get("route", "")) if facts.get("outside") else ""
    limit = None if route else deadline(facts, workdays, today)
    hits = () if route else tuple(_hits(facts, scope, limit))
    return Classification(
        primary=hits[0][0] if hits else "",
        classes=tuple(dict.fromkeys(number for number, _ in hits)),
        subclasses=tuple(subclass for _, subclass in hits),
        level=str(facts.get("level", TO_VERIFY)),
        route=route,
        deadline=limit,
        hint="" if route or _in_the_centre(facts, scope) else scope.elsewhere,
    )


def verdict(found: Classification) -> dict[str, str | list[str]]:
    """The classification as it travels in a submission.

    Keys: `primary`, `classes`, `subclasses`, and `level` (省级, … or 待核实); `due` (ISO date) and
    `overdue` (working days) of a limit, and which one it is (`limit`, 1B or 1C) while it can still
    be kept. Of somebody else's matter: `route` and `level`.
    """
    if found.route:
        return {"route": found.route, "level": found.level}
    told: dict[str, str | list[str]] = {
        "primary": found.primary,
        "classes": list(found.classes),
        "subclasses": list(found.subclasses),
        "level": found.level,
    }
    if found.deadline:
        told |= {
            "due": found.deadline.due.isoformat(),
            "overdue": str(found.deadline.overdue),
        }
        if not found.deadline.overdue:
            told["limit"] = found.deadline.subclass
    return told


def is_enquiry(told: Verdict) -> bool:
    """Whether a complaint with this verdict is registered as an enquiry."""
    return told.get("primary") == "" and "route" not in told


def upgraded(told: Verdict, workdays: Workdays, day: date) -> Verdict:
    """An enquiry's verdict as of a later day: of the first class if its limit has passed since, as
    `classify` would find then. Any other verdict stays as it is.
    """
    limit, due = told.get("limit"), _day(told.get("due"))
    if not is_enquiry(told) or limit not in (NO_ANSWER, UNFINISHED) or due is None:
        return told
    overdue = workdays.between(due, day)
    if not overdue:
        return told
    kept = {key: value for key, value in told.items() if key != "limit"}
    return kept | {
        "primary": "1",
        "classes": ["1"],
        "subclasses": [str(limit)],
        "overdue": str(overdue),
    }


def _hits(facts: Facts, scope: Scope, limit: Deadline | None) -> Iterator[tuple[str, str]]:
    """Class and subclass of every class hit, the one to dispatch by first."""
    level_accepted = scope.takes(str(facts.get("level", TO_VERIFY)))
    if facts.get("tag4") and level_accepted:
        yield "4", "4"
    if _in_the_centre(facts, scope):
        yield from (("3", subclass) for fact, subclass in _OF_CLASS_3.items() if facts.get(fact))
    refused = str(facts.get("sub", ""))
    if refused in _OF_CLASS_1 and level_accepted and not (limit and not limit.overdue):
        yield "1", refused
    visits = facts.get("visits", 0)
    if isinstance(visits, int) and visits > 1:
        yield "2", "2"


def _day(written: str | list[str] | None) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def _in_the_centre(facts: Facts, scope: Scope) -> bool:
    """Whether who was sent about or kept waiting may have been so in the centre, if at all."""
    was = any(facts.get(fact) for fact in _OF_CLASS_3)
    return not (was and scope.place_required and facts.get("place", TO_VERIFY) != TO_VERIFY)
