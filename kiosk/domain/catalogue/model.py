"""The catalogue's frozen data: service items (事项), divisions (区划), routes for the rest, and the
edition that holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kiosk.domain.catalogue.guide import Guide
    from kiosk.domain.catalogue.places import Directory

PERSON, COMPANY = "个人", "法人"
"""Whom an item serves (服务对象)."""


class KioskKind(StrEnum):
    """What can be done on the machine."""

    QUERY = "查询打印"
    APPLY = "申报"
    BOOK = "预约"
    PAY = "缴费"
    GUIDE = "指南"


ON_THE_MACHINE = frozenset(KioskKind) - {KioskKind.GUIDE}
"""What a citizen can begin and end at the kiosk; a guide is read and taken away."""


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One government service. In code never called a "service": `services/` means adapters.

    `promise_days` counts working days (0: on the spot, None: by rule); `group` is one of the seven
    groups of the home screen, `domain` one of 28 fields; `aliases` are the nicknames that are
    shown, `said` the other ways in which people ask for it.
    """

    id: str
    name: str
    group: str
    domain: str
    department: str
    level: str
    item_type: str
    service_object: tuple[str, ...]
    kind: KioskKind
    promise_days: int | None
    handle_type: str
    province_wide: bool
    yangtze_delta: bool
    cross_region: str
    aliases: tuple[str, ...]
    materials: tuple[str, ...]
    label: str
    said: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The short code to copy by hand, e.g. `SK-007`."""
        return code_of(self.id)


def code_of(item_id: str) -> str:
    """The short code of the item with this id."""
    return item_id.removeprefix("DEMO-")


@dataclass(frozen=True, slots=True)
class Division:
    """A division of the province: province, 16 cities, 104 counties and districts (GB/T 2260)."""

    code: str
    name: str
    level: str
    type: str
    parent: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Route:
    """Where a matter belongs that the window does not take: who is responsible, and how to reach
    them. Priority 0 collects nothing (danger to life). `other_channel` is empty where there is
    none."""

    id: str
    topic: str
    keywords: tuple[str, ...]
    responsible: str
    hotline: str
    other_channel: str
    bring: tuple[str, ...]
    action: str
    priority: int
    confidence: str


@dataclass(frozen=True, slots=True)
class Edition:
    """All that the province has published, as of one day: each part by id or code, in the order it
    is shown. `number` counts the editions from 1.
    """

    number: int
    issued: date
    items: Mapping[str, ServiceItem]
    guides: Mapping[str, Guide]
    divisions: Mapping[str, Division]
    routes: Mapping[str, Route]
    directory: Directory


@dataclass(frozen=True, slots=True)
class Selection:
    """Which items a list shows; an empty field chooses all. `audience` is `PERSON` or `COMPANY`."""

    group: str = ""
    audience: str = ""
    kind: KioskKind | None = None
    here: bool = False
