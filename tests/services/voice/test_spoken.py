import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.words import Language
from services.voice.spoken import clauses


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("最晚 10月29日 前", "最晚 十月二十九日 前"),
        ("2026年5月1日", "二零二六年五月一日"),
        ("工作日 09:00–17:00", "工作日 九点到十七点"),
        ("22:05", "二十二点零五分"),
        ("打 12345", "打 一二三四五"),
        ("139****0001", "一三九，星号，零零零一"),
        ("1,250.50 元", "一千二百五十点五零 元"),
        ("3–5 个工作日", "三到五 个工作日"),
        ("7×24小时", "七乘二十四小时"),
        ("BBC-7K4M-92QX-5", "B B C，七 K 四 M，九 二 Q X，五"),
        ("99%", "百分之九十九"),
    ],
)
def test_numbers_are_said_in_words(written: str, said: str) -> None:
    assert list(clauses(written, Language.ZH)) == [said]


def test_a_long_text_is_said_clause_by_clause() -> None:
    assert list(clauses("您好。请看！\n……\n第 2 步", Language.ZH)) == [
        "您好。",
        "请看！",
        "第 二 步",
    ]


def test_english_spells_numbers_that_are_names() -> None:
    assert list(clauses("Call 12345. Case BBC-7K4M-92QX-5.", Language.EN)) == [
        "Call 1 2 3 4 5.",
        "Case B B C, 7 K 4 M, 9 2 Q X, 5.",
    ]


@given(st.text())
def test_whatever_is_written_can_be_said_and_no_digit_is_left_to_the_voice(text: str) -> None:
    for clause in clauses(text, Language.ZH):
        assert not any(each in "0123456789" for each in clause)
