"""Which of somebody else's matters is meant."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import wiring
from kiosk.ports import Catalogue
from kiosk.settings import Settings


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return wiring.catalogue(Settings())


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("gjj", "公积金"),
        ("gongjij", "公积金"),
        ("护照", "护照、港澳通行证、出入境"),
        ("huzhao", "护照、港澳通行证、出入境"),
        ("老板不给工钱", "老板拖欠工资"),
        ("我想问问医保怎么报销", "医保报销、异地看病"),
        ("买到假的东西", "买到假货、消费纠纷、商家不退钱"),
        ("tingdian", "水电气暖故障、抢修"),
        ("学校", "教育、入学、培训班退费"),
        ("zhapian", "网络诈骗已转账"),
        ("房子漏水", "房屋质量、物业、邻里纠纷"),
    ],
)
def test_a_word_finds_the_topic(catalogue: Catalogue, said: str, topic: str) -> None:
    assert catalogue.routes[catalogue.topics(said)[0]].topic == topic


def test_every_topic_is_found_by_its_own_words(catalogue: Catalogue) -> None:
    for id, route in catalogue.routes.items():
        assert catalogue.topics(route.topic)[0] == id
        for word in route.keywords:
            assert id in catalogue.topics(word), word


@pytest.mark.parametrize("said", ["", " ", "@@", "g", "👍🏽"])
def test_what_says_nothing_finds_nothing(catalogue: Catalogue, said: str) -> None:
    assert catalogue.topics(said) == ()


@given(said=st.text(max_size=200))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_will_do(catalogue: Catalogue, said: str) -> None:
    found = catalogue.topics(said)
    assert len(set(found)) == len(found)
    assert set(found) <= set(catalogue.routes)
