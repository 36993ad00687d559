"""What happens once something has been handed in: three steps, and the days they fall on."""

from datetime import datetime, timedelta

from kiosk.domain.calendar.wording import say_provisional
from kiosk.domain.calendar.workdays import Due, Workdays
from kiosk.domain.complaint.triage import Classification
from kiosk.domain.questions.wording import say_day
from kiosk.domain.submission.model import Kind
from kiosk.domain.words import Words

STEPS = ("first", "second", "third")
ENQUIRY = "enquiry"


def table_of(kind: Kind, found: Classification | None) -> str:
    """The table of the text file `receipt` that words what was handed in: the kind's own, but for a
    complaint that is an enquiry."""
    return ENQUIRY if found and found.is_enquiry else kind.value


def registration_day(at: datetime, open_until: str, workdays: Workdays) -> Due:
    """The first working day on which a clerk can take note of what is there at `at`: no longer the
    same day once the windows have closed (`open_until`, `HH:MM`)."""
    over = f"{at:%H:%M}" >= open_until
    return workdays.first_from(at.date() + timedelta(days=over))


def promised_day(taken: Due, promise_days: int | None, workdays: Workdays) -> Due | None:
    """The last working day for a matter whose papers are taken on `taken`; None for one done on the
    spot (`promise_days` 0) or by rule (None)."""
    if not promise_days:
        return None
    due = workdays.add(taken.day, promise_days)
    return Due(due.day, provisional=taken.provisional or due.provisional)


def say_registration(due: Due, words: Words, *, received: bool) -> str:
    """The first step: a provisional day (暂定) until the centre has acknowledged what was handed
    in, then the last one."""
    key = "settled" if received else "earliest"
    told = words.say(f"receipt.registered.{key}", day=say_day(due.day, words.language))
    return say_provisional(told, words) if due.provisional else told


def say_promised(taken: Due, due: Due, words: Words) -> str:
    """By which day a matter is done whose papers are taken on `taken`."""
    days = {
        name: say_day(each.day, words.language) for name, each in (("taken", taken), ("day", due))
    }
    told = words.say("receipt.promised", **days)
    return say_provisional(told, words) if due.provisional else told


def say_steps(table: str, registration: str, words: Words) -> tuple[tuple[str, str], ...]:
    """Title and sentence of every step; `table` as of `table_of`, `registration` the sentence of
    the first."""
    return tuple(
        (
            words.say(f"receipt.{table}.{step}_title"),
            registration if step == "first" else words.say(f"receipt.{table}.{step}"),
        )
        for step in STEPS
    )
