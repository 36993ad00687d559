"""Which answers a question takes, and the form they are kept in."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from kiosk.domain.catalogue.guide import Need
from kiosk.domain.questions.identity import credit_code, identity_document, normal_document
from kiosk.domain.questions.model import (
    Answer,
    Days,
    Fact,
    ItemAnswer,
    Kind,
    Option,
    PapersAnswer,
    Question,
)
from kiosk.domain.questions.wording import value_of

AGREED = "agreed"

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}[0-9]{7,8}")
_EXTENSION = re.compile(r"0[0-9]{2,3}-[0-9]{7,8}-[0-9]{1,6}")
_DIVISION = re.compile(r"[0-9]{6}")
_AMOUNT = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})(\.[0-9]{1,2})?")
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_MOST_DAYS = 30
MOST_PICTURES = 6
"""Of one form."""
LONG = 100
"""A text that may have so many characters is written on several lines."""
_SLOT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def problem(question: Question, answer: Answer, today: date) -> str:
    """Why `answer` cannot be taken for `question`: a key of `problem` in the text file `questions`;
    empty if it can.
    """
    if answer in ("", ()):
        return "" if question.optional else "required"
    return _CHECKS[question.kind](question, answer, today)


def normal(question: Question, answer: Answer) -> Answer:
    """The form an answer without a problem is kept in: texts stripped, numbers bare."""
    if isinstance(answer, ItemAnswer):
        return replace(answer, words=normal_text(answer.words))
    if question.kind is Kind.PICTURES and not _count(answer):
        return ""
    if question.kind is Kind.DAYS and isinstance(answer, tuple):
        return tuple(sorted(day for day in answer if isinstance(day, date)))
    if not isinstance(answer, str) or option_of(question, answer):
        return answer
    return _NORMAL.get(question.kind, normal_text)(answer) or answer


def normal_text(typed: str) -> str:
    """Without spaces around it; every line ends in one way, however a keyboard or the place it was
    pasted from ends lines."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_long(question: Question) -> bool:
    """Whether it is answered with a text that may be long."""
    return question.kind is Kind.TEXT and question.longest >= LONG


def left(typed: str, longest: int) -> int:
    """How many characters can still be written; below 0 where there are too many."""
    return longest - len(normal_text(typed))


def normal_phone(typed: str) -> str:
    """A telephone number a citizen can be called at; empty if it is none.

    Mobile: 11 digits from 13 on. Landline: area code with its 0 and 7 or 8 digits, an extension of
    up to 6 digits after a dash. Spaces, dashes, +86 and full width are tolerated; hotlines are not
    contacts.
    """
    number = "".join(typed.translate(_FULL_WIDTH).split()).removeprefix("+86")
    if _EXTENSION.fullmatch(number):
        return number
    bare = number.replace("-", "")
    return bare if _MOBILE.fullmatch(bare) or _LANDLINE.fullmatch(bare) else ""


def normal_amount(typed: str) -> str:
    """A sum in yuan or another quantity with two decimals at most, without needless zeros; empty if
    it is none, or not more than 0. Commas may part groups of three digits, and nothing else."""
    typed = typed.translate(_FULL_WIDTH).strip()
    bare = typed.replace(",", "")
    if not _AMOUNT.fullmatch(typed) or not float(bare):
        return ""
    whole, _, cents = bare.partition(".")
    return f"{int(whole)}.{cents}".rstrip("0").rstrip(".") if cents else str(int(whole))


def facts_of(question: Question, answer: Answer) -> Mapping[str, Fact]:
    """The facts an answer sets; an empty answer sets none."""
    facts: dict[str, Fact] = {}
    if answer in ("", ()):
        return facts
    option = option_of(question, answer)
    if question.fact and (option is None or question.kind is Kind.CHOICE):
        facts.update(_own_facts(question.fact, answer))
    for chosen in question.options:
        if chosen is option or (isinstance(answer, tuple) and chosen.id in answer):
            facts.update(chosen.set)
    return facts


def _own_facts(name: str, answer: Answer) -> Mapping[str, Fact]:
    if isinstance(answer, ItemAnswer):
        named = {name: answer.words} | ({f"{name}_id": answer.item_id} if answer.item_id else {})
        return {**named, **answer.known}
    days = [day for day in answer if isinstance(day, date)] if isinstance(answer, tuple) else []
    if days:
        first, last = days[0].isoformat(), days[-1].isoformat()
        return {name: len(days), f"{name}_first": first, f"{name}_last": last}
    return {name: value_of(answer)}


def option_of(question: Question, answer: Answer) -> Option | None:
    """The one option `answer` stands for; None where it stands for something else."""
    return next((option for option in question.options if option.id == answer), None)


def _notice(question: Question, answer: Answer, today: date) -> str:
    if question.options:
        return _choice(question, answer, today)
    return "" if answer == AGREED else "required"


