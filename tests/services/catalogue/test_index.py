"""What a search of a small catalogue finds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.catalogue.model import ServiceItem
from kiosk.domain.catalogue.search import Found, as_json
from services.catalogue.store import CompiledCatalogue
from tests.services.catalogue.made_up import ITEMS, compiled, edition, item

Search = Callable[..., Found]


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return compiled(tmp_path_factory.mktemp("catalogue")).search


def names(found: Found) -> list[str]:
    return [hit.item.name for hit in found.hits]


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
        ("煤气过户", "燃气过户"),
        ("换燃气户名", "燃气过户"),
        ("ranqiguohu", "燃气过户"),
        ("过户燃气", "燃气过户"),
        ("shenfengzheng", "居民身份证丢失补领"),
        ("etc", "高速公路通行费及ETC业务指南"),
        ("ＥＴＣ", "高速公路通行费及ETC业务指南"),
        ("70岁", "达到规定年龄换领机动车驾驶证"),
        ("xx008", "燃气过户"),
    ],
)
def test_people_find_items_in_their_own_words(search: Search, said: str, name: str) -> None:
    assert names(search(said))[0] == name


def test_a_name_nickname_or_saying_said_exactly_scores_a_hundred(search: Search) -> None:
    for each in ITEMS:
        for words in (each.name, *each.aliases, *each.said):
            scores = {hit.item.name: hit.score for hit in search(words).hits}
            assert scores.pop(each.name) == 100
            assert all(score < 100 for score in scores.values())


def test_a_hit_tells_the_words_it_was_found_by_and_what_of_the_name_was_said(
    search: Search,
) -> None:
    hit = search("无房证明").hits[0]
    assert hit.matched == "无房证明"
    assert "无房证明" in [hit.item.name[start:end] for start, end in hit.spans]


@pytest.mark.parametrize("text", ["", " ", "\x00\x1b", "！？。", "🙂🙂", "\ud800"])
def test_what_says_nothing_finds_nothing(search: Search, text: str) -> None:
    assert search(text) == Found()


def test_what_is_not_offered_is_answered_with_the_nearest_only(search: Search) -> None:
    found = search("住火星的人怎么找工作")
    assert found.hits == ()
    assert len(found.nearest) <= 3


@pytest.mark.parametrize("typed", ["XX-008", "xx-008", "xx008", "ｘｘ－００８", " XX 008 "])
def test_a_short_code_finds_its_item_alone_however_it_is_typed(search: Search, typed: str) -> None:
    (hit,) = search(typed).hits
    assert (hit.item.id, hit.score, hit.matched) == ("DEMO-XX-008", 100, "XX-008")
    assert hit.spans == ()


@pytest.mark.parametrize("typed", ["XX-00", "XX-0088", "DEMO-XX-999"])
def test_what_is_almost_a_short_code_is_none(search: Search, typed: str) -> None:
    found = search(typed)
    assert all(hit.score < 100 for hit in (*found.hits, *found.nearest))


def test_a_character_that_is_two_letters_is_marked_once(tmp_path: Path) -> None:
    (found, *_) = (
        compiled(tmp_path, edition(items=(item(1, "演示90㎡以下住房"), item(2, "演示№1住房"))))
        .search("90㎡")
        .hits
    )
    assert [found.item.name[start:end] for start, end in found.spans] == ["90㎡"]


def test_equals_keep_the_order_of_the_catalogue(tmp_path: Path) -> None:
    alike = tuple(item(number, f"演示{name}") for number, name in ((7, "甲"), (3, "乙"), (5, "丙")))
    hits = compiled(tmp_path, edition(items=alike)).search("演示").hits
    assert len({hit.score for hit in hits}) == 1
    assert [hit.item.id for hit in hits] == [each.id for each in alike]


def test_a_text_without_end_is_answered_from_its_beginning(search: Search) -> None:
    assert search("社保卡丢了" + "！" * 10_000).hits[0].item == ITEMS[0]
    assert len(search("社保卡" * 10_000).hits) > 0


def test_no_more_than_the_limit_is_found(search: Search) -> None:
    assert len(search("公积金", 1).hits) == 1
    assert search("公积金", 0) == Found()


def test_an_empty_catalogue_finds_nothing(tmp_path: Path) -> None:
    empty: CompiledCatalogue = compiled(tmp_path, edition(items=()))
    assert empty.search("社保") == Found()


SAID = st.text(st.characters(exclude_categories=()), max_size=80) | st.text(
    alphabet="社保卡公积金身份证办丢了怎么查abcgjsyzhü69 ，！", max_size=80
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAID)
def test_any_text_is_answered_in_order_and_within_bounds(search: Search, text: str) -> None:
    found = search(text)
    hits = found.hits or found.nearest
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)
    assert len({hit.item.id for hit in hits}) == len(hits)
    assert search(text) == found
    for hit in hits:
        assert hit.matched in (hit.item.name, *hit.item.aliases, *hit.item.said, hit.item.code)
        ends = [0, *(place for span in hit.spans for place in span), len(hit.item.name)]
        assert ends == sorted(ends)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ITEMS), st.sampled_from(["我想{}", "请问{}怎么办", "{}！", " {} "]))
def test_polite_words_around_a_name_do_not_hide_it(
    search: Search, item: ServiceItem, polite: str
) -> None:
    assert search(polite.format(item.name)).hits[0].item == item


def test_the_command_line_answers_with_ids_names_and_scores(search: Search) -> None:
    assert as_json("身份证丢了", search("身份证丢了", 1), 1.5) == {
        "query": "身份证丢了",
        "results": [{"item_id": "DEMO-XX-005", "name": "居民身份证丢失补领", "score": 100.0}],
        "likely": True,
        "milliseconds": 1.5,
    }
