"""Paying (缴费): the central server knows the amount, the citizen's own phone pays. No money and no
payment data touch the kiosk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PaymentState(StrEnum):
    """How a bill stands."""

    UNPAID = "unpaid"
    PAID = "paid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid. `amount` is in fen (分); 0: nothing is owed. `path` is the page of the
    central server's public site where a phone pays, `expires_at` when it stops taking the payment;
    `for_whom` is the payer, masked."""

    id: str
    title: str
    for_whom: str
    period: str
    amount: int
    path: str
    expires_at: datetime


def yuan(fen: int) -> str:
    """An amount as it is written: `1,234.50`."""
    return f"{fen // 100:,}.{fen % 100:02d}"
