from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.guide import Material, MaterialForm
from kiosk.domain.catalogue.model import Division
from kiosk.domain.questions.model import (
    Answer,
    ItemAnswer,
    Kind,
    Option,
    Paper,
    PapersAnswer,
    PaperState,
    Question,
)
from kiosk.domain.questions.wording import (
    opening,
    say_answer,
    say_date,
    say_day,
    say_month,
    say_weekday,
    value_of,
)
from kiosk.domain.words import Language, Words
from services.content.words import load_words

TEXT = Path(__file__).parents[4] / "resources" / "text"
OPTIONS = {"library.q.a": "甲", "library.q.b": "乙"}
DIVISIONS = {
    "340103": Division("340103", "庐阳区", "县级", "市辖区", "340100", "安徽省合肥市庐阳区")
}
MONDAY = date(2026, 11, 23)
PICTURES = PapersAnswer((Paper("单子", PaperState.PHOTOGRAPHED, (b"x", b"y")),))
PAPERS = PapersAnswer(
    (
        Paper("身份证", PaperState.EXEMPT),
        Paper("照片", PaperState.PHOTOGRAPHED, (b"one", b"two")),
        Paper("户口簿", PaperState.PROMISED),
        Paper("委托书", PaperState.UNNEEDED),
    )
)


def words(language: Language) -> Words:
    return Words(language, {**load_words(TEXT, language).entries, **OPTIONS})


ZH, EN = words(Language.ZH), words(Language.EN)


def question(kind: Kind) -> Question:
    options = (Option("a"), Option("b")) if kind in (Kind.CHOICE, Kind.SEVERAL, Kind.ITEM) else ()
    papers = tuple(Material(p.name, MaterialForm.COPY, 1, "演示") for p in PAPERS.papers)
    return Question("q", kind, options=options, words="library.q", papers=papers)


def said(kind: Kind, answer: Answer, words: Words = ZH) -> str:
    return say_answer(question(kind), answer, words, DIVISIONS)


def test_a_day_is_said_with_its_weekday_and_without() -> None:
    assert say_day(MONDAY, Language.ZH) == "11月23日（周一）"
    assert say_day(MONDAY, Language.EN) == "Mon 23 November"
    assert say_date(MONDAY, Language.ZH) == "11月23日"
    assert say_date(MONDAY, Language.EN) == "23 Nov"


def test_a_month_is_said_with_its_year() -> None:
    assert say_month(MONDAY, Language.ZH) == "2026年11月"
    assert [say_month(date(2026, n, 1), Language.EN) for n in (1, 8, 12)] == [
        "January 2026",
        "August 2026",
        "December 2026",
    ]


def test_a_week_has_seven_names() -> None:
    week = [date(2026, 11, day) for day in range(23, 30)]
    assert "".join(say_weekday(day, Language.ZH) for day in week) == "周一周二周三周四周五周六周日"
    assert [say_weekday(day, Language.EN) for day in week][::6] == ["Mon", "Sun"]


@pytest.mark.parametrize(
    ("kind", "answer", "chinese", "value"),
    [
        (Kind.CHOICE, "a", "甲", "a"),
        (Kind.SEVERAL, ("b", "a"), "乙、甲", "b,a"),
        (Kind.TEXT, "自己的话", "自己的话", "自己的话"),
        (Kind.DATE, MONDAY, "11月23日（周一）", "2026-11-23"),
        (Kind.ITEM, ItemAnswer("DEMO-XX-001", "办证"), "办证", "DEMO-XX-001"),
        (Kind.ITEM, ItemAnswer(None, "自己的话"), "自己的话", "自己的话"),
        (Kind.ITEM, "a", "甲", "a"),
        (Kind.DIVISION, "340103", "安徽省合肥市庐阳区", "340103"),
        (Kind.DIVISION, "999999", "999999", "999999"),
        (Kind.DOCUMENT, "999999190001010015", "999999190001010015", "999999190001010015"),
        (Kind.AMOUNT, "1234.5", "1234.5", "1234.5"),
        (Kind.SLOT, "2026-11-23T09:30", "11月23日（周一） 09:30", "2026-11-23T09:30"),
        (Kind.SLOT, "", "", ""),
        (
            Kind.PAPERS,
            PAPERS,
            "身份证（免提交）；照片（拍了2张）；户口簿（带到窗口）；委托书（用不着）",
            "身份证:exempt:0;照片:photographed:2;户口簿:promised:0;委托书:unneeded:0",
        ),
        (Kind.PAPERS, PapersAnswer(()), "", ""),
        (Kind.PICTURES, PICTURES, "拍了2张", "单子:photographed:2"),
    ],
)
def test_an_answer_is_read_by_a_person_and_by_a_machine(
    kind: Kind, answer: Answer, chinese: str, value: str
) -> None:
    assert said(kind, answer) == chinese
    assert value_of(answer) == value


def test_in_english_the_marks_between_are_english() -> None:
    assert said(Kind.SEVERAL, ("a", "b"), EN) == "甲, 乙"
    assert said(Kind.SLOT, "2026-11-23T09:30", EN) == "Mon 23 November 09:30"
    papers = said(Kind.PAPERS, PAPERS, EN)
    assert papers.count("; ") == 3
    assert not set("；（）") & set(papers)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", PaperState)
def test_whatever_becomes_of_a_paper_has_words(language: Language, state: PaperState) -> None:
    answer = PapersAnswer((Paper("演示材料", state, (b"x",)),))
    assert "演示材料" in said(Kind.PAPERS, answer, words(language))


@given(st.binary(min_size=1), st.sampled_from(PaperState))
def test_no_picture_is_said(picture: bytes, state: PaperState) -> None:
    with_picture = PapersAnswer((Paper("照片", state, (picture,)),))
    blank = PapersAnswer((Paper("照片", state, (b"",)),))
    assert said(Kind.PAPERS, with_picture) == said(Kind.PAPERS, blank)
    assert value_of(with_picture) == value_of(blank)
    assert repr(with_picture) == repr(blank)


@pytest.mark.parametrize("short", ["", "演" * 30, "y" * 60, "一行\n", "👍🏽"])
def test_a_short_answer_is_read_as_it_is(short: str) -> None:
    assert opening(short) == short


@pytest.mark.parametrize(
    ("long", "beginning"),
    [
        ("演" * 31, "演" * 22 + "…"),
        ("y" * 61, "y" * 44 + "…"),
        ("第一行 \n第二行", "第一行…"),
        ("演" * 2000, "演" * 22 + "…"),
    ],
)
def test_a_long_answer_is_shown_at_its_beginning(long: str, beginning: str) -> None:
    assert opening(long) == beginning
