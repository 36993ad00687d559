"""The counter: what kiosks ask while a citizen waits. Answers are for the moment, nothing that was
asked is kept."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from fastapi import APIRouter, Depends, HTTPException

from kiosk.domain.catalogue.model import KioskKind, ServiceItem
from kiosk.domain.catalogue.places import Hall
from kiosk.domain.counter.booking import Slot, bookable_days, open_slots
from kiosk.domain.submission.receipt import new_number
from services import wire
from services.central import bookings, identity, problems
from services.central.authority import Authority, NothingKnownError
from services.central.office import Office
from services.central.tables import BillRow, PaperRow

BILL_LASTS = timedelta(minutes=15)
REFUSED: dict[int | str, dict[str, Any]] = {404: {"description": "Nothing is known about this"}}
FULL: dict[int | str, dict[str, Any]] = {409: {"description": "Nothing is left of this time"}}
_CHECK_PREFIX = "CHK"


class Counter:
    """Asks the authorities, and keeps times and bills."""

    def __init__(self, office: Office, authority: Authority) -> None:
        self._office = office
        self._authority = authority

    def record(self, query: wire.CounterQuery) -> wire.WireRecord:
        """A record as a page; that it was issued is remembered, what it says is not."""
        item, now = self._item(query.item_id, KioskKind.QUERY), self._now()
        found = self._authority.record(item, query, now)
        code = new_number(_CHECK_PREFIX)
        with self._office.database.write() as session:
            session.add(PaperRow(code=code, title=found.title, issuer=found.issuer, issued_at=now))
        return wire.WireRecord(
            title=found.title,
            lines=list(found.lines),
            columns=list(found.columns),
            rows=[list(row) for row in found.rows],
            issuer=found.issuer,
            issued_at=now,
            check_code=code,
            check_path=f"/check/{code}",
            watermark=found.watermark,
        )

    def slots(self, query: wire.SlotQuery) -> wire.SlotList:
        """Every slot of the days that can be booked."""
        item, halls = self._item(query.item_id, KioskKind.BOOK), self._halls(query.division)
        with self._office.database.read() as session:
            left = bookings.left(session, halls, item, self._now())
        return wire.SlotList(
            slots=[
                wire.WireSlot(day=slot.day, start=f"{slot.start:%H:%M}", left=still)
                for slot, still in left.items()
            ]
        )

    def hold(self, wanted: wire.HoldRequest) -> wire.WireHold:
        """Keep a slot for a form."""
        item, halls = self._item(wanted.item_id, KioskKind.BOOK), self._halls(wanted.division)
        hall = next((hall for slot, hall in halls.items() if slot.id == wanted.slot), None)
        if hall is None:
            raise NothingKnownError("no such time in this division's hall")
        form, now = str(wanted.submission), self._now()
        with self._office.database.write() as session:
            until = bookings.hold(session, form, hall, item, wanted.slot, now)
        if until is None:
            raise HTTPException(409, "full")
        return wire.WireHold(slot=wanted.slot, until=until)

    def bill(self, query: wire.CounterQuery) -> wire.WireBill:
        """What is to be paid, and where a phone pays it."""
        item, now = self._item(query.item_id, KioskKind.PAY), self._now()
        claim = self._authority.claim(item, query, now)
        row = BillRow(
            id=token_urlsafe(24),
            title=claim.title,
            for_whom=claim.for_whom,
            period=claim.period,
            amount=claim.amount,
            expires_at=now + BILL_LASTS,
            paid_at=None,
        )
        bill = wire.WireBill(
            id=row.id,
            title=row.title,
            for_whom=row.for_whom,
            period=row.period,
            amount=row.amount,
            path=f"/pay/{row.id}",
            expires_at=row.expires_at,
        )
        with self._office.database.write() as session:
            session.add(row)
        return bill

    def payment(self, query: wire.BillQuery) -> wire.WirePayment:
        """How a bill stands."""
        with self._office.database.read() as session:
            row = session.get(BillRow, query.id)
            if row is None:
                raise NothingKnownError("no such bill")
            return wire.WirePayment(state=row.state(self._now()))

    def _item(self, item_id: str, kind: KioskKind) -> ServiceItem:
        edition = self._office.edition()
        item = edition.items.get(item_id) if edition else None
        if item is None or item.kind is not kind:
            raise NothingKnownError("no such item")
        return item

    def _halls(self, division: str) -> dict[Slot, Hall]:
        edition, today = self._office.edition(), self._now().date()
        if edition is None or division not in edition.divisions:
            raise NothingKnownError("no such division")
        days = bookable_days(self._office.feedback.workdays, today)
        return open_slots(edition.directory, division, days)

    def _now(self) -> datetime:
        return self._office.clock.now()


def routes(office: Office, counter: Counter) -> APIRouter:
    """The routes every kiosk uses while a citizen waits. Kiosks sign for all of them."""
    router = APIRouter(
        tags=["kiosk"],
        dependencies=[Depends(identity.signed(office))],
        responses=problems.REFUSALS,
    )

    @router.post(wire.RECORDS_PATH, responses=REFUSED)
    def record(query: wire.CounterQuery) -> wire.WireRecord:
        """What an authority's books say (查询打印)."""
        return counter.record(query)

    @router.post(wire.SLOTS_PATH, responses=REFUSED)
    def slots(query: wire.SlotQuery) -> wire.SlotList:
        """Which times can be booked (预约)."""
        return counter.slots(query)

    @router.post(wire.HOLDS_PATH, responses=REFUSED | FULL)
    def hold(wanted: wire.HoldRequest) -> wire.WireHold:
        """Keep a time for a form."""
        return counter.hold(wanted)

    @router.post(wire.BILLS_PATH, responses=REFUSED)
    def bill(query: wire.CounterQuery) -> wire.WireBill:
        """What is to be paid (缴费)."""
        return counter.bill(query)

    @router.post(wire.PAYMENTS_PATH, responses=REFUSED)
    def payment(query: wire.BillQuery) -> wire.WirePayment:
        """How a bill stands."""
        return counter.payment(query)

    return router
