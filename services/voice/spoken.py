"""What is written, as it is said: clauses short enough to be heard soon, with numbers in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kiosk.domain.words import Language
from services.voice.numerals import LARGEST, cardinal, spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHORTEST_NUMBER_SPELLED = 5
"""Digits: from here on a number is a name, not an amount (12345, telephone numbers)."""
_BREATHS = re.compile(
    r"(?<=[。！？；!?;\n\u3000])|(?<=\. )"
    r"|(?<=[^，：。！？；]{3}[，：])|(?<=[^，：。！？；、]{9}、)|(?<=[^,:.!?;]{12}[,:] )"
)
"""After a sentence, and after a comma that has something before it; lists are cut now and then."""
_HANZI = re.compile("[\u3400-\u9fff]")
_NOT_HEARD = re.compile(rf"^\W+|[^\w?？]+$|(?<={_HANZI.pattern})\s+(?={_HANZI.pattern})")
_MARK = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_EMERGENCY = re.compile(r"(?<![\d,.])1(?:10|19|20|22)(?![\d,.]|\s?[个份元天页张项次万日])")
"""Police, fire, ambulance, traffic police: numbers to be called, said with 幺 for 一."""
_RANGE = r"\s?[–—~]\s?"
_SHORTEST_CUT = {Language.ZH: 11, Language.EN: 46}
_FIRST = {Language.ZH: range(4, 10), Language.EN: range(12, 41)}
_REST = 3
"""Characters: what is cut, how much of it may come first, and more than how many are left."""
_CUTS = {
    Language.ZH: (
        re.compile("(?<=[、，：；])"),
        re.compile(
            "(?<=[的了着])(?=[^，。、])|(?<=[^先之以最今]后)(?=[^的来再，。、])"
            "|(?=[“《（并和或把跟由从向再刷填]|(?<!以)及|(?<![现存不所正])在|(?<![收受看拿找得达赶])到"
            "|(?<![使已费信不])用|(?<!核)对|(?<!转)让|(?<!申)请|(?<!附)带|(?<![申补])领|(?<!提)交"
            "|(?<![代经])办|(?<!填)写|参加|是不是|有没有|打印|上传)"
        ),
    ),
    Language.EN: (re.compile("(?<=[,;:] )"), re.compile("(?<= )")),
}
"""Where to draw breath in a clause: at a sign or else, as a rule, between words."""
_Rules = tuple[tuple[re.Pattern[str], "Callable[[re.Match[str]], str]"], ...]
_CHINESE: _Rules = (
    (_MARK, lambda found: "，".join(" ".join(_each(part)) for part in found[0].split("-"))),
    (
        re.compile(r"(\d+)\*+(\d+)"),
        lambda found: f"{spelled(found[1])}，星号，{spelled(found[2])}",
    ),
    (re.compile(r"(\d{4})(?=\s?年)"), lambda found: spelled(found[1])),
    (re.compile(r"(\d{1,2}):(\d{2})"), lambda found: _time(int(found[1]), int(found[2]))),
    (re.compile(r"(\d+)%"), lambda found: f"百分之{found[1]}"),
    (_EMERGENCY, lambda found: spelled(found[0]).replace("一", "幺")),
    (re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?"), lambda found: _number(*found.groups())),
    (re.compile(rf"(?<=[零一二三四五六七八九十百千万亿点分]){_RANGE}"), lambda _: "到"),
    (re.compile(r"×"), lambda _: "乘"),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = {name[:3]: name for name in (*_MONTHS, *_WEEKDAYS)}
_ENGLISH: _Rules = (
    (_MARK, lambda found: ", ".join(map(" ".join, found[0].split("-")))),
    (_TIME, lambda found: _clock(int(found[1]), int(found[2]))),
    (re.compile(rf"(?<=\d|k){_RANGE}(?=\d)"), lambda _: " to "),
    (re.compile(r"\d{5,}"), lambda found: " ".join(found[0])),
    (
        re.compile(rf"(?<=\d )({'|'.join(_SHORT)})\b|\b({'|'.join(_SHORT)})(?= \d|$)"),
        lambda found: _SHORT[found[0]],
    ),
)


class Clause(NamedTuple):
    """What is said in one breath, and in which language."""

    text: str
    language: Language


def clauses(text: str, language: Language) -> Iterator[Clause]:
    """What to say, one clause after another. What holds Chinese is said in Chinese."""
    for breath in _BREATHS.split(text):
        spoken = Language.ZH if _HANZI.search(breath) else language
        said = breath.strip()
        for pattern, say in _CHINESE if spoken is Language.ZH else _ENGLISH:
            said = pattern.sub(say, said)
        if any(character.isalnum() for character in said):
            yield Clause(said, spoken)


def in_two(clause: Clause) -> tuple[Clause, ...]:
    """A long clause in two, of which the first is heard soon; others as they are."""
    text, language = clause
    if len(text) < _SHORTEST_CUT[language]:
        return (clause,)
    first = [place for place in _FIRST[language] if place < len(text) - _REST]
    places = (
        [found.start() for found in cut.finditer(text) if found.start() in first]
        for cut in _CUTS[language]
    )
    place = next(filter(None, places), first)[-1]
    if not (head := bare(text[:place])):
        return (clause,)
    return Clause(f"{head},", language), Clause(text[place:], language)


def bare(clause: str) -> str:
    """A clause without the signs around it and the gaps in it, by which its recording is known. A
    question stays one: it is said in another way."""
    return _NOT_HEARD.sub("", clause)


def phrases(language: Language) -> Iterator[str]:
    """What numbers, dates and times are made of, when they are put together from recordings."""
    yield from map(chr, range(ord("A"), ord("Z") + 1))
    if language is Language.EN:
        yield from map(str, range(101))
        yield from (*_MONTHS, *_WEEKDAYS, "o'clock", "oh", "to", "hundred", "thousand", "point")
        return
    yield from map(cardinal, range(100))
    yield from (cardinal(place * number) for place in (100, 1000) for number in range(1, 10))
    yield from ("百", "千", "万", "亿", "点", "元", "年", "第", "到", "号", "星号", "百分之", "乘")
    yield from (f"{spelled(str(year))}年" for year in range(2024, 2037))
    yield from (f"{cardinal(month)}月" for month in range(1, 13))
    yield from (f"{cardinal(day)}日" for day in range(1, 32))
    yield from (f"周{day}" for day in "一二三四五六日")
    yield from (_time(hour, 0) for hour in range(25))
    yield from (_minute(minute) for minute in range(1, 60))


def _each(part: str) -> Iterator[str]:
    return (spelled(one) if one.isdigit() else one for one in part)


def _time(hour: int, minute: int) -> str:
    return f"{cardinal(hour)}点{_minute(minute) if minute else ''}"


def _minute(minute: int) -> str:
    return f"{'零' if minute < 10 else ''}{cardinal(minute)}分"


def _clock(hour: int, minute: int) -> str:
    return f"{hour} {'oh ' if minute < 10 else ''}{minute}" if minute else f"{hour} o'clock"


def _number(whole: str, part: str | None) -> str:
    digits = whole.replace(",", "")
    named = digits == whole and len(digits) >= SHORTEST_NUMBER_SPELLED
    padded = len(digits) > 1 and digits.startswith("0")
    amount = not named and not padded and int(digits) <= LARGEST
    said = cardinal(int(digits)) if amount else spelled(digits)
    return f"{said}点{spelled(part)}" if part else said
