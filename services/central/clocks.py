"""When something was handed in, by the server's clock: the kiosk's word for it, less what the
kiosk's clock was ahead when it was sent. A kiosk's clock that was set in between is not seen."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from services.central import eventlog

LONGEST_CUT_OFF = timedelta(days=366)
"""No kiosk is cut off for longer and comes back: what seems older was said by a wrong clock."""
NOTICED = timedelta(minutes=2)
"""A clock that is further off is one for the operator to know of."""


def captured_at(said: datetime, ahead: timedelta | None, received: datetime) -> datetime | None:
    """The moment that the kiosk says, corrected: never later than `received`, and `received` where
    it would be earlier than `LONGEST_CUT_OFF` before. None if it is not known how far `ahead` the
    kiosk's clock is."""
    if ahead is None:
        return None
    try:
        moment = said.astimezone(UTC) - ahead
    except OverflowError:  # at the edge of the calendar
        return received
    return moment if received - LONGEST_CUT_OFF <= moment <= received else received


def note(session: Session, kiosk_id: str, ahead: timedelta | None, now: datetime) -> None:
    """Record in the audit log that a kiosk's clock is off, by how many seconds, if it is."""
    if ahead is not None and abs(ahead) > NOTICED:
        seconds = f"{ahead.total_seconds():+.0f}"
        actor = f"kiosk:{kiosk_id}"
        eventlog.audit(session, at=now, actor=actor, action="clock_ahead", subject=seconds)
