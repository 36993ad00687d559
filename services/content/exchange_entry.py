"""A service item and its guide out of the rows of a national exchange.

What the tables do not say (nicknames, ways of asking, questions of the form, exemptions, the field
and what a kiosk can do) is kept from the same item of the edition before. Codes and legal bases are
not taken over, so all of it stays demonstration data.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from kiosk.domain.catalogue.complete import DEMONSTRATION
from kiosk.domain.catalogue.guide import (
    CommonQuestion,
    DayUnit,
    Exemption,
    Guide,
    Material,
    MaterialForm,
)
from kiosk.domain.catalogue.model import Edition, KioskKind, ServiceItem
from kiosk.domain.catalogue.reach import Mode
from services.content import exchange_codes as codes
from services.content.exchange_cells import Cells, quoted
from services.content.exchange_tables import Record, Task, item_id
from services.content.items import ON_THE_SPOT

NONE = "无"
"""The name of the one material of an item that takes none."""
NO_FEE = "不收费"
_FEE = "按收费标准收取，以窗口公示为准"
_PRINTED = "终端当场打印"
_FETCHED = "窗口领取"
_MAILED = "窗口领取或邮寄到家"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_REGION = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)
_T = TypeVar("_T")


def read_entry(cells: Cells, task: Task, base: Edition, today: date) -> tuple[ServiceItem, Guide]:
    """What a task's rows say, on `today`. Worth nothing if `cells` has reasons afterwards."""
    id = item_id(cells.text("row_guid"))
    if id and not _ID.fullmatch(id):
        cells.wrong("row_guid", "is not a GUID, nor up to 32 letters, digits and hyphens")
    old, old_guide = base.items.get(id), base.guides.get(id)
    _check_life(cells, today)
    _check_region(cells, base)
    cells.value("dept_type", codes.OFFICES, "")
    group, domain, kind = _classified(cells, base, old)
    wide, crossing = _crossing(cells, kind, old)
    handling, promised, legal, unit = _periods(cells)
    materials = _materials(cells, task.materials, old_guide)
    item = ServiceItem(
        id=id,
        name=cells.text("task_name"),
        group=group,
        domain=domain,
        department=cells.text("dept_name"),
        level=_level(cells),
        item_type=cells.value("task_type", codes.ITEM_TYPES),
        service_object=cells.values("server_type", codes.SERVED),
        kind=kind,
        promise_days=promised,
        handle_type=handling,
        province_wide=wide,
        yangtze_delta=old.yangtze_delta if old else False,
        cross_region=crossing,
        aliases=old.aliases if old else (),
        materials=_short(materials, old if task.materials is None else None),
        label=DEMONSTRATION,
        said=old.said if old else (),
    )
    guide = Guide(
        version=_version(cells),
        conditions=cells.sentences("accept_condition"),
        materials=materials,
        steps=cells.sentences("handle_flow"),
        legal_days=legal,
        legal_unit=unit,
        fee=_fee(cells, old_guide),
        result=cells.text("result_name", old_guide.result if old_guide else ""),
        delivery=_delivery(cells, kind, old_guide),
        fields=old_guide.fields if old_guide and kind is not KioskKind.GUIDE else (),
        questions=_questions(cells, task.questions, old_guide),
    )
    return item, guide


def _check_life(cells: Cells, today: date) -> None:
    state = cells.value("task_state", codes.IN_USE)
    if cells.sound("task_state") and state != "在用":
        cells.wrong("task_state", f"is {state}")
    begins, ends = cells.day("plan_effective_date"), cells.day("plan_cancel_date")
    if begins and begins > today:
        cells.wrong("plan_effective_date", f"not in force (未生效) before {begins}")
    if ends and ends <= today:
        cells.wrong("plan_cancel_date", f"cancelled (取消) on {ends}")


def _check_region(cells: Cells, base: Edition) -> None:
    region = cells.optional("region_code")
    if region and not (_REGION.fullmatch(region) and region[:6] in base.divisions):
        cells.wrong("region_code", f"no division has the code {quoted(region)}")


def _classified(cells: Cells, base: Edition, old: ServiceItem | None) -> tuple[str, str, KioskKind]:
    if old is None:
        for column in ("domain_group", "domain", "kiosk_kind"):
            if not cells.optional(column):
                cells.wrong(
                    column, "not in the national tables, and the catalogue has no such item"
                )
    group = cells.value("domain_group", codes.DOMAIN_GROUPS, old.group if old else "")
    domain = cells.optional("domain") or (old.domain if old else "")
    if domain and domain not in base.directory.contacts:
        cells.wrong("domain", f"{quoted(domain)} is no field of the catalogue")
    kind = cells.value("kiosk_kind", codes.KINDS, old.kind if old else KioskKind.GUIDE)
    at_terminals = cells.value("is_service_terminals", codes.YES_NO, True)
    if not at_terminals and kind is not KioskKind.GUIDE and cells.sound("is_service_terminals"):
        cells.wrong("is_service_terminals", f"not at terminals, while kiosk_kind is {kind}")
    return group, domain, kind


