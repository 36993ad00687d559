"""What stands behind the counter: the authorities whose books are asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.catalogue.model import ServiceItem
from kiosk.errors import KnownError
from services import wire


class NothingKnownError(KnownError):
    """The authority's books say nothing about this."""


@dataclass(frozen=True, slots=True, repr=False)
class Statement:
    """What an authority's books say; see `kiosk.domain.counter.record.Record`."""

    title: str
    lines: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    issuer: str
    watermark: str


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """What is owed: for what, by whom (masked), for which period, and how much (fen)."""

    title: str
    for_whom: str
    period: str
    amount: int


class Authority(Protocol):
    """The authorities of the province, as this server reaches them. Both methods may block, and
    raise `NothingKnownError`."""

    def record(self, item: ServiceItem, query: wire.CounterQuery, now: datetime) -> Statement:
        """A record to look up and print."""

    def claim(self, item: ServiceItem, query: wire.CounterQuery, now: datetime) -> Claim:
        """What is to be paid."""
