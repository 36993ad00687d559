"""A small catalogue nobody published, and ways to change it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from kiosk import wiring
from kiosk.domain.catalogue.guide import DayUnit, Guide, Material, MaterialForm
from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.domain.catalogue.model import Division, Edition, KioskKind, ServiceItem
from kiosk.domain.catalogue.places import Contact, Hall, Window, directory
from services.catalogue.compile import compile_edition
from services.catalogue.store import CompiledCatalogue

LEXICON: Lexicon = wiring.lexicon()
DAY = date(2026, 11, 1)


def item(number: int, name: str, *aliases: str, said: tuple[str, ...] = ()) -> ServiceItem:
    return ServiceItem(
        id=f"DEMO-XX-{number:03}",
        name=name,
        group="其他",
        domain="综合便民",
        department="演示部门",
        level="县级",
        item_type="公共服务",
        service_object=("个人",) if number % 2 else ("个人", "法人"),
        kind=list(KioskKind)[number % len(KioskKind)],
        promise_days=0,
        handle_type="即办件",
        province_wide=True,
        yangtze_delta=False,
        cross_region="指南可查",
        aliases=aliases,
        materials=(),
        label="演示数据",
        said=said,
    )


def guide(number: int) -> Guide:
    return Guide(
        version=1,
        conditions=(f"演示条件{number}", "演示"),
        materials=(Material(f"演示材料{number}", MaterialForm.COPY, 1, "演示部门"),),
        steps=("一", "二", "三"),
        legal_days=0,
        legal_unit=DayUnit.WORKDAY,
        fee="不收费",
        result="演示结果",
        delivery="窗口领取",
        fields=(),
        questions=(),
    )


ITEMS = (
    item(1, "社会保障卡挂失与解挂", "社保卡丢了"),
    item(2, "社会保障卡申领", "办社保卡"),
    item(3, "个人住房公积金账户信息查询", "公积金余额"),
    item(4, "租赁商品住房提取住房公积金", "租房提公积金"),
    item(5, "居民身份证丢失补领", "身份证丢了"),
    item(6, "高速公路通行费及ETC业务指南", "办ETC"),
    item(7, "基本医疗保险关系转移接续手续办理", "医保转移"),
    item(8, "燃气过户", said=("换燃气户名",)),
    item(9, "达到规定年龄换领机动车驾驶证", "70岁换驾照"),
    item(10, "不动产登记信息查询结果证明打印（有房/无房证明）", "无房证明"),
)
PROVINCE = Division("340000", "安徽省", "省级", "省", "", "安徽省")


def edition(number: int = 1, items: tuple[ServiceItem, ...] = ITEMS) -> Edition:
    hall = Hall("H1", "演示大厅", "340000", "演示地址", "09:00", "17:00", DAY, None)
    window = Window("H1", "综合便民", "1号窗口", DAY, None)
    return Edition(
        number=number,
        issued=DAY,
        items={each.id: each for each in items},
        guides={each.id: guide(at) for at, each in enumerate(items)},
        divisions={PROVINCE.code: PROVINCE},
        routes={},
        directory=directory([hall], [window], {"综合便民": Contact("12345", "12345")}),
    )


def renamed(before: Edition, item_id: str, name: str) -> Edition:
    items = {**before.items, item_id: replace(before.items[item_id], name=name)}
    return replace(before, items=items)


def compiled(folder: Path, what: Edition | None = None) -> CompiledCatalogue:
    file = folder / "catalogue.bin"
    compile_edition(edition() if what is None else what, LEXICON, file)
    return CompiledCatalogue(file, LEXICON)
