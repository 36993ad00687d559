from dataclasses import replace

import pytest

from kiosk.domain.catalogue.model import Division, KioskKind
from kiosk.domain.catalogue.reach import Delta, Mode, Reach, delta, reach
from tests.services.catalogue.made_up import PROVINCE, item

HEFEI = Division("340100", "合肥市", "市级", "地级市", "340000", "安徽省合肥市")
LUYANG = Division("340103", "庐阳区", "县级", "市辖区", "340100", "安徽省合肥市庐阳区")
WUHU = Division("340200", "芜湖市", "市级", "地级市", "340000", "安徽省芜湖市")
JINGHU = Division("340202", "镜湖区", "县级", "市辖区", "340200", "安徽省芜湖市镜湖区")


def of(mode: Mode, kind: KioskKind = KioskKind.APPLY):
    return replace(item(1, "演示"), cross_region=mode.value, kind=kind)


@pytest.mark.parametrize(
    ("home", "here"),
    [(LUYANG, LUYANG), (LUYANG, HEFEI), (HEFEI, LUYANG), (PROVINCE, LUYANG), (PROVINCE, PROVINCE)],
)
def test_what_belongs_here_is_near(home: Division, here: Division) -> None:
    assert all(reach(of(mode), home, here) is Reach.NEARBY for mode in Mode)


@pytest.mark.parametrize("here", [LUYANG, HEFEI, PROVINCE], ids=lambda each: each.name)
def test_elsewhere_it_depends_on_how_the_item_crosses_regions(here: Division) -> None:
    assert reach(of(Mode.ONLINE), JINGHU, here) is Reach.ACROSS
    assert reach(of(Mode.COLLECTED), JINGHU, here) is Reach.COLLECTED
    assert reach(of(Mode.LOCAL), JINGHU, here) is Reach.ONLY_THERE
    assert reach(of(Mode.GUIDE, KioskKind.GUIDE), JINGHU, here) is Reach.ONLY_THERE


def test_a_guide_is_finished_nowhere_on_a_machine() -> None:
    assert reach(of(Mode.ONLINE, KioskKind.GUIDE), WUHU, LUYANG) is Reach.ONLY_THERE


def test_the_delta_allows_what_its_list_says() -> None:
    assert delta(of(Mode.ONLINE)) is Delta.NONE
    listed = {mode: replace(of(mode), yangtze_delta=True) for mode in Mode}
    assert delta(listed[Mode.ONLINE]) is Delta.ONLINE
    assert delta(listed[Mode.COLLECTED]) is Delta.COLLECTED
    assert delta(listed[Mode.LOCAL]) is Delta.LOOK_UP
    assert delta(replace(listed[Mode.ONLINE], kind=KioskKind.GUIDE)) is Delta.LOOK_UP
