"""What a citizen waits for: records, appointments and bills, asked of the central server."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
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
from services.uplink.asking import ask
from services.uplink.signing import RequestSigner

_M = TypeVar("_M", bound=wire.Message)
_REFUSALS = (404, 409)
_PATH = re.compile("(/[A-Za-z0-9._~-]+)+")
"""Unreserved characters only (RFC 3986 §2.3)."""
_RECORD, _SLOT, _BILL = "record_unknown", "slot_full", "bill_unknown"


class CounterClient:
    """Implements `kiosk.ports.Counter`. Safe from any thread."""

    def __init__(self, base_url: str, signer: RequestSigner, ca: Path | None = None) -> None:
        self._base = base_url.rstrip("/")
        self._signer = signer
        self._session = bounded.Session(ca)

    def record(self, request: CounterRequest) -> Record:
        """What an authority's books say (查询打印)."""
        query = _query(request, _RECORD)
        found = self._ask(wire.RECORDS_PATH, query, wire.WireRecord, _RECORD)
        return Record(
            title=found.title,
            lines=tuple(found.lines),
            columns=tuple(found.columns),
            rows=tuple(tuple(row) for row in found.rows),
            issuer=found.issuer,
            issued_at=_zoned(found.issued_at),
            check_code=found.check_code,
            check_path=_path(found.check_path),
            watermark=found.watermark,
        )

    def slots(self, item_id: str, division: str) -> tuple[Slot, ...]:
        """The times that can be booked, with what is left of each (预约)."""
        with _existing(CounterRefusal.key):
            query = wire.SlotQuery(item_id=item_id, division=division)
        found = self._ask(wire.SLOTS_PATH, query, wire.SlotList, CounterRefusal.key)
        return tuple(map(_slot, found.slots))

    def hold(self, item_id: str, division: str, slot: str, submission: UUID) -> Hold:
        """Keep a slot for a form until it is handed in."""
        with _existing(_SLOT):
            wanted = wire.HoldRequest(
                item_id=item_id, division=division, slot=slot, submission=submission
            )
        held = self._ask(wire.HOLDS_PATH, wanted, wire.WireHold, _SLOT)
        if held.slot != slot:
            raise CentralUnreachable("another slot was held than was asked for")
        return Hold(held.slot, _zoned(held.until))

    def bill(self, request: CounterRequest) -> Bill:
        """What is to be paid (缴费)."""
        found = self._ask(wire.BILLS_PATH, _query(request, _BILL), wire.WireBill, _BILL)
        if found.amount < 0:
            raise CentralUnreachable("a bill over less than nothing")
        return Bill(
            id=found.id,
            title=found.title,
            for_whom=found.for_whom,
            period=found.period,
            amount=found.amount,
            path=_path(found.path),
            expires_at=_zoned(found.expires_at),
        )

    def payment(self, bill_id: str) -> PaymentState:
        """How a bill stands."""
        with _existing(_BILL):
            query = wire.BillQuery(id=bill_id)
        found = self._ask(wire.PAYMENTS_PATH, query, wire.WirePayment, _BILL)
        try:
            return PaymentState(found.state)
        except ValueError as error:
            raise CentralUnreachable("a bill's state is unknown to this kiosk") from error

    def _ask(self, path: str, message: wire.Message, expected: type[_M], refusal: str) -> _M:
        json = message.model_dump_json().encode()
        response, body = ask(self._session, self._signer, "POST", self._base + path, json)
        if response.status_code in _REFUSALS and is_json(response):
            raise CounterRefusal(f"{path}: refused ({response.status_code})", key=refusal)
        return answer(expected, response, body)


@contextmanager
def _existing(refusal: str) -> Iterator[None]:
    """Nothing the wire has no room for exists at the centre."""
    try:
        yield
    except ValidationError:
        raise CounterRefusal("an id of this length cannot exist", key=refusal) from None


def _query(request: CounterRequest, refusal: str) -> wire.CounterQuery:
    with _existing(refusal):
        return wire.CounterQuery(
            item_id=request.item_id, division=request.division, answers=dict(request.answers)
        )


def _slot(slot: wire.WireSlot) -> Slot:
    try:
        start = time.fromisoformat(slot.start)
    except ValueError as error:
        raise CentralUnreachable("a slot begins at no time of day") from error
    if f"{start:%H:%M}" != slot.start or slot.left < 0:
        raise CentralUnreachable("a slot begins at no full minute, or has less than nothing left")
    return Slot(slot.day, start, slot.left)


def _path(path: str) -> str:
    """A page of the public site: a phone is led to no other."""
    if not _PATH.fullmatch(path):
        raise CentralUnreachable("a link leads away from the public site")
    return path


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise CentralUnreachable("a moment without a time zone")
    return moment
