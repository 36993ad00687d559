"""What nobody can make use of any more goes; everything else stays."""

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kiosk.domain.counter.booking import BookingState
from services.central import bookings, repeats, retention, uploads
from services.central.database import Database, sqlite_url
from services.central.office import Office
from services.central.tables import (
    AnsweredRow,
    BillRow,
    BookingRow,
    KioskRow,
    PaperRow,
    PartRow,
    SubmissionRow,
    UploadRow,
    WishRow,
)
from tests.services.central.conftest import NOON, Hall

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path / "central.db"))
    yield opened
    opened.close()


def booking(state: str, held_until: datetime | None = None) -> BookingRow:
    return BookingRow(
        id="form",
        hall_id="H1",
        domain="综合便民",
        item_id="DEMO-XX-001",
        slot="2026-10-09T09:00",
        state=state,
        held_until=held_until,
    )


def bill(expires_at: datetime, paid_at: datetime | None = None) -> BillRow:
    return BillRow(
        id="bill",
        title="演示水费",
        for_whom="演**",
        period="2026年8月",
        amount=1,
        expires_at=expires_at,
        paid_at=paid_at,
    )


def paper(issued_at: datetime) -> PaperRow:
    return PaperRow(code="CHK-2222-2222-2", title="演示", issuer="演示", issued_at=issued_at)


def stays(database: Database, row: AnsweredRow | BookingRow | BillRow | PaperRow | WishRow) -> bool:
    """Whether this row is still there after everything useless was removed."""
    kind = type(row)
    with database.write() as session:
        session.add(row)
    with database.write() as session:
        retention.remove(session, NOON)
    with database.read() as session:
        return len(session.scalars(select(kind)).all()) == 1


@pytest.mark.parametrize(("until", "kept"), [(NOON + MOMENT, True), (NOON, False)])
def test_a_hold_goes_when_it_ends(database: Database, until: datetime, kept: bool) -> None:
    assert stays(database, booking(bookings.HELD, until)) is kept


@pytest.mark.parametrize("state", BookingState)
def test_an_appointment_stays(database: Database, state: BookingState) -> None:
    assert stays(database, booking(state))


RAN_OUT = NOON - retention.BILLS_KEPT


@pytest.mark.parametrize(
    ("expires_at", "kept"),
    [(NOON + MOMENT, True), (NOON, True), (RAN_OUT + MOMENT, True), (RAN_OUT, False)],
)
def test_a_bill_that_ran_out_unpaid_stays_a_day(
    database: Database, expires_at: datetime, kept: bool
) -> None:
    assert stays(database, bill(expires_at)) is kept


def test_a_bill_that_was_paid_stays(database: Database) -> None:
    long_ago = NOON - timedelta(days=3650)
    assert stays(database, bill(long_ago, paid_at=long_ago))


@pytest.mark.parametrize(
    ("issued_at", "kept"),
    [(NOON, True), (NOON.replace(year=2025), True), (NOON - retention.PAPERS_KEPT, False)],
)
def test_a_paper_can_be_checked_for_a_year(
    database: Database, issued_at: datetime, kept: bool
) -> None:
    assert stays(database, paper(issued_at)) is kept


@pytest.mark.parametrize(
    ("taken_at", "kept"),
    [(NOON - retention.WISHES_KEPT + MOMENT, True), (NOON - retention.WISHES_KEPT, False)],
)
def test_a_wish_waits_a_year_for_its_case_whatever_its_kiosks_clock_said(
    database: Database, taken_at: datetime, kept: bool
) -> None:
    with database.write() as session:
        session.add(KioskRow(id="demo-kiosk-1", verify_key=b"", enrolled_at=NOON))
        session.flush()
        session.add(
            SubmissionRow(
                id="wish",
                kiosk_id="demo-kiosk-1",
                sha256=b"",
                registered_at=taken_at,
                key_id="",
                receipt_signature=b"",
            )
        )
    wish = WishRow(
        id="wish",
        number="BBC-7K4M-92QX-5",
        code_hash="",
        kind="addition",
        said_at=datetime(1970, 1, 1, tzinfo=UTC),
        text=b"",
    )
    assert stays(database, wish) is kept


