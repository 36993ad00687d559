"""Whether a time limit has passed: computed from days, never asked.

Not to be confused with the one working day in which a citizen is told of the department's result
(`services.central.feedback`): that clock starts when the matter ends, these when it begins.
"""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.calendar.workdays import Due, Workdays
from kiosk.domain.questions.model import Facts

LICENCE = "行政许可"
ANSWER_DAYS = 5
"""Working days in which an authority must say what is missing from an application for a licence;
after them it counts as accepted (行政许可法 article 32)."""
NO_ANSWER, UNFINISHED = "1B", "1C"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A limit of one matter. `subclass`: an answer is late (1B) or the result (1C). `overdue` is in
    working days, 0 while it can still be kept; `provisional` as in `Due`."""

    subclass: str
    due: date
    overdue: int
    provisional: bool


def deadline(facts: Facts, workdays: Workdays, today: date) -> Deadline | None:
    """The limit that the facts tell of, if they tell both its beginning and its length.

    1B begins with `apply_date`: five working days for licences; for everything else the days
    promised for the whole matter, by which an answer would be there in any case. 1C begins with
    `accept_date` and takes the days promised (`promise_days`; 0: on the spot).
    """
    subclass = str(facts.get("sub", ""))
    if subclass == NO_ANSWER:
        began, days = _day(facts, "apply_date"), _answer_days(facts)
    elif subclass == UNFINISHED:
        began, days = _day(facts, "accept_date"), _promised(facts)
    else:
        return None
    if began is None or days is None:
        return None
    due = workdays.add(began, days) if days else Due(began, provisional=False)
    return Deadline(subclass, due.day, workdays.between(due.day, today), due.provisional)


def _answer_days(facts: Facts) -> int | None:
    return ANSWER_DAYS if facts.get("item_type") == LICENCE else _promised(facts)


def _promised(facts: Facts) -> int | None:
    days = facts.get("promise_days")
    return days if isinstance(days, int) else None


def _day(facts: Facts, name: str) -> date | None:
    try:
        return date.fromisoformat(str(facts.get(name, "")))
    except ValueError:
        return None
