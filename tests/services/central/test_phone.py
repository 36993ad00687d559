"""The pages on a citizen's own phone: paying a bill, checking a paper."""

from datetime import timedelta

import pytest

from services import wire
from services.central.database import Database, sqlite_url
from services.central.tables import BillRow
from tests.services.central.conftest import NOON, Hall

NOTHING = "没有要交的钱"


def bill(hall: Hall, amount: int) -> str:
    """Where a fresh bill over this amount (fen) is paid."""
    database = Database(sqlite_url(hall.database))
    with database.write() as session:
        session.add(
            BillRow(
                id=f"bill-{amount}",
                title="演示水费",
                for_whom="演**",
                period="2026年8月（演示）",
                amount=amount,
                expires_at=NOON + timedelta(minutes=15),
                paid_at=None,
            )
        )
    database.close()
    return f"/pay/bill-{amount}"


def test_a_bill_of_a_fen_has_a_button_to_pay(hall: Hall) -> None:
    page = hall.client.get(bill(hall, 1)).text
    assert "<button" in page
    assert NOTHING not in page


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=1)])
def test_a_bill_of_nothing_says_so_and_has_no_button(hall: Hall, later: timedelta) -> None:
    path = bill(hall, 0)
    hall.clock.moment += later
    page = hall.client.get(path).text
    assert NOTHING in page
    assert "Nothing is to be paid" in page
    for unsaid in ("<button", "<form", "过期", "已经付好了"):
        assert unsaid not in page


def test_a_bill_of_nothing_is_not_paid_whoever_asks(hall: Hall) -> None:
    path = bill(hall, 0)
    page = hall.client.post(path)
    assert (page.status_code, NOTHING in page.text) == (200, True)
    assert hall.ask(wire.PAYMENTS_PATH, id="bill-0").json() == {"state": "unpaid"}
