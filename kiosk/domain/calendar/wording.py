"""How sure a computed day is, as a citizen reads it."""

from kiosk.domain.words import Language, Words


def say_provisional(told: str, words: Words) -> str:
    """A sentence about a day that lies in a year without a notice, with the doubt (暂定) said."""
    joint = "" if words.language is Language.ZH else " "
    return joint.join([told, words.say("triage.deadline.provisional")])
