from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.guide import Material, MaterialForm, Need
from kiosk.domain.questions.answers import LONG, is_long, left, normal, normal_phone, problem
from kiosk.domain.questions.model import (
    Answer,
    Days,
    ItemAnswer,
    Kind,
    Option,
    Paper,
    PapersAnswer,
    PaperState,
    Question,
)
from tests.kiosk.domain.questions.rare import MINORITY_SCRIPTS, OF_PRIVATE_USE, RARE

TODAY = date(2026, 11, 22)
OPTIONS = (Option("a"), Option("b"))


PAPERS = (
    Material("身份证", MaterialForm.ORIGINAL, 1, "公安机关"),
    Material("照片", MaterialForm.ORIGINAL, 2, "申请人自备", need=Need.OPTIONAL),
)
IN_HAND = PapersAnswer((Paper("身份证", PaperState.PROMISED),))


def pictures(count: int) -> PapersAnswer:
    return PapersAnswer((Paper("单子", PaperState.PHOTOGRAPHED, (b"x",) * count),))


def asked(kind: Kind, days: Days = Days.PAST, **rest: bool) -> Question:
    takes_options = kind in (Kind.CHOICE, Kind.SEVERAL, Kind.ITEM)
    return Question(
        "q",
        kind,
        "end:done",
        OPTIONS if takes_options else (),
        optional=rest.get("optional", False),
        days=days,
        longest=5,
        papers=PAPERS,
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
        (Kind.TEXT, "两\r\n行", ""),
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
        (Kind.DAYS, (TODAY,), ""),
        (Kind.DAYS, tuple(TODAY - timedelta(days=n) for n in range(30)), ""),
        (Kind.DAYS, tuple(TODAY - timedelta(days=n) for n in range(31)), "too_many"),
        (Kind.DAYS, (TODAY, TODAY), "date"),
        (Kind.DAYS, (TODAY, TODAY + timedelta(days=1)), "future"),
        (Kind.DAYS, (TODAY, "a"), "date"),
        (Kind.DAYS, TODAY, "date"),
        (Kind.DAYS, ("x",), "date"),
        (Kind.TOPIC, "a", "option"),
        (Kind.ITEM, ItemAnswer("DEMO-XX-001", "办证"), ""),
        (Kind.ITEM, ItemAnswer(None, "自己的话"), ""),
        (Kind.ITEM, ItemAnswer(None, "  "), "required"),
        (Kind.ITEM, ItemAnswer(None, "一二三四五六"), "too_long"),
        (Kind.ITEM, "a", ""),
        (Kind.ITEM, "c", "option"),
        (Kind.DOCUMENT, "99999919000101001 5", ""),
        (Kind.DOCUMENT, "999999190001010016", "document"),
        (Kind.DOCUMENT, TODAY, "document"),
        (Kind.CREDIT_CODE, "913400000000000008", ""),
        (Kind.CREDIT_CODE, "913400000000000009", "credit_code"),
        (Kind.AMOUNT, "1,234.50", ""),
        (Kind.AMOUNT, "0", "number"),
        (Kind.AMOUNT, "-1", "number"),
        (Kind.AMOUNT, "1.234", "number"),
        (Kind.AMOUNT, "1,234,567", ""),
        (Kind.AMOUNT, "１，２３４．５０", ""),
        (Kind.AMOUNT, "1,5", "number"),
        (Kind.AMOUNT, "12,34", "number"),
        (Kind.AMOUNT, "1,2345", "number"),
        (Kind.AMOUNT, "5²", "number"),
        (Kind.AMOUNT, "⑤", "number"),
        (Kind.AMOUNT, "1 000", "number"),
        (Kind.NUMBER, "３６", ""),
        (Kind.NUMBER, "一百", "number"),
        (Kind.PAPERS, IN_HAND, ""),
        (Kind.PAPERS, PapersAnswer(()), "papers"),
        (Kind.PAPERS, "身份证", "required"),
        (Kind.PICTURES, pictures(6), ""),
        (Kind.PICTURES, pictures(7), "too_many_pictures"),
        (Kind.PICTURES, pictures(0), "required"),
        (Kind.PICTURES, "照片", "required"),
        (Kind.SLOT, "2026-11-23T09:00", ""),
        (Kind.SLOT, "2026-11-22T09:00", "gone"),
        (Kind.SLOT, "2026-13-40T09:00", "slot"),
        (Kind.SLOT, "tomorrow", "slot"),
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


@given(st.dates())
def test_any_day_is_taken_where_any_will_do(day: date) -> None:
    assert problem(asked(Kind.DATE, Days.ANY), day, TODAY) == ""


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.AMOUNT, " 1,234.50 ", "1234.5"),
        (Kind.AMOUNT, "007", "7"),
        (Kind.AMOUNT, "１２．３０", "12.3"),
        (Kind.NUMBER, "36", "36"),
        (Kind.DOCUMENT, "9999 9919 0001 0100 1x", "99999919000101001X"),
        (Kind.CREDIT_CODE, "91340000-000000000-8", "913400000000000008"),
    ],
)
def test_numbers_are_kept_bare(kind: Kind, typed: str, kept: str) -> None:
    assert normal(asked(kind), typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"), [(" 两\r\n行\n", "两\n行"), ("两\r行", "两\n行"), ("　演\n\n示", "演\n\n示")]
)
def test_lines_of_a_text_end_in_one_way(typed: str, kept: str) -> None:
    assert normal(asked(Kind.TEXT), typed) == kept
    assert normal(asked(Kind.ITEM), ItemAnswer(None, typed)) == ItemAnswer(None, kept)