@pytest.mark.parametrize(
    ("at", "kept"), [(NOON - repeats.KEPT + MOMENT, True), (NOON - repeats.KEPT, False)]
)
def test_an_answer_can_be_given_again_for_a_day(
    database: Database, at: datetime, kept: bool
) -> None:
    row = AnsweredRow(kiosk_id="demo-kiosk-1", key="k", fingerprint=b"", answer=b"", at=at)
    assert stays(database, row) is kept


@pytest.mark.parametrize(
    ("last", "kept"), [(NOON - uploads.KEPT + MOMENT, True), (NOON - uploads.KEPT, False)]
)
def test_an_upload_waits_a_day_for_its_next_part_or_its_use(
    database: Database, last: datetime, kept: bool
) -> None:
    with database.write() as session:
        session.add(KioskRow(id="demo-kiosk-1", verify_key=b"", enrolled_at=NOON))
        session.flush()
        for content in (b"1", b"2"):
            name = hashlib.sha256(content).digest()
            uploads.begin(session, "demo-kiosk-1", name, 1, last)
            session.flush()
            uploads.append(session, "demo-kiosk-1", name, 0, content, last)
        uploads.use(session, "demo-kiosk-1", [name], last)
    with database.write() as session:
        retention.remove(session, NOON)
    with database.read() as session:
        rows, parts = (session.scalars(select(kind)).all() for kind in (UploadRow, PartRow))
    assert (len(rows), [part.content for part in parts]) == ((2, [b"1"]) if kept else (0, []))


def count(hall: Hall) -> int:
    with closing(sqlite3.connect(hall.database)) as connection:
        ((found,),) = connection.execute("SELECT count(*) FROM paper").fetchall()
    return int(found)


def issue(hall: Hall, issued_at: datetime) -> None:
    database = Database(sqlite_url(hall.database))
    with database.write() as session:
        session.add(paper(issued_at))
    database.close()


@pytest.fixture
def is_gone(monkeypatch: pytest.MonkeyPatch) -> Callable[[Hall], bool]:
    """Whether the paper goes, a round after another; the last one must end within ten seconds."""
    rounds, remove = SimpleQueue[None](), retention._remove

    def watched(office: Office) -> None:
        remove(office)
        rounds.put(None)

    def gone(hall: Hall) -> bool:
        with suppress(Empty):
            while count(hall):
                rounds.get(timeout=10)
        return count(hall) == 0

    monkeypatch.setattr(retention, "_remove", watched)
    return gone


def test_a_server_removes_it_when_it_starts(
    start: Callable[..., Hall], is_gone: Callable[[Hall], bool]
) -> None:
    issue(start(), NOON - retention.PAPERS_KEPT)
    assert is_gone(start())


def test_a_server_removes_it_while_it_runs(
    start: Callable[..., Hall],
    monkeypatch: pytest.MonkeyPatch,
    is_gone: Callable[[Hall], bool],
) -> None:
    monkeypatch.setattr(retention, "EVERY", timedelta(milliseconds=20))
    hall = start()
    issue(hall, NOON)
    hall.clock.moment += retention.PAPERS_KEPT
    assert is_gone(hall)
    page = hall.client.get("/check/CHK-2222-2222-2")
    assert (page.status_code, "一年多以前" in page.text) == (404, True)


def test_a_database_that_fails_is_tried_again(
    start: Callable[..., Hall],
    monkeypatch: pytest.MonkeyPatch,
    is_gone: Callable[[Hall], bool],
) -> None:
    monkeypatch.setattr(retention, "EVERY", timedelta(milliseconds=20))
    hall = start()
    issue(hall, NOON - retention.PAPERS_KEPT + timedelta(hours=1))
    failed, remove = threading.Event(), retention.remove

    def watched(session: Session, now: datetime) -> None:
        try:
            remove(session, now)
        except OperationalError:
            failed.set()
            raise

    monkeypatch.setattr(retention, "remove", watched)
    with closing(sqlite3.connect(hall.database)) as connection:
        connection.execute("ALTER TABLE bill RENAME TO elsewhere")
        hall.clock.moment += timedelta(hours=1)
        assert failed.wait(10)
        assert count(hall) == 1
        connection.execute("ALTER TABLE elsewhere RENAME TO bill")
    assert is_gone(hall)