def _crossing(cells: Cells, kind: KioskKind, old: ServiceItem | None) -> tuple[bool, str]:
    """Whether an item is handled all over the province, and how it crosses regions: as before where
    nothing has changed, otherwise no more than the table promises."""
    wide = cells.value("handle_area", codes.PROVINCE_WIDE, old.province_wide if old else False)
    throughout = codes.ONLINE_THROUGHOUT in cells.optional("online_handle_depth")
    if old and (old.kind, old.province_wide) == (kind, wide):
        return wide, old.cross_region
    if kind is KioskKind.GUIDE:
        return wide, Mode.GUIDE
    if wide and throughout:
        return wide, Mode.ONLINE
    return wide, Mode.COLLECTED if kind in (KioskKind.APPLY, KioskKind.PAY) else Mode.LOCAL


def _level(cells: Cells) -> str:
    levels = cells.values("use_level", codes.LEVELS)
    if len(levels) == 1:
        return levels[0]
    if not codes.GRADES.issuperset(levels):
        cells.wrong("use_level", f"{'、'.join(levels)} together are not known")
    return codes.GRADED


def _periods(cells: Cells) -> tuple[str, int, int, DayUnit]:
    """How a matter is handled, the promised working days, the statutory days and their unit.

    The promise is zero for what is done on the spot, and for nothing else; it is counted in working
    days; the statutory period is never shorter.
    """
    handling = cells.value("project_type", codes.HANDLING)
    blank = 0 if handling == ON_THE_SPOT else None
    promised, legal = cells.count("promise_day", blank), cells.count("anticipate_day", blank)
    unit = cells.value("anticipate_type", codes.UNITS, None if legal else DayUnit.WORKDAY)
    promised_in = cells.value("promise_type", codes.UNITS, None if promised else DayUnit.WORKDAY)
    if not cells.sound("promise_day"):
        return handling, promised, legal, unit
    if cells.sound("project_type") and (promised == 0) != (handling == ON_THE_SPOT):
        cells.wrong("project_type", f"{handling}, with {promised} promised days")
    if promised and cells.sound("promise_type") and promised_in is not DayUnit.WORKDAY:
        cells.wrong("promise_type", f"{promised_in}, where the catalogue promises working days")
    if cells.sound("anticipate_day") and legal < promised:
        cells.wrong("anticipate_day", f"{legal}, less than the {promised} days promised")
    return handling, promised, legal, unit


def _version(cells: Cells) -> int:
    version = cells.count("task_version")
    if version < 1 and cells.sound("task_version"):
        cells.wrong("task_version", "counts from 1")
    return version


def _fee(cells: Cells, old: Guide | None) -> str:
    if not cells.value("is_fee", codes.YES_NO):
        return NO_FEE
    return old.fee if old and old.fee != NO_FEE else _FEE


def _delivery(cells: Cells, kind: KioskKind, old: Guide | None) -> str:
    mailed = cells.value("is_express", codes.YES_NO, False)
    if old:
        return old.delivery
    if kind is KioskKind.QUERY:
        return _PRINTED
    return _MAILED if mailed else _FETCHED


def _materials(
    cells: Cells, rows: tuple[Record, ...] | None, old: Guide | None
) -> tuple[Material, ...]:
    if rows is None:
        if old is None:
            cells.reasons.append(f"materials: none given; an item that takes none says {NONE}")
        return old.materials if old else ()
    if len(rows) == 1 and not rows[0].problems and Cells(rows[0]).text("material_name") == NONE:
        return ()
    known = {material.name: material for material in old.materials} if old else {}
    return _each(cells, rows, lambda own: _material(own, known))


def _material(cells: Cells, known: Mapping[str, Material]) -> Material:
    name = cells.text("material_name")
    if name == NONE:
        cells.wrong("material_name", f"{NONE}, beside other materials")
    electronic = cells.value("material_format", codes.ELECTRONIC, False)
    form = cells.value(
        "material_type", codes.FORMS, MaterialForm.ELECTRONIC if electronic else None
    )
    if electronic:
        form = MaterialForm.ELECTRONIC
    copies = cells.count("page_num", 1)
    if form is MaterialForm.ELECTRONIC:
        copies = max(copies, 1)
    elif copies < 1 and cells.sound("page_num"):
        cells.wrong("page_num", "at least 1")
    note = cells.optional("source_note")
    source = cells.value("source_type", codes.SOURCES, note or None)
    old = known.get(name)
    return Material(
        name=name,
        form=form,
        copies=copies,
        issuer=source if source == codes.OWN else note or source,
        need=cells.value("is_need", codes.NEEDS),
        exempt_by=old.exempt_by if old else Exemption.NONE,
        situation=old.situation if old else "",
    )


def _short(materials: tuple[Material, ...], old: ServiceItem | None) -> tuple[str, ...]:
    """The short list of an item's materials: as `old` has it, or their names."""
    return old.materials if old else tuple(dict.fromkeys(each.name for each in materials))


def _questions(
    cells: Cells, rows: tuple[Record, ...] | None, old: Guide | None
) -> tuple[CommonQuestion, ...]:
    if rows is None:
        return old.questions if old else ()
    return _each(cells, rows, lambda own: CommonQuestion(own.text("question"), own.text("answer")))


def _each(cells: Cells, rows: Iterable[Record], read: Callable[[Cells], _T]) -> tuple[_T, ...]:
    """What the rows of a task say, by `order_num`. What is wrong with one is wrong with all."""
    found: list[tuple[int, _T]] = []
    for row in rows:
        own = Cells(row)
        found.append((own.count("order_num", 0), read(own)))
        cells.reasons += (f"{row.file}:{row.row}: {reason}" for reason in own.reasons)
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))
