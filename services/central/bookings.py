"""Appointments: how many can still come, and who has which time.

A time is held for a form for a quarter of an hour, and booked when the form arrives. Forms filled
in offline arrive without a hold: they are booked if anything is left.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from kiosk.domain.catalogue.model import ServiceItem
from kiosk.domain.catalogue.places import Hall
from kiosk.domain.counter.booking import BookingState, Slot
from services.central import eventlog
from services.central.tables import BookingRow

CAPACITY = 3
"""People a hall's window of one field can see in half an hour (demonstration)."""
HELD_FOR = timedelta(minutes=15)
HELD = "held"


def left(
    session: Session, halls: Mapping[Slot, Hall], item: ServiceItem, now: datetime
) -> dict[Slot, int]:
    """How many can still come, by slot."""
    taken = Counter(
        (hall_id, slot)
        for hall_id in {hall.id for hall in halls.values()}
        for slot in session.scalars(
            select(BookingRow.slot).where(_takes_a_place(hall_id, item.domain, now))
        )
    )
    return {slot: max(0, CAPACITY - taken[hall.id, slot.id]) for slot, hall in halls.items()}


def hold(
    session: Session, submission: str, hall: Hall, item: ServiceItem, slot: str, now: datetime
) -> datetime | None:
    """Keep a slot for a form; until when, or None if it is full. The form's other slot is free
    again."""
    eventlog.wait_turn(session)
    row = session.get(BookingRow, submission)
    if row is not None and row.state != HELD:
        return None
    if not _is_free(session, submission, hall.id, item.domain, slot, now):
        return None
    row = row or _new(session, submission)
    row.hall_id, row.domain, row.item_id = hall.id, item.domain, item.id
    row.slot, row.state, row.held_until = slot, HELD, now + HELD_FOR
    session.flush()
    return row.held_until


def confirm(
    session: Session,
    submission: str,
    hall: Hall,
    item: ServiceItem,
    slot: str,
    now: datetime,
    *,
    is_open: bool,
) -> BookingState:
    """The form has arrived: its slot is booked, or was full. What is not open any more can be
    booked only by who still holds it."""
    eventlog.wait_turn(session)
    row = session.get(BookingRow, submission)
    is_held = row is not None and (row.hall_id, row.slot) == (hall.id, slot) and _lives(row, now)
    row = row or _new(session, submission)
    free = is_open or is_held
    free = free and _is_free(session, submission, hall.id, item.domain, slot, now)
    row.hall_id, row.domain, row.item_id, row.slot = hall.id, item.domain, item.id, slot
    row.state, row.held_until = (BookingState.BOOKED if free else BookingState.FULL), None
    session.flush()
    return BookingState(row.state)


def refuse(session: Session, submission: str, slot: str) -> None:
    """The form has arrived, but asks for no hall, matter or time there is: another one is to be
    found, as where a slot is full. What the form held is free again."""
    row = session.get(BookingRow, submission) or _new(session, submission)
    row.slot, row.state, row.held_until = slot, BookingState.FULL, None
    session.flush()


def release(session: Session, submission: str) -> None:
    """Nobody is coming: the time of this form, if it had one, is free again."""
    row = session.get(BookingRow, submission)
    if row is not None:
        session.delete(row)


def find(session: Session, submission: str) -> BookingRow | None:
    """The appointment of a form that has arrived."""
    row = session.get(BookingRow, submission)
    return None if row is None or row.state == HELD else row


def _new(session: Session, submission: str) -> BookingRow:
    row = BookingRow(id=submission, hall_id="", domain="", item_id="", slot="", state=HELD)
    session.add(row)
    return row


def _lives(row: BookingRow, now: datetime) -> bool:
    return row.held_until is not None and row.held_until > now


def _is_free(
    session: Session, submission: str, hall_id: str, domain: str, slot: str, now: datetime
) -> bool:
    others = (
        select(func.count())
        .where(_takes_a_place(hall_id, domain, now))
        .where(BookingRow.slot == slot)
        .where(BookingRow.id != submission)
    )
    return (session.scalar(others) or 0) < CAPACITY


def _takes_a_place(hall_id: str, domain: str, now: datetime) -> ColumnElement[bool]:
    live = (BookingRow.state == HELD) & (BookingRow.held_until > now)
    return (
        (BookingRow.hall_id == hall_id)
        & (BookingRow.domain == domain)
        & or_(BookingRow.state == BookingState.BOOKED, live)
    )
