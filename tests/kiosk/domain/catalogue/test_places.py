from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue.model import Division
from kiosk.domain.catalogue.places import Hall, Place, Window, directory, lies_in
from tests.services.catalogue.made_up import PROVINCE

DAY = date(2026, 11, 1)
OLD = Hall("H1", "旧大厅", "340103", "演示", "09:00", "17:00", DAY, DAY + timedelta(days=9))
NEW = Hall("H2", "新大厅", "340103", "演示", "09:00", "17:00", DAY + timedelta(days=10), None)
WINDOWS = [
    Window("H1", "税务", "1号窗口", DAY, None),
    Window("H2", "税务", "2号窗口", DAY + timedelta(days=10), DAY + timedelta(days=19)),
    Window("H2", "税务", "3号窗口", DAY + timedelta(days=20), None),
]
CITY = Division("340100", "合肥市", "地级", "地级市", "340000", "安徽省合肥市")
COUNTY = Division("340103", "庐阳区", "县级", "市辖区", "340100", "安徽省合肥市庐阳区")
ELSEWHERE = Division("340202", "镜湖区", "县级", "市辖区", "340200", "安徽省芜湖市镜湖区")
DIRECTORY = directory([OLD, NEW], WINDOWS, {})


def place(days: int, domain: str = "税务") -> Place | None:
    return DIRECTORY.place("340103", domain, DAY + timedelta(days=days))


def test_a_hall_and_its_windows_hold_from_day_to_day_both_included() -> None:
    assert place(-1) is None
    assert place(0) == place(9) == Place(OLD, "1号窗口")
    assert place(10) == place(19) == Place(NEW, "2号窗口")
    assert place(20) == place(9000) == Place(NEW, "3号窗口")


def test_a_field_without_a_window_is_asked_for_at_the_desk() -> None:
    assert place(0, "公安") == Place(OLD, "")
    assert DIRECTORY.place("340104", "税务", DAY) is None


@given(st.dates())
def test_never_more_than_one_hall_holds(day: date) -> None:
    expected = None if day < DAY else OLD if day < NEW.since else NEW
    assert DIRECTORY.hall("340103", day) == expected


def test_of_two_halls_that_hold_the_newer_one_counts() -> None:
    both = directory(
        [NEW, Hall("H1", "旧大厅", "340103", "演示", "09:00", "17:00", DAY, None)], [], {}
    )
    assert both.hall("340103", NEW.since) == NEW


def test_a_division_lies_in_itself_its_city_and_the_province() -> None:
    assert all(lies_in(COUNTY, above) for above in (COUNTY, CITY, PROVINCE))
    assert not any(lies_in(above, COUNTY) for above in (CITY, PROVINCE, ELSEWHERE))
    assert not lies_in(ELSEWHERE, CITY)
