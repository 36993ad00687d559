import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.words import Language
from services.voice.spoken import Clause, bare, clauses, in_two, phrases


def said(text: str, language: Language) -> list[str]:
    return [clause.text for clause in clauses(text, language)]


@pytest.mark.parametrize(
    ("written", "words"),
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
        ("先打 110", "先打 幺幺零"),
        ("120 元", "一百二十 元"),
    ],
)
def test_numbers_are_said_in_words(written: str, words: str) -> None:
    assert said(written, Language.ZH) == [words]


def test_a_long_text_is_said_clause_by_clause() -> None:
    assert said("您好。请看！\n……\n第 2 步", Language.ZH) == [
        "您好。",
        "请看！",
        "第 二 步",
    ]


def test_english_spells_numbers_that_are_names() -> None:
    assert said("Call 12345. Case BBC-7K4M-92QX-5.", Language.EN) == [
        "Call 1 2 3 4 5.",
        "Case B B C, 7 K 4 M, 9 2 Q X, 5.",
    ]


@given(st.text())
def test_whatever_is_written_can_be_said_and_no_digit_is_left_to_the_voice(text: str) -> None:
    for clause in clauses(text, Language.ZH):
        assert not any(each in "0123456789" for each in clause.text)


def test_a_breath_is_taken_after_a_comma_that_has_something_before_it() -> None:
    assert said("您好，请带上身份证，到窗口来", Language.ZH) == [
        "您好，请带上身份证，",
        "到窗口来",
    ]


@pytest.mark.parametrize(
    ("whole", "first", "rest"),
    [
        ("照行驶证核对排量、座位数或吨位。", "照行驶证核对排量", "座位数或吨位。"),
        ("到原登记的民政窗口交资格申请书。", "到原登记的民政窗口", "交资格申请书。"),
        ("在本机选“机动车转籍和转入”，", "在本机选", "“机动车转籍和转入”，"),
        ("县乡镇街道社区村镇居民委员会", "县乡镇街道社区村镇", "居民委员会"),
    ],
)
def test_what_would_be_long_in_coming_begins_with_a_few_words(
    whole: str, first: str, rest: str
) -> None:
    assert in_two(Clause(whole, Language.ZH)) == (
        Clause(f"{first},", Language.ZH),
        Clause(rest, Language.ZH),
    )


def test_english_is_cut_between_words() -> None:
    text = "Appointment with the tax office on Thursday, at the citizen service hall"
    first, rest = in_two(Clause(text, Language.EN))
    assert (first.text, rest.text) == (
        "Appointment with the tax office on,",
        "Thursday, at the citizen service hall",
    )


@pytest.mark.parametrize("text", ["请带上身份证，", "——————————办理登记"])
def test_what_is_short_or_begins_with_nothing_to_say_stays_whole(text: str) -> None:
    clause = Clause(text, Language.ZH)
    assert in_two(clause) == (clause,)


@given(st.text(min_size=1), st.sampled_from(Language))
def test_nothing_said_is_lost_by_cutting(text: str, language: Language) -> None:
    parts = in_two(Clause(text, language))
    assert len(parts) == 1 or bare(parts[0].text)
    heard = "".join(part.text for part in parts)
    assert [*filter(str.isalnum, heard)] == [*filter(str.isalnum, text)]


def test_long_lists_are_said_in_parts() -> None:
    assert said("单位参保证明查询打印、单位名称", Language.ZH) == [
        "单位参保证明查询打印、",
        "单位名称",
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Open 09:00–17:05", "Open 9 o'clock to 17 oh 5"),
        ("by Mon 23 November", "by Monday 23 November"),
        ("23 Nov", "23 November"),
        ("Sat", "Saturday"),
        ("Sat down", "Sat down"),
    ],
)
def test_english_days_and_times_are_said_in_full(written: str, words: str) -> None:
    assert said(written, Language.EN) == [words]


def test_chinese_is_said_in_chinese_whatever_the_citizen_reads() -> None:
    languages = [clause.language for clause in clauses("Bring this. 社保卡 3张。", Language.EN)]
    assert languages == [Language.EN, Language.ZH]


def test_a_clause_is_known_without_the_signs_around_it_but_a_question_stays_one() -> None:
    assert bare("“返回”。") == "返回"
    assert bare("好吗？") == "好吗？"
    assert bare("最晚 十月 前") == "最晚十月前"


@given(st.text())
def test_what_is_bare_stays_so(text: str) -> None:
    assert bare(bare(text)) == bare(text)


@pytest.mark.parametrize("language", Language)
def test_what_numbers_are_made_of_is_said_in_one_breath(language: Language) -> None:
    for phrase in phrases(language):
        assert bare(phrase) == phrase
