"""What nobody can make use of any more is removed, while the server runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from services.central import clocks, eventlog, repeats
from services.central.bookings import HELD
from services.central.database import STORAGE_FAILURES
from services.central.identity import SKEW
from services.central.office import Office
from services.central.tables import (
    AnsweredRow,
    BillRow,
    BookingRow,
    EnrolmentRow,
    NonceRow,
    PaperRow,
    SubmissionRow,
    UploadRow,
    WishRow,
)

EVERY = timedelta(hours=1)
"""Nothing waits for it: what has lapsed counts for nothing before it is removed."""
BILLS_KEPT = timedelta(days=1)
"""How long a bill is kept that ran out unpaid. A phone that still shows it should read that it ran
out and that nothing was paid, not that there never was one; a day later nobody looks."""
PAPERS_KEPT = timedelta(days=366)
"""How long it can be checked that a paper was issued. A record says how things stood on its day,
and whoever asks for one wants it fresh, of some months at most. `check.html` names the year."""

WISHES_KEPT = clocks.LONGEST_CUT_OFF
"""How long what was said of a case waits for it."""


@asynccontextmanager
async def running(office: Office) -> AsyncIterator[None]:
    """Remove it now, and every `EVERY` until the block is left."""
    stop = asyncio.Event()
    removing = asyncio.create_task(_go_on(office, stop))
    try:
        yield
    finally:
        stop.set()
        await removing


def remove(session: Session, now: datetime) -> None:
    """Remove holds that have ended, bills long run out unpaid, signatures, tokens, answers and
    uploads of kiosks that are out of date, and what is more than a year old of papers, and of
    wishes whose case never came."""
    eventlog.wait_turn(session)  # not between a form's look at its hold and what it makes of it
    for lapsed in (
        delete(BookingRow).where(BookingRow.state == HELD, BookingRow.held_until <= now),
        delete(BillRow).where(BillRow.paid_at.is_(None), BillRow.expires_at <= now - BILLS_KEPT),
        delete(PaperRow).where(PaperRow.issued_at <= now - PAPERS_KEPT),
        delete(NonceRow).where(NonceRow.created_at <= now - 2 * SKEW),
        delete(AnsweredRow).where(AnsweredRow.at <= now - repeats.KEPT),
        delete(UploadRow).where(UploadRow.expires_at <= now),
        delete(EnrolmentRow).where(EnrolmentRow.expires_at <= now),
        delete(WishRow).where(WishRow.id.in_(_taken_before(now - WISHES_KEPT))),
    ):
        session.execute(lapsed)


def _taken_before(moment: datetime) -> Select[str]:
    return select(SubmissionRow.id).where(SubmissionRow.registered_at <= moment)


async def _go_on(office: Office, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await asyncio.to_thread(_remove, office)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY.total_seconds())


def _remove(office: Office) -> None:
    with suppress(*STORAGE_FAILURES), office.database.write() as session:  # the next time, then
        remove(session, office.clock.now())
