"""The central server's tables. Moments are stored in UTC."""

from datetime import UTC, datetime

from sqlalchemy import (
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    false,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from kiosk.domain.counter.payment import PaymentState


class Moment(TypeDecorator[datetime]):
    """A timezone-aware moment; SQLite keeps no zone, so all are stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Constraint names are fixed by convention, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment(), bytes: LargeBinary(), str: Text()}


class KioskRow(Base):
    """An enrolled kiosk and its pinned Ed25519 key. Nothing is taken from one that is revoked."""

    __tablename__ = "kiosk"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    verify_key: Mapped[bytes]
    enrolled_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class EnrolmentRow(Base):
    """A token that one kiosk may be enrolled with, once: its SHA-256 only."""

    __tablename__ = "enrolment"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    kiosk_id: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class NonceRow(Base):
    """What a request was signed with, kept until the request is too old to be taken anyway."""

    __tablename__ = "nonce"

    kiosk_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime]


class AnsweredRow(Base):
    """What a kiosk's request was answered, by its key (see `repeats.py`). `fingerprint` is the
    SHA-256 of the request's body."""

    __tablename__ = "answered"

    kiosk_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[bytes]
    answer: Mapped[bytes]
    at: Mapped[datetime]


class UploadRow(Base):
    """An envelope that a kiosk uploads in parts (see `uploads.py`): `offset` of `length` bytes are
    here. From `used_at` it is a submission, and its parts are gone."""

    __tablename__ = "upload"

    kiosk_id: Mapped[str] = mapped_column(String(32), ForeignKey("kiosk.id"), primary_key=True)
    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    length: Mapped[int]
    offset: Mapped[int]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class PartRow(Base):
    """What of an upload came at once; it begins at `start`."""

    __tablename__ = "part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kiosk_id", "sha256"], ["upload.kiosk_id", "upload.sha256"], ondelete="CASCADE"
        ),
    )

    kiosk_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes]


class SubmissionRow(Base):
    """One submission ever taken, with the receipt given for it: what makes a repeat a repeat."""

    __tablename__ = "submission"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kiosk_id: Mapped[str] = mapped_column(String(32), ForeignKey("kiosk.id"))
    sha256: Mapped[bytes]
    registered_at: Mapped[datetime]
    key_id: Mapped[str] = mapped_column(String(32))
    receipt_signature: Mapped[bytes]


class CaseRow(Base):
    """A case: what was handed in and how it stands. What people wrote is sealed (see `vault.py`);
    `payload` is the payload without number and query code. `rating` is the citizen's, 5 the best;
    `follow_up_since` is set while a clerk is to follow the case up. `enquiry`: a complaint that was
    registered as an enquiry and is one still; `upgraded_at` is when the citizen said that it is
    none any more. `captured_at` is when it was handed in, by the server's clock, and None where
    that is not known (see `clocks.py`)."""

    __tablename__ = "case"
    __table_args__ = (Index("ix_case_state_received_at", "state", "received_at"),)

    id: Mapped[str] = mapped_column(String(36), ForeignKey("submission.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    code_hash: Mapped[str] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(16))
    item_name: Mapped[bytes]
    payload: Mapped[bytes]
    received_at: Mapped[datetime] = mapped_column(index=True)
    captured_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(16))
    department: Mapped[bytes]
    result: Mapped[bytes]
    closed_at: Mapped[datetime | None]
    citizen_told_at: Mapped[datetime | None]
    window_told_at: Mapped[datetime | None]
    rating: Mapped[int | None]
    follow_up_since: Mapped[datetime | None] = mapped_column(index=True)
    enquiry: Mapped[bool] = mapped_column(server_default=false())
    upgraded_at: Mapped[datetime | None]


class BookingRow(Base):
    """An appointment by the id of its form: `held` until `held_until`, then `booked` or `full`.
    Hall, field, item and slot are empty where the form named none there is."""

    __tablename__ = "booking"
    __table_args__ = (Index("ix_booking_hall_id_domain_slot", "hall_id", "domain", "slot"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    hall_id: Mapped[str] = mapped_column(String(16))
    domain: Mapped[str] = mapped_column(String(32))
    item_id: Mapped[str] = mapped_column(String(32))
    slot: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(8))
    held_until: Mapped[datetime | None]


class BillRow(Base):
    """A bill as it is shown: the payer masked, the amount in fen. What was asked is not kept."""

    __tablename__ = "bill"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str]
    for_whom: Mapped[str]
    period: Mapped[str]
    amount: Mapped[int]
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]

    def state(self, now: datetime) -> PaymentState:
        """How it stands at `now`."""
        if self.paid_at is not None:
            return PaymentState.PAID
        return PaymentState.UNPAID if now < self.expires_at else PaymentState.EXPIRED


class PaperRow(Base):
    """A record that was issued: enough to say so, nothing of what it says."""

    __tablename__ = "paper"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    title: Mapped[str]
    issuer: Mapped[str]
    issued_at: Mapped[datetime]


class AttachmentRow(Base):
    """A photographed paper under the number of its form; `paper` and `content` (JPEG) are sealed.
    `belongs_to` is the submission it was handed in with: the form or an addition. `case_id` is its
    case once query codes have shown that it belongs there; `code_hash` is its own code while it
    waits for the form (see `attachments.py`)."""

    __tablename__ = "attachment"

    id: Mapped[str] = mapped_column(String(36), ForeignKey("submission.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), index=True)
    page: Mapped[int]
    paper: Mapped[bytes]
    content: Mapped[bytes]
    belongs_to: Mapped[str | None] = mapped_column(String(36))
    case_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("case.id"), index=True)
    code_hash: Mapped[str | None] = mapped_column(String(128))


class WishRow(Base):
    """What a citizen wants done with a case that is not here yet; `text` is sealed. It is gone once
    the case has arrived (see `wishes.py`)."""

    __tablename__ = "wish"

    id: Mapped[str] = mapped_column(String(36), ForeignKey("submission.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), index=True)
    code_hash: Mapped[str] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(16))
    said_at: Mapped[datetime]
    rating: Mapped[int | None]
    text: Mapped[bytes]


class EventRow(Base):
    """One link of the append-only event log (see `eventlog.py`); `detail` is sealed."""

    __tablename__ = "event"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("case.id"), index=True)
    action: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(32))
    detail: Mapped[bytes]
    previous_hash: Mapped[bytes] = mapped_column(unique=True)
    hash: Mapped[bytes]


class ChainHeadRow(Base):
    """The last link of the event log: the lock that serialises appending, and what makes cutting
    off the log's end visible. One row."""

    __tablename__ = "chain_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[bytes]


class AuditRow(Base):
    """Who touched what: intake outcomes and staff access (PIPL art. 51). No personal data."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(48))
    action: Mapped[str] = mapped_column(String(48))
    subject: Mapped[str] = mapped_column(String(48))


class LeafRow(Base):
    """Where an accepted submission's receipt stands in the log of all (`acceptlog`), from 0."""

    __tablename__ = "leaf"

    submission_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("submission.id"), primary_key=True
    )
    place: Mapped[int] = mapped_column(unique=True)


class NodeRow(Base):
    """The hash of a complete subtree of the log of receipts; level 0 are the leaves."""

    __tablename__ = "node"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes]
