"""An answer as a person reads it, and as a machine does."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

from kiosk.domain.catalogue.model import Division
from kiosk.domain.questions.model import (
    Answer,
    ItemAnswer,
    Kind,
    Paper,
    PapersAnswer,
    Question,
)
from kiosk.domain.words import Language, Words

_WEEKDAYS_ZH = "一二三四五六日"
_SHORT, _OPENING = 60, 44
"""Columns of an answer that is shown whole, and of what is shown of a longer one."""
# Not strftime: its names follow the machine's locale, which Qt sets.
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def say_day(day: date, language: Language) -> str:
    """A day with its weekday: `11月23日（周一）`, `Mon 23 November`."""
    if language is Language.ZH:
        return f"{say_date(day, language)}（{say_weekday(day, language)}）"
    return f"{say_weekday(day, language)} {day.day} {_MONTHS_EN[day.month - 1]}"


def say_date(day: date, language: Language) -> str:
    """A day without its weekday, short: `11月23日`, `23 Nov`."""
    if language is Language.ZH:
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1][:3]}"


def say_weekday(day: date, language: Language) -> str:
    """`周一`, `Mon`."""
    if language is Language.ZH:
        return f"周{_WEEKDAYS_ZH[day.weekday()]}"
    return _WEEKDAYS_EN[day.weekday()]


def say_month(day: date, language: Language) -> str:
    """A day's month: `2026年11月`, `November 2026`."""
    if language is Language.ZH:
        return f"{day.year}年{day.month}月"
    return f"{_MONTHS_EN[day.month - 1]} {day.year}"


def say_answer(
    question: Question,
    answer: Answer,
    words: Words,
    divisions: Mapping[str, Division],
) -> str:
    """The answer in the words of the options the citizen read, or in their own."""
    if isinstance(answer, ItemAnswer):
        return answer.words
    if isinstance(answer, date):
        return say_day(answer, words.language)
    if isinstance(answer, tuple):
        joint = "、" if words.language is Language.ZH else ", "
        return joint.join(
            say_day(each, words.language)
            if isinstance(each, date)
            else say_option(question, each, words)
            for each in answer
        )
    if question.kind is Kind.PICTURES and isinstance(answer, PapersAnswer):
        count = sum(len(paper.pictures) for paper in answer.papers)
        return words.say("questions.pictures.taken", count=count)
    if isinstance(answer, PapersAnswer):
        joint = "；" if words.language is Language.ZH else "; "
        return joint.join(_say_paper(paper, words) for paper in answer.papers)
    if any(answer == option.id for option in question.options):
        return say_option(question, answer, words)
    if question.kind is Kind.DIVISION and answer in divisions:
        return divisions[answer].full_name
    if question.kind is Kind.SLOT and answer:
        at = datetime.fromisoformat(answer)
        return f"{say_day(at.date(), words.language)} {at:%H:%M}"
    return answer


def opening(text: str) -> str:
    """The beginning of an answer too long for a line or two; a short one as it is."""
    first = text.strip().partition("\n")[0].rstrip()
    if first == text.strip() and _columns(text) <= _SHORT:
        return text
    room = _OPENING
    for place, character in enumerate(first):
        room -= _columns(character)
        if room < 0:
            return f"{first[:place].rstrip()}…"
    return f"{first}…"


def _columns(text: str) -> int:
    """Two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def say_option(question: Question, id: str, words: Words) -> str:
    """What an option says."""
    labels = (option.label for option in question.options if option.id == id)
    return next(labels, "") or words.say(f"{question.words}.{id}")


def _say_paper(paper: Paper, words: Words) -> str:
    return words.say(f"questions.papers.{paper.state}", name=paper.name, count=len(paper.pictures))


def value_of(answer: Answer) -> str:
    """Option ids, ISO 8601 dates, an item id, the state and number of pictures of each paper, or
    the characters as typed."""
    if isinstance(answer, ItemAnswer):
        return answer.item_id or answer.words
    if isinstance(answer, date):
        return answer.isoformat()
    if isinstance(answer, tuple):
        return ",".join(each.isoformat() if isinstance(each, date) else each for each in answer)
    if isinstance(answer, PapersAnswer):
        return ";".join(f"{p.name}:{p.state}:{len(p.pictures)}" for p in answer.papers)
    return answer