def test_every_character_of_a_name_or_a_place_is_taken() -> None:
    for character in RARE + OF_PRIVATE_USE + MINORITY_SCRIPTS:
        assert problem(asked(Kind.TEXT), character, TODAY) == ""
        assert normal(asked(Kind.TEXT), character) == character


@given(st.text(max_size=30))
def test_what_is_kept_of_a_number_is_taken_again(typed: str) -> None:
    for kind in (Kind.AMOUNT, Kind.NUMBER, Kind.DOCUMENT, Kind.CREDIT_CODE, Kind.PHONE):
        if not problem(asked(kind), typed, TODAY):
            kept = normal(asked(kind), typed)
            assert problem(asked(kind), kept, TODAY) == ""
            assert normal(asked(kind), kept) == kept


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_date_lies_on_the_side_of_today_the_question_asks_for(day: date) -> None:
    assert problem(asked(Kind.DATE), day, TODAY) == ("future" if day > TODAY else "")
    assert problem(asked(Kind.DATE, Days.COMING), day, TODAY) == ("gone" if day < TODAY else "")


def test_today_is_taken_on_either_side() -> None:
    for days in Days:
        assert problem(asked(Kind.DATE, days), TODAY, TODAY) == ""
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
        ("１３８００００００００", "13800000000"),
        ("＋８６　１３８－００００－００００", "13800000000"),
        ("⑬800000000", ""),
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


def test_no_pictures_where_none_are_needed_is_left_empty() -> None:
    question = asked(Kind.PICTURES, optional=True)
    assert problem(question, pictures(0), TODAY) == ""
    assert normal(question, pictures(0)) == ""
    assert normal(question, pictures(1)) == pictures(1)


def test_what_is_left_to_write_counts_characters_as_they_are_kept() -> None:
    assert left("", 5) == 5
    assert left(" 𠮷\r\n演 ", 5) == 2
    assert left("演" * 7, 5) == -2


@given(st.text(alphabet="演𠮷a\r\n ", max_size=12))
def test_a_text_is_too_long_where_less_than_nothing_is_left(text: str) -> None:
    question = Question("q", Kind.TEXT, longest=5, optional=True)
    assert (problem(question, text, TODAY) == "too_long") is (left(text, 5) < 0)


def test_only_a_text_of_some_length_is_written_on_several_lines() -> None:
    assert is_long(Question("q", Kind.TEXT, longest=2000))
    assert is_long(Question("q", Kind.TEXT, longest=LONG))
    assert not is_long(Question("q", Kind.TEXT, longest=LONG - 1))
    assert not is_long(Question("q", Kind.ITEM, longest=2000))