def _choice(question: Question, answer: Answer, today: date) -> str:
    return "" if option_of(question, answer) else "option"


def _several(question: Question, answer: Answer, today: date) -> str:
    if not isinstance(answer, tuple) or len(set(answer)) != len(answer):
        return "option"
    return "" if set(answer) <= {option.id for option in question.options} else "option"


def _text(question: Question, answer: Answer, today: date) -> str:
    text = answer.words if isinstance(answer, ItemAnswer) else answer
    if not isinstance(text, str):
        return "control_characters"
    text = normal_text(text)
    if any(map(_is_control, text)):
        return "control_characters"
    if not text:
        return "" if question.optional else "required"
    return "too_long" if left(text, question.longest) < 0 else ""


def _item(question: Question, answer: Answer, today: date) -> str:
    if not isinstance(answer, ItemAnswer):
        return _choice(question, answer, today)
    return "required" if not answer.words.strip() else _text(question, answer, today)


def _phone(question: Question, answer: Answer, today: date) -> str:
    if option_of(question, answer):
        return ""
    return "" if isinstance(answer, str) and normal_phone(answer) else "phone"


def _days(question: Question, answer: Answer, today: date) -> str:
    if option_of(question, answer):
        return ""
    days = [day for day in answer if isinstance(day, date)] if isinstance(answer, tuple) else []
    if not days or answer != tuple(dict.fromkeys(days)):
        return "date"
    if len(days) > _MOST_DAYS:
        return "too_many"
    found = (_date(question, day, today) for day in days)
    return next((problem for problem in found if problem), "")


def _date(question: Question, answer: Answer, today: date) -> str:
    if option_of(question, answer):
        return ""
    if not isinstance(answer, date):
        return "date"
    if question.days is Days.PAST and answer > today:
        return "future"
    return "gone" if question.days is Days.COMING and answer < today else ""


def _division(question: Question, answer: Answer, today: date) -> str:
    return "" if isinstance(answer, str) and _DIVISION.fullmatch(answer) else "division"


def _document(question: Question, answer: Answer, today: date) -> str:
    return "" if isinstance(answer, str) and identity_document(answer, today) else "document"


def _credit_code(question: Question, answer: Answer, today: date) -> str:
    return "" if isinstance(answer, str) and credit_code(answer) else "credit_code"


def _amount(question: Question, answer: Answer, today: date) -> str:
    return "" if isinstance(answer, str) and normal_amount(answer) else "number"


def _papers(question: Question, answer: Answer, today: date) -> str:
    if not isinstance(answer, PapersAnswer):
        return "required"
    missing = (m for m in question.papers if m.need is Need.REQUIRED and not answer.paper(m.name))
    return "papers" if any(missing) else ""


def _pictures(question: Question, answer: Answer, today: date) -> str:
    if not isinstance(answer, PapersAnswer) or not (_count(answer) or question.optional):
        return "required"
    return "too_many_pictures" if _count(answer) > MOST_PICTURES else ""


def _count(answer: Answer) -> int:
    """How many pictures it has."""
    papers = answer.papers if isinstance(answer, PapersAnswer) else ()
    return sum(len(paper.pictures) for paper in papers)


def _slot(question: Question, answer: Answer, today: date) -> str:
    if not isinstance(answer, str) or not _SLOT.fullmatch(answer):
        return "slot"
    try:
        day = datetime.fromisoformat(answer).date()
    except ValueError:
        return "slot"
    return "" if day > today else "gone"


def _is_control(character: str) -> bool:
    """Characters that nobody types and that disturb a screen or a slip: controls, half surrogates,
    line separators and overrides of the writing direction. Joiners of emoji are welcome.
    """
    if character == "\n":
        return False
    return character in _BIDI_CONTROLS or unicodedata.category(character) in (
        "Cc",
        "Cs",
        "Zl",
        "Zp",
    )


_CHECKS: Mapping[Kind, Callable[[Question, Answer, date], str]] = {
    Kind.NOTICE: _notice,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.TEXT: _text,
    Kind.PHONE: _phone,
    Kind.DATE: _date,
    Kind.DAYS: _days,
    Kind.ITEM: _item,
    Kind.DIVISION: _division,
    Kind.DOCUMENT: _document,
    Kind.CREDIT_CODE: _credit_code,
    Kind.AMOUNT: _amount,
    Kind.NUMBER: _amount,
    Kind.PAPERS: _papers,
    Kind.PICTURES: _pictures,
    Kind.SLOT: _slot,
    Kind.TOPIC: _choice,
}
_NORMAL: Mapping[Kind, Callable[[str], str]] = {
    Kind.PHONE: normal_phone,
    Kind.AMOUNT: normal_amount,
    Kind.NUMBER: normal_amount,
    Kind.DOCUMENT: normal_document,
    Kind.CREDIT_CODE: normal_document,
}
