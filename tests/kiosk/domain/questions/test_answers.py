from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.questions.answers import normal, normal_phone, problem
from kiosk.domain.questions.model import Answer, ItemAnswer, Kind, Option, Question

TODAY = date(2026, 11, 22)
OPTIONS = (Option("a"), Option("b"))


def asked(kind: Kind, **rest: bool) -> Question:
    takes_options = kind in (Kind.CHOICE, Kind.SEVERAL, Kind.ITEM)
    return Question(
        "q",
        kind,
        "end:done",
        OPTIONS if takes_options else (),
        optional=rest.get("optional", False),
        past=rest.get("past", True),
        longest=5,
    )


@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        (Kind.NOTICE, "agreed", ""),
        (Kind.NOTICE, "read", "required"),
        (Kind.CHOICE, "a", ""),
        (Kind.CHOICE, "c", "option"),
        (Kind.CHOICE, ("a",), "option"),
        (Kind.SEVERAL, ("b", "a"), ""),
        (Kind.SEVERAL, ("a", "a"), "option"),
        (Kind.SEVERAL, ("a", "c"), "option"),
        (Kind.SEVERAL, "a", "option"),
        (Kind.TEXT, " 五个字以内 ", ""),
        (Kind.TEXT, "一二三四五六", "too_long"),
        (Kind.TEXT, "   ", "required"),
        (Kind.TEXT, "两\n行", ""),
        (Kind.TEXT, "响\a铃", "control_characters"),
        (Kind.TEXT, "反\u202e向", "control_characters"),
        (Kind.TEXT, "半\ud800个", "control_characters"),
        (Kind.TEXT, TODAY, "control_characters"),
        (Kind.TEXT, "👨\u200d👩\u200d👧", ""),
        (Kind.TEXT, "𠮷𡚸\ue000", ""),
        (Kind.PHONE, "13800000000", ""),
        (Kind.PHONE, "12345", "phone"),
        (Kind.PHONE, TODAY, "phone"),
        (Kind.DATE, "2026-11-22", "date"),
        (Kind.ITEM, ItemAnswer("DEMO-XX-001", "办证"), ""),
        (Kind.ITEM, ItemAnswer(None, "自己的话"), ""),
        (Kind.ITEM, ItemAnswer(None, "  "), "required"),
        (Kind.ITEM, ItemAnswer(None, "一二三四五六"), "too_long"),
        (Kind.ITEM, "a", ""),
        (Kind.ITEM, "c", "option"),
        (Kind.DIVISION, "340100", ""),
        (Kind.DIVISION, "3401", "division"),
        (Kind.DIVISION, "３４０１００", "division"),
        (Kind.DIVISION, "340100000000", "division"),
    ],
)
def test_an_answer_is_taken_or_the_problem_is_named(
    kind: Kind, answer: Answer, expected: str
) -> None:
    assert problem(asked(kind), answer, TODAY) == expected


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.NOTICE])
@pytest.mark.parametrize("nothing", ["", ()])
def test_only_an_optional_question_may_be_left_empty(kind: Kind, nothing: Answer) -> None:
    assert problem(asked(kind), nothing, TODAY) == "required"
    assert problem(asked(kind, optional=True), nothing, TODAY) == ""


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_date_lies_on_the_side_of_today_the_question_asks_for(day: date) -> None:
    assert problem(asked(Kind.DATE), day, TODAY) == ("future" if day > TODAY else "")
    assert problem(asked(Kind.DATE, past=False), day, TODAY) == ("gone" if day < TODAY else "")


def test_today_is_taken_on_either_side() -> None:
    for past in (True, False):
        assert problem(asked(Kind.DATE, past=past), TODAY, TODAY) == ""
    assert problem(asked(Kind.DATE), TODAY + timedelta(1), TODAY) == "future"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("0551-60000000", "055160000000"),
        ("0551 6000 0000", "055160000000"),
        ("05516000000", "05516000000"),
        ("010-60000000", "01060000000"),
        ("0551-60000000-801", "0551-60000000-801"),
        ("0551-60000000 - 801", "0551-60000000-801"),
        ("12800000000", ""),
        ("1380000000", ""),
        ("138000000000", ""),
        ("60000000", ""),
        ("110", ""),
        ("12345", ""),
        ("96980", ""),
        ("95598", ""),
        ("4000000000", ""),
        ("1380000000a", ""),
        ("１３８００００００００", ""),
        ("", ""),
        ("- -", ""),
    ],
)
def test_mobiles_and_landlines_are_contacts_and_hotlines_are_not(typed: str, kept: str) -> None:
    assert normal_phone(typed) == kept


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.data())
def test_spaces_and_dashes_in_a_mobile_do_not_matter(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number)))
    joint = data.draw(st.sampled_from([" ", "-", "  "]))
    assert normal_phone(number[:place] + joint + number[place:]) == number


@given(st.text(max_size=20))
def test_what_is_kept_of_a_telephone_number_is_kept_again(typed: str) -> None:
    kept = normal_phone(typed)
    assert normal_phone(kept) == kept


@given(st.sampled_from(Kind), st.text() | st.dates() | st.tuples(st.text()))
def test_a_kept_answer_has_the_problem_it_had(kind: Kind, answer: Answer) -> None:
    question = asked(kind)
    if problem(question, answer, TODAY) == "":
        assert problem(question, normal(question, answer), TODAY) == ""
