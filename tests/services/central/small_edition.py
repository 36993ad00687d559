"""A catalogue small enough to read: three items, two places, one hall that moved its window."""

from dataclasses import replace
from datetime import date

from kiosk.domain.catalogue.guide import (
    CommonQuestion,
    DayUnit,
    Exemption,
    Guide,
    Material,
    MaterialForm,
    Need,
)
from kiosk.domain.catalogue.model import Division, Edition, KioskKind, Route, ServiceItem
from kiosk.domain.catalogue.places import Contact, Hall, Window, directory

CARD, PAID, RULED = "DEMO-SK-007", "DEMO-SB-001", "DEMO-BM-001"


def item(id: str, name: str, promise_days: int | None, domain: str = "社会保障卡") -> ServiceItem:
    return ServiceItem(
        id=id,
        name=name,
        group="社会保障",
        domain=domain,
        department="演示社保部门",
        level="县级",
        item_type="公共服务",
        service_object=("个人", "法人"),
        kind=KioskKind.APPLY,
        promise_days=promise_days,
        handle_type="承诺件",
        province_wide=True,
        yangtze_delta=False,
        cross_region="全程网办（全省任一终端办结）",
        aliases=("演示别名",),
        materials=(),
        label="演示数据",
    )


def guide(*materials: Material, version: int = 2, legal_days: int = 0) -> Guide:
    return Guide(
        version=version,
        conditions=("演示条件甲", "<b>演示条件乙</b> & 别的"),
        materials=materials,
        steps=("演示第一步", "演示第二步", "演示第三步"),
        legal_days=legal_days,
        legal_unit=DayUnit.DAY,
        fee="演示不收费",
        result="演示新卡",
        delivery="演示邮寄到家",
        fields=(),
        questions=(CommonQuestion("演示常问？", "演示回答。"),),
    )


MATERIALS = (
    Material("演示身份证", MaterialForm.ORIGINAL, 1, "演示公安机关", exempt_by=Exemption.LICENCE),
    Material(
        "演示委托书",
        MaterialForm.BOTH,
        2,
        "演示委托人",
        need=Need.LATER,
        situation="演示请人代办时",
    ),
)
ITEMS = (
    item(CARD, "演示社保卡补领", 5),
    item(PAID, "演示参保证明", 0),
    item(RULED, "演示反映问题", None, "演示没有窗口的领域"),
)
DIVISIONS = (
    Division("340000", "安徽省", "省级", "省", "", "安徽省"),
    Division("340100", "合肥市", "地级", "地级市", "340000", "安徽省合肥市"),
)
SINCE = date(2026, 1, 1)
HALL = Hall("H340100", "演示合肥大厅", "340100", "演示路1号", "08:30", "17:30", SINCE, until=None)
WINDOWS = (
    Window(HALL.id, "社会保障卡", "演示旧窗口 1号", SINCE, date(2026, 9, 28)),
    Window(HALL.id, "社会保障卡", "演示新窗口 2号", date(2026, 9, 29), None),
)
CONTACTS = {
    "社会保障卡": Contact("12333", "12345"),
    "演示没有窗口的领域": Contact("12345", "12345"),
}
ROUTE = Route("R01", "演示去处", ("演示",), "演示机构", "12345", "无", (), "演示", 1, "知识")


def edition(number: int = 1, *, name: str = "演示社保卡补领") -> Edition:
    """`name` is that of the first item."""
    items = {each.id: each for each in ITEMS}
    items[CARD] = replace(items[CARD], name=name)
    return Edition(
        number=number,
        issued=date(2026, 9, 1),
        items=items,
        guides={CARD: guide(*MATERIALS, legal_days=10), PAID: guide(), RULED: guide()},
        divisions={each.code: each for each in DIVISIONS},
        routes={ROUTE.id: ROUTE},
        directory=directory([HALL], WINDOWS, CONTACTS),
    )
