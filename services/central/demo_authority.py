"""An authority that makes everything up, and says so: for demonstrations, until a real one is
there."""

import hashlib
from datetime import date, datetime, timedelta

from kiosk.domain.catalogue.model import ServiceItem
from kiosk.domain.questions.identity import masked
from services import wire
from services.central.authority import Claim, Statement
from services.central.feedback import ZONE

ISSUER = "演示数据 · 非真实记录"
WATERMARK = "演示 · 无效"
MONTHS = 6
_NOTHING_OWED_OF = 10
_LEAST, _MOST = 10_00, 500_00
_COLUMNS = {
    "社会保障": ("月份", "险种（演示）", "缴费状态"),
    "医疗保障": ("月份", "项目（演示）", "状态"),
    "不动产": ("月份", "登记簿内容（演示）", "状态"),
    "税务": ("月份", "税种（演示）", "申报状态"),
    "住房公积金": ("月份", "汇缴（演示）", "状态"),
}
_OTHERS = ("月份", "内容（演示）", "状态")


class DemoAuthority:
    """Implements `services.central.authority.Authority`. The same question on the same day has the
    same answer."""

    def record(self, item: ServiceItem, query: wire.CounterQuery, now: datetime) -> Statement:
        """A page with the name of the item, the name that was asked for, and nothing true."""
        return Statement(
            title=item.name,
            lines=(
                ("姓名或单位", _name(query)),
                ("证件号码", masked(_document(query)) or "演示"),
                ("承办部门", item.department),
                ("说明", "演示数据，不作凭证"),
            ),
            columns=_COLUMNS.get(item.group, _OTHERS),
            rows=tuple(
                (f"{month.year}年{month.month}月", "演示", "正常（演示）")
                for month in _months(now.astimezone(ZONE).date())
            ),
            issuer=ISSUER,
            watermark=WATERMARK,
        )

    def claim(self, item: ServiceItem, query: wire.CounterQuery, now: datetime) -> Claim:
        """A sum that nobody owes; one in ten owes nothing at all."""
        asked = query.model_copy(update={"answers": dict(sorted(query.answers.items()))})
        digest = hashlib.sha256(asked.model_dump_json().encode()).digest()
        number = int.from_bytes(digest[:8], "big")
        amount = _LEAST + number % (_MOST - _LEAST)
        last = next(iter(_months(now.astimezone(ZONE).date())))
        return Claim(
            title=f"{item.name}（演示）",
            for_whom=f"{_name(query)[:1]}**",
            period=f"{last.year}年{last.month}月（演示）",
            amount=0 if digest[8] % _NOTHING_OWED_OF == 0 else amount,
        )


def _name(query: wire.CounterQuery) -> str:
    return query.answers.get("name") or query.answers.get("company_name") or "演示"


def _document(query: wire.CounterQuery) -> str:
    return query.answers.get("document") or query.answers.get("credit_code") or ""


def _months(today: date) -> list[date]:
    """The first days of the months before this one, the newest first."""
    months = []
    day = today.replace(day=1)
    for _ in range(MONTHS):
        day = (day - timedelta(days=1)).replace(day=1)
        months.append(day)
    return months
