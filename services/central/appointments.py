"""Appointments as people read them: the state, the time, and the hall as the catalogue has it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from kiosk.domain.catalogue.model import Edition
from kiosk.domain.catalogue.places import Hall
from kiosk.domain.counter.booking import BookingState
from services.central import bookings


@dataclass(frozen=True, slots=True)
class Appointment:
    """The time a form asked for (`2026-11-25T09:00`, local), where, and how it stands. Time and
    hall's id are empty where the form named none there is; `hall` is None too where the catalogue
    has lost it."""

    state: BookingState
    slot: str
    hall_id: str
    hall: Hall | None


def of_case(
    session: Session, edition: Callable[[], Edition | None], case_id: str
) -> Appointment | None:
    """The appointment of a case, if its form asked for one. `edition` is asked only then."""
    row = bookings.find(session, case_id)
    if row is None:
        return None
    hall = _hall(edition(), row.hall_id, row.slot)
    return Appointment(BookingState(row.state), row.slot, row.hall_id, hall)


def _hall(edition: Edition | None, hall_id: str, slot: str) -> Hall | None:
    """The hall as it is on the day of the slot."""
    halls = edition.directory.halls.values() if edition else ()
    every = (hall for some in halls for hall in some)
    known = (h for h in every if h.id == hall_id and h.since.isoformat() <= slot)
    return max(known, key=lambda hall: hall.since, default=None)
