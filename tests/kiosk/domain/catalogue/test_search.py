import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.model import KioskKind, ServiceItem
from kiosk.domain.catalogue.search import Index, as_json


def _item(number: int, name: str, *aliases: str) -> ServiceItem:
    return ServiceItem(
        id=f"DEMO-XX-{number:03}",
        name=name,
        group="其他",
        domain="综合便民",
        department="演示部门",
        level="县级",
        item_type="公共服务",
        service_object=("个人",),
        kind=KioskKind.GUIDE,
        promise_days=0,
        handle_type="即办件",
        province_wide=True,
        yangtze_delta=False,
        cross_region="指南可查",
        aliases=aliases,
        materials=(),
        label="演示数据",
    )


ITEMS = (
    _item(1, "社会保障卡挂失与解挂", "社保卡丢了"),
    _item(2, "社会保障卡申领", "办社保卡"),
    _item(3, "个人住房公积金账户信息查询", "公积金余额"),
    _item(4, "租赁商品住房提取住房公积金", "租房提公积金"),
    _item(5, "居民身份证丢失补领", "身份证丢了"),
    _item(6, "高速公路通行费及ETC业务指南", "办ETC"),
    _item(7, "基本医疗保险关系转移接续手续办理", "医保转移"),
    _item(8, "燃气过户", "燃气过户"),
    _item(9, "达到规定年龄换领机动车驾驶证", "70岁换驾照"),
    _item(10, "不动产登记信息查询结果证明打印（有房/无房证明）", "无房证明"),
)
INDEX = Index.build(ITEMS)


def _first(text: str) -> str:
    return INDEX.search(text)[0].item.name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("租赁商品住房提取住房公积金", "租赁商品住房提取住房公积金"),
        ("身份证丢了", "居民身份证丢失补领"),
        ("麻烦帮我办一下社保卡", "社会保障卡申领"),
        ("我的社保卡掉了怎么办", "社会保障卡挂失与解挂"),
        ("公积金租房提取", "租赁商品住房提取住房公积金"),
        ("yibao", "基本医疗保险关系转移接续手续办理"),
        ("YiBao ZhuanYi", "基本医疗保险关系转移接续手续办理"),
        ("gongjijin yue", "个人住房公积金账户信息查询"),
        ("sfz", "居民身份证丢失补领"),
        ("wfzm", "不动产登记信息查询结果证明打印（有房/无房证明）"),
        ("租房tiqu", "租赁商品住房提取住房公积金"),
        ("shebaok", "社会保障卡申领"),
        ("公鸡金鱼额", "个人住房公积金账户信息查询"),
        ("etc", "高速公路通行费及ETC业务指南"),
        ("ＥＴＣ", "高速公路通行费及ETC业务指南"),
        ("70岁", "达到规定年龄换领机动车驾驶证"),
    ],
)
def test_people_find_items_in_their_own_words(said: str, name: str) -> None:
    assert _first(said) == name


def test_a_name_or_alias_said_exactly_scores_a_hundred_and_nothing_else_does() -> None:
    for item in ITEMS:
        for words in (item.name, *item.aliases):
            scores = {hit.item.name: hit.score for hit in INDEX.search(words)}
            assert scores.pop(item.name) == 100
            assert all(score < 100 for score in scores.values())


def test_a_hit_tells_the_words_it_was_found_by_and_what_of_the_name_was_said() -> None:
    hit = INDEX.search("无房证明")[0]
    assert hit.matched == "无房证明"
    assert [hit.item.name[start:end] for start, end in hit.spans] == ["证明", "无房证明"]


def test_the_shorter_name_comes_first_where_both_hold_all_that_was_said() -> None:
    assert [hit.item.id for hit in INDEX.search("社保卡")][:1] == ["DEMO-XX-002"]


@pytest.mark.parametrize("text", ["", " ", "\x00\x1b", "！？。", "🙂🙂", "\ud800", "ᚠᚢᚦ", "𝔷𝔷𝔷"])
def test_what_says_nothing_finds_nothing(text: str) -> None:
    assert INDEX.search(text) == ()


def test_a_text_without_end_is_answered_from_its_beginning() -> None:
    assert INDEX.search("社保卡丢了" + "！" * 10_000)[0].item is ITEMS[0]
    assert len(INDEX.search("社保卡" * 10_000)) > 0


def test_no_more_than_the_limit_is_found() -> None:
    assert len(INDEX.search("公积金", limit=1)) == 1
    assert INDEX.search("公积金", limit=0) == ()


def test_an_empty_catalogue_finds_nothing() -> None:
    assert Index.build(()).search("社保") == ()


SAID = st.text(max_size=80) | st.text(
    alphabet="社保卡公积金身份证办丢了怎么查abcgjsyzhü69 ，！", max_size=80
)


@given(SAID)
def test_any_text_is_answered_in_order_and_within_bounds(text: str) -> None:
    hits = INDEX.search(text)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)
    assert len({hit.item.id for hit in hits}) == len(hits)
    for hit in hits:
        assert hit.matched in (hit.item.name, *hit.item.aliases)
        ends = [0, *(place for span in hit.spans for place in span), len(hit.item.name)]
        assert ends == sorted(ends)


@given(SAID)
def test_the_same_text_is_always_answered_alike(text: str) -> None:
    assert INDEX.search(text) == Index.build(ITEMS).search(text)


@given(st.sampled_from(ITEMS), st.sampled_from(["我想{}", "请问{}怎么办", "{}！", " {} "]))
def test_polite_words_around_a_name_do_not_hide_it(item: ServiceItem, polite: str) -> None:
    assert INDEX.search(polite.format(item.name))[0].item is item


def test_the_command_line_answers_with_ids_names_and_scores() -> None:
    hits = INDEX.search("身份证丢了", limit=1)
    assert as_json("身份证丢了", hits, 1.5) == {
        "query": "身份证丢了",
        "results": [{"item_id": "DEMO-XX-005", "name": "居民身份证丢失补领", "score": 100.0}],
        "milliseconds": 1.5,
    }
