"""What was found, as a citizen reads it."""

from collections.abc import Mapping

from kiosk.domain.calendar.wording import say_provisional
from kiosk.domain.catalogue.model import Route
from kiosk.domain.complaint.deadline import Deadline
from kiosk.domain.complaint.triage import Classification
from kiosk.domain.questions.wording import say_day
from kiosk.domain.words import Language, Words


def say_class(found: Classification, words: Words, routes: Mapping[str, Route]) -> str:
    """The class to dispatch by in plain words; for somebody else's matter, whose it is."""
    if route := routes.get(found.route):
        return words.say("triage.route.found", responsible=route.responsible, hotline=route.hotline)
    return words.say(f"triage.subclass.{found.subclasses[0] if found.subclasses else 'none'}")


def say_other_classes(found: Classification, words: Words) -> str:
    """Every other class hit, shortly; empty where there is none."""
    between = "、" if words.language is Language.ZH else ", "
    others = between.join(words.say(f"triage.also.{key}") for key in found.subclasses[1:])
    return words.say("triage.also.noted", what=others) if others else ""


def say_deadline(limit: Deadline, words: Words) -> str:
    """`应当在 10月29日（周四） 前答复，已经超过 6 个工作日`, and whether the day can change."""
    state = "over" if limit.overdue else "open"
    told = words.say(
        f"triage.deadline.{limit.subclass}_{state}",
        day=say_day(limit.due, words.language),
        count=limit.overdue,
    )
    return say_provisional(told, words) if limit.provisional else told


def say_beside(found: Classification, words: Words, routes: Mapping[str, Route]) -> str:
    """What else is good to know: what to bring to whoever's matter it is, who else can help, or
    that the level is still to be found out; empty where there is nothing."""
    if route := routes.get(found.route):
        return words.say("triage.route.bring", what="、".join(route.bring)) if route.bring else ""
    if route := routes.get(found.hint):
        told = {"responsible": route.responsible, "hotline": route.hotline}
        return words.say("triage.route.hint", **told)
    return words.say("triage.level.to_verify") if found.level_to_verify else ""
