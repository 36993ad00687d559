"""What the pinyin keyboard offers."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.catalogue.vocabulary import Vocabulary
from kiosk.domain.writing import Field
from kiosk.errors import ContentError
from kiosk.ports import Typing
from kiosk.settings import Settings
from kiosk.wiring import writing
from services.catalogue.store import CompiledCatalogue
from services.writing.keys.lexicon import Lexicon
from services.writing.keys.pinyin import Pinyin
from services.writing.keys.texts import Texts

FIELDS = st.sampled_from(Field)
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz'", max_size=30)


def texts(typing: Typing, keys: str, field: Field = Field.TEXT, before: str = "") -> list[str]:
    return [candidate.text for candidate in typing.candidates(keys, field, before)]


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("shebaoka", "社保卡"),
        ("sbk", "社保卡"),
        ("gongjj", "公积金"),
        ("budongchanzheng", "不动产证"),
        ("shebaokabuhuan", "社保卡补换"),
        ("SheBaoKa", "社保卡"),
        ("nver", "女儿"),
        ("nüer", "女儿"),
        ("lvyou", "旅游"),
        ("wodeshebaokadiulezenmeban", "我的社保卡丢了怎么办"),
        ("gongzuorenyuantaidubuhao", "工作人员态度不好"),
        ("dengledengsangexiaoshi", "等了等三个小时"),
    ],
)
def test_what_is_usual_comes_first(pinyin: Typing, keys: str, meant: str) -> None:
    assert texts(pinyin, keys)[0] == meant


def test_an_apostrophe_parts_syllables(pinyin: Typing) -> None:
    assert texts(pinyin, "xi'an")[0] == "西安"
    assert texts(pinyin, "xian")[0] != "西安"
    assert all(len(text) > 1 for text in texts(pinyin, "fang'an")[:3])


@pytest.mark.parametrize(
    ("keys", "meant"),
    [("sengri", "生日"), ("lainai", "奶奶"), ("zengming", "证明"), ("lanfang", "南方")],
)
def test_slurred_sounds_find_the_word_unless_told_not_to(
    pinyin: Typing, strict_pinyin: Typing, keys: str, meant: str
) -> None:
    assert meant in texts(pinyin, keys)
    assert meant not in texts(strict_pinyin, keys)


def test_what_is_spelt_right_comes_before_what_is_slurred(pinyin: Typing) -> None:
    assert texts(pinyin, "niunai")[0] == "牛奶"
    assert texts(pinyin, "liulai").index("牛奶") > 0
    assert texts(pinyin, "shangdian")[0] == "商店"
    assert texts(pinyin, "sandian")[0] == "三点"


@pytest.mark.parametrize(
    ("keys", "meant"), [("dianhau", "电话"), ("shijain", "时间"), ("yiyaun", "医院")]
)
def test_one_slip_is_forgiven(pinyin: Typing, keys: str, meant: str) -> None:
    assert meant in texts(pinyin, keys)[:5]


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("wangxiulan", "王秀兰"),
        ("lijianguo", "李建国"),
        ("ouyangjianhua", "欧阳建华"),
        ("zengxianglin", "曾祥林"),
        ("zhangwei", "张伟"),
        ("wxl", "王秀兰"),
    ],
)
def test_in_a_name_people_come_first(pinyin: Typing, keys: str, meant: str) -> None:
    assert meant in texts(pinyin, keys, Field.NAME)[:10]


def test_after_a_surname_comes_a_given_name(pinyin: Typing) -> None:
    assert "秀兰" in texts(pinyin, "xiulan", Field.NAME, before="王")[:3]


def test_the_text_before_decides(pinyin: Typing) -> None:
    assert texts(pinyin, "fan", before="吃")[0] == "饭"
    assert texts(pinyin, "fan", before="我要吃")[0] == "饭"
    assert texts(pinyin, "fan", before="平")[0] != "饭"


def test_the_matters_of_the_hall_are_known_in_full(
    pinyin: Typing, catalogue: CompiledCatalogue, lexicon: Lexicon
) -> None:
    known = Texts(lexicon)
    names = [item.name for item in catalogue.items.values()][::40]
    names += [division.full_name for division in catalogue.divisions.values()][::15]
    for name, reading in zip(names, known.readings(names), strict=True):
        if reading:
            keys = "".join(lexicon.syllables[sound] for sound in reading.sounds)
            assert texts(pinyin, keys, Field.SEARCH)[0] == name


def test_a_matter_is_completed_after_the_likeliest_texts(pinyin: Typing) -> None:
    offered = pinyin.candidates("shebaok", Field.SEARCH)
    whole = [each for each in offered if each.text.startswith("社保卡") and len(each.text) > 3]
    assert whole
    assert all(each.used == len("shebaok") for each in whole)
    assert len(offered[0].text) == 3


def test_the_whole_is_offered_first_then_shorter_beginnings(pinyin: Typing) -> None:
    used = [each.used for each in pinyin.candidates("womenshequ", Field.TEXT)]
    assert used[0] == len("womenshequ")
    assert used == sorted(used, reverse=True)
    assert used[-1] <= len("wom")


def test_apostrophes_count_as_used(pinyin: Typing) -> None:
    offered = pinyin.candidates("ni'hao", Field.TEXT)
    assert offered[0].used == len("ni'hao")
    assert {each.used for each in offered if len(each.text) == 1} == {len("ni'")}


@given(keys=LETTERS, field=FIELDS)
@settings(max_examples=60)
def test_any_letters_are_answered_within_bounds(pinyin: Typing, keys: str, field: Field) -> None:
    offered = pinyin.candidates(keys, field)
    assert len(offered) <= 80
    assert all(1 <= each.used <= len(keys) and each.text for each in offered)
    assert len({each.text for each in offered}) == len(offered)
    assert bool(offered) == bool(keys.strip("'"))


@given(keys=st.text(max_size=20), before=st.text(max_size=5), field=FIELDS)
@settings(max_examples=60)
def test_any_text_at_all_is_answered(pinyin: Typing, keys: str, before: str, field: Field) -> None:
    assert all(1 <= each.used <= len(keys) for each in pinyin.candidates(keys, field, before))
    pinyin.split(keys)
    pinyin.others(keys, field)


@pytest.mark.parametrize("keys", ["zhongguo" * 25, "s" * 200, "i" * 200, "a'" * 100, "龘" * 200])
def test_two_hundred_keys_are_answered(pinyin: Typing, keys: str) -> None:
    assert all(each.used <= len(keys) for each in pinyin.candidates(keys, Field.TEXT))


def test_what_is_in_the_lexicon_is_found_by_its_spelling(
    strict_pinyin: Typing, lexicon: Lexicon
) -> None:
    spellings = lexicon.words.spellings
    for entry in range(0, len(lexicon.words.word), 1501):
        sounds, text = spellings.spelt(entry)
        if len(text) != 2:  # of two syllables there are too many
            keys = "'".join(lexicon.syllables[sound] for sound in sounds)
            offered = strict_pinyin.candidates(keys, Field.TEXT, limit=1000)
            assert lexicon.written(text) in [each.text for each in offered], keys


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("shebaoka", "she'bao'ka"),
        ("sbk", "s'b'k"),
        ("xi'an", "xi'an"),
        ("fangan", "fang'an"),
        ("gongj", "gong'j"),
        ("", ""),
    ],
)
def test_keys_are_shown_in_syllables(pinyin: Typing, keys: str, shown: str) -> None:
    assert pinyin.split(keys) == shown


def test_others_sound_the_same(pinyin: Typing) -> None:
    others = pinyin.others("正", Field.TEXT)
    assert {"证", "政", "整"} <= set(others)
    assert "正" not in others
    assert "是" not in others
    assert list(pinyin.others("x", Field.TEXT)) == []


def test_others_of_a_name_are_those_of_names(pinyin: Typing) -> None:
    assert "兰" in pinyin.others("蓝", Field.NAME, limit=3)


@pytest.mark.parametrize(
    ("letters", "character"),
    [("zhe", "喆"), ("yue", "玥"), ("jun", "珺"), ("yun", "赟"), ("yi", "祎"), ("yan", "䶮")],
)
def test_a_given_name_may_be_rare(pinyin: Typing, letters: str, character: str) -> None:
    assert character in texts(pinyin, letters, Field.NAME, "王")[:40]


def test_all_characters_that_sound_so_may_be_a_name(pinyin: Typing) -> None:
    others = {"仃", "町", "啶", "铤", "顶", "钉", "鼎", "定", "丁", "盯", "订", "锭", "叮", "酊"}
    assert others <= set(texts(pinyin, "ding", Field.NAME, "王"))


def test_nothing_is_learned(pinyin: Typing) -> None:
    before = texts(pinyin, "yanfengjia", Field.NAME)
    for _ in range(5):
        texts(pinyin, "yangfengjiao", Field.NAME)
    assert texts(pinyin, "yanfengjia", Field.NAME) == before


def test_nothing_typed_is_left(
    pinyin: Typing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    offered = pinyin.candidates("nizhongchen", Field.NAME)
    left = _reachable(pinyin)
    assert "nizhongchen" not in left
    assert not {each.text for each in offered if len(each.text) == 3} & left
    assert list(tmp_path.iterdir()) == []


def _reachable(thing: object) -> set[str]:
    """Every text that is held by a thing's attributes and whatever they hold."""
    seen: set[int] = set()
    texts: set[str] = set()
    todo = [thing]
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, str):
            texts.add(one)
        elif isinstance(one, dict):
            todo += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            todo += one
        else:
            todo += vars(one).values() if hasattr(one, "__dict__") else ()
    return texts


def test_many_threads_get_the_same_answer(pinyin: Typing) -> None:
    alone = texts(pinyin, "wodeshenfenzheng")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: texts(pinyin, "wodeshenfenzheng"), range(24)))
    assert found == [alone] * 24


def test_nothing_is_read_before_the_first_key(tmp_path: Path) -> None:
    def never() -> Vocabulary:
        raise AssertionError("asked for the catalogue")

    typing = Pinyin(tmp_path / "missing", never)
    with pytest.raises(ContentError):
        typing.candidates("a", Field.TEXT)


def test_a_missing_lexicon_is_told(tmp_path: Path, catalogue: CompiledCatalogue) -> None:
    typing = writing.pinyin(Settings(), lambda: catalogue, tmp_path)
    with pytest.raises(ContentError, match=r"pinyin\.bin"):
        typing.candidates("a", Field.TEXT)
