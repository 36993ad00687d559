"""What a citizen waits for: records, appointments and bills, asked of the central server."""

from datetime import datetime, time
from typing import TypeVar
from uuid import UUID

from pydantic import ValidationError

from kiosk.domain.counter.booking import Hold, Slot
from kiosk.domain.counter.payment import Bill, PaymentState
from kiosk.domain.counter.record import Record
from kiosk.domain.counter.request import CounterRequest
from kiosk.errors import CentralUnreachable, CounterRefusal
from services import wire
from services.uplink import bounded
from services.uplink.answers import answer, is_json

_M = TypeVar("_M", bound=wire.Message)
_REFUSALS = (404, 409)


class CounterClient:
    """Implements `kiosk.ports.Counter`. Safe from any thread."""

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/")
        self._session = bounded.session()

    def record(self, request: CounterRequest) -> Record:
        """What an authority's books say (查询打印)."""
        found = self._ask(wire.RECORDS_PATH, _query(request), wire.WireRecord, "record_unknown")
        return Record(
            title=found.title,
            lines=tuple(found.lines),
            columns=tuple(found.columns),
            rows=tuple(tuple(row) for row in found.rows),
            issuer=found.issuer,
            issued_at=_zoned(found.issued_at),
            check_code=found.check_code,
            check_path=found.check_path,
            watermark=found.watermark,
        )

    def slots(self, item_id: str, hall_id: str) -> tuple[Slot, ...]:
        """The times that can be booked, with what is left of each (预约)."""
        query = wire.SlotQuery(item_id=item_id, hall_id=hall_id)
        found = self._ask(wire.SLOTS_PATH, query, wire.SlotList, "slot_full")
        try:
            return tuple(
                Slot(slot.day, time.fromisoformat(slot.start), max(0, slot.left))
                for slot in found.slots
            )
        except ValueError as error:
            raise CentralUnreachable("a slot's time is none") from error

    def hold(self, item_id: str, hall_id: str, slot: str, submission: UUID) -> Hold:
        """Keep a slot for a form until it is handed in."""
        wanted = wire.HoldRequest(
            item_id=item_id, hall_id=hall_id, slot=slot, submission=submission
        )
        held = self._ask(wire.HOLDS_PATH, wanted, wire.WireHold, "slot_full")
        return Hold(held.slot, _zoned(held.until))

    def bill(self, request: CounterRequest) -> Bill:
        """What is to be paid (缴费)."""
        found = self._ask(wire.BILLS_PATH, _query(request), wire.WireBill, "bill_unknown")
        if found.amount < 0:
            raise CentralUnreachable("a bill over less than nothing")
        return Bill(
            id=found.id,
            title=found.title,
            for_whom=found.for_whom,
            period=found.period,
            amount=found.amount,
            path=found.path,
            expires_at=_zoned(found.expires_at),
        )

    def payment(self, bill_id: str) -> PaymentState:
        """How a bill stands."""
        query = wire.BillQuery(id=bill_id)
        found = self._ask(wire.PAYMENTS_PATH, query, wire.WirePayment, "bill_unknown")
        try:
            return PaymentState(found.state)
        except ValueError as error:
            raise CentralUnreachable("a bill's state is unknown to this kiosk") from error

    def _ask(self, path: str, message: wire.Message, expected: type[_M], refusal: str) -> _M:
        json = message.model_dump_json().encode()
        response, body = bounded.exchange(self._session, "POST", self._base + path, json)
        if response.status_code in _REFUSALS and is_json(response):
            raise CounterRefusal(f"{path}: refused ({response.status_code})", key=refusal)
        return answer(expected, response, body)


def _query(request: CounterRequest) -> wire.CounterQuery:
    try:
        return wire.CounterQuery(
            item_id=request.item_id, division=request.division, answers=dict(request.answers)
        )
    except ValidationError:
        raise CounterRefusal("an item or division of this length cannot exist") from None


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise CentralUnreachable("a moment without a time zone")
    return moment
