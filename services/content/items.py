"""Reading `items.tsv`: the service items (事项)."""

from collections.abc import Mapping
from pathlib import Path

from kiosk.domain.catalogue.model import KioskKind, ServiceItem
from services.content.tsv import Row, read_table, unique

HEADER = (
    "item_id",
    "name",
    "domain_group",
    "domain",
    "department",
    "use_level",
    "item_type",
    "service_object",
    "kiosk_kind",
    "promise_workdays",
    "handle_type",
    "province_wide",
    "yangtze_delta",
    "cross_region_mode",
    "aliases",
    "materials_demo",
    "data_label",
)
GROUPS = ("社会保障", "医疗保障", "不动产", "税务", "住房公积金", "公安", "其他")
LEVELS = (
    "省级",
    "市级",
    "县级",
    "乡镇（街道）级",
    "省市县分级",
    "垂直管理（税务）",
    "公用企业",
)
ITEM_TYPES = (
    "公共服务",
    "行政许可",
    "行政确认",
    "行政给付",
    "行政裁决",
    "行政奖励",
    "其他行政权力",
)
ON_THE_SPOT = "即办件"
HANDLE_TYPES = (ON_THE_SPOT, "承诺件", "按督办规则")
SERVICE_OBJECTS = ("个人", "法人")
_KINDS = {kind.value: kind for kind in KioskKind}


def read_items(file: Path) -> Mapping[str, ServiceItem]:
    """The items by id, in the order of the file. Raises `ContentError`."""
    rows = read_table(file, HEADER)
    unique(rows, "item_id")
    unique(rows, "name")
    return {item.id: item for item in map(_item, rows)}


def _item(row: Row) -> ServiceItem:
    days = row.count("promise_workdays") if row.optional("promise_workdays") else None
    handle_type = row.one_of("handle_type", HANDLE_TYPES)
    if (days == 0) != (handle_type == ON_THE_SPOT):
        raise row.error("handle_type", f"{handle_type!r} with {days} promised working days")
    return ServiceItem(
        id=row.text("item_id"),
        name=row.text("name"),
        group=row.one_of("domain_group", GROUPS),
        domain=row.text("domain"),
        department=row.text("department"),
        level=row.one_of("use_level", LEVELS),
        item_type=row.one_of("item_type", ITEM_TYPES),
        service_object=_service_object(row),
        kind=_KINDS[row.one_of("kiosk_kind", _KINDS)],
        promise_days=days,
        handle_type=handle_type,
        province_wide=row.yes_no("province_wide"),
        yangtze_delta=row.yes_no("yangtze_delta"),
        cross_region=row.text("cross_region_mode"),
        aliases=row.parts("aliases", "、"),
        materials=row.parts("materials_demo", "；"),
        label=row.text("data_label"),
    )


def _service_object(row: Row) -> tuple[str, ...]:
    objects = row.parts("service_object", "、")
    for each in objects:
        if each not in SERVICE_OBJECTS:
            raise row.error(
                "service_object", f"{each!r} is not one of {'、'.join(SERVICE_OBJECTS)}"
            )
    return objects
