from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.words import Language
from services.voice.bank import Recorded
from services.voice.spliced import Spliced, pieces
from services.voice.spoken import bare, clauses, phrases
from services.voice.synthesizer import NotSaid
from tests.services.voice.voices import record

CHINESE = {*phrases(Language.ZH), "最晚", "前告诉您", "编号"}
ENGLISH = {*phrases(Language.EN), "by", "Mon"}


def said(text: str, known: set[str], language: Language = Language.ZH) -> list[str]:
    return [
        piece
        for clause in clauses(text, language)
        for piece in pieces(bare(clause.text), known, max(map(len, known)))
    ]


def test_a_date_is_said_in_the_fewest_parts() -> None:
    assert said("最晚 10月29日 前告诉您", CHINESE) == ["最晚", "十月", "二十九日", "前告诉您"]


def test_a_receipt_number_is_said_sign_by_sign() -> None:
    number = said("编号 BBC-7K4M-92QX-5", CHINESE)
    assert number == ["编号", *"BBC", "", *"七K四M", "", *"九二QX", "", "五"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("17:05", ["十七点", "零五分"]),
        ("1,250.50 元", ["一千", "二百", "五十", "点", "五", "零", "元"]),
        ("2026年5月1日", ["二零二六年", "五月", "一日"]),
    ],
)
def test_times_and_amounts_are_put_together(text: str, parts: list[str]) -> None:
    assert said(text, CHINESE) == parts


def test_english_words_are_never_taken_apart() -> None:
    assert said("by Mon 5 May", ENGLISH, Language.EN) == ["by", "Monday", "5", "May"]
    assert said("bye", ENGLISH, Language.EN) == []


def test_what_is_not_covered_from_end_to_end_is_not_said_at_all() -> None:
    assert said("最晚 张三", CHINESE) == []


@given(st.lists(st.sampled_from(sorted(CHINESE - {"星号"})), min_size=1, max_size=8))
def test_whatever_is_made_of_recordings_can_be_said(parts: list[str]) -> None:
    clause = " ".join(parts)
    found = list(pieces(clause, CHINESE, max(map(len, CHINESE))))
    assert "".join(found) == "".join(parts)
    assert len(found) <= len(parts)


@given(st.text(max_size=30))
def test_whatever_is_asked_is_covered_or_left(clause: str) -> None:
    found = list(pieces(clause, CHINESE, 10))
    assert set(found) <= CHINESE | {""}


def test_the_parts_are_heard_without_gaps(tmp_path: Path) -> None:
    record(tmp_path, ["十月", "二十九日"])
    spliced = Spliced(Recorded(tmp_path))
    assert spliced.available()
    assert spliced.render("十月二十九日", Language.ZH).seconds == pytest.approx(0.6, abs=0.1)
    for clause in ("十一月", "。"):
        with pytest.raises(NotSaid):
            spliced.render(clause, Language.ZH)
