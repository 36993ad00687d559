"""The kiosk's tables, as they are after the last migration (a test holds the two together)."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    event,
    insert,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeDecorator

from kiosk.domain.submission.model import State

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """A timezone-aware moment, stored as whole microseconds since 1970 (UTC)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Microseconds since 1970."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The moment, in UTC."""
        return None if value is None else moment(value)


def moment(microseconds: int) -> datetime:
    """The moment so long after 1970, in UTC. Raises `OverflowError`."""
    return _EPOCH + microseconds * _MICROSECOND


AT_ONCE = _EPOCH
"""A `next_at` that is due whatever the clock says."""

metadata = MetaData()

counters = Table(
    "counters",
    metadata,
    Column("state", Text, primary_key=True),
    Column("n", Integer, nullable=False, server_default="0"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, ForeignKey("counters.state"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("kiosk_id", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("suite", Text, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("receipt_hash", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment),
    Column("last_code", Text, nullable=False, server_default=""),
    Column("registered_at", Moment),
    Column("server_key_id", Text),
    Column("server_signature", LargeBinary),
    Column("envelope", LargeBinary),
    Column("priority", Integer, nullable=False, server_default="1"),
    Column("faults", Integer, nullable=False, server_default="0"),
    CheckConstraint("(envelope IS NULL) = (state = 'acked')", name="purged_when_acked"),
    CheckConstraint("(next_at IS NULL) = (state IN ('acked', 'dead'))", name="due_unless_over"),
    CheckConstraint(
        "(server_signature IS NOT NULL) = (state = 'acked')", name="acked_with_receipt"
    ),
)
"""`next_at` is when a row may be taken: for `leased` rows the end of the lease, so a lease that
nobody settled needs no clearing up. `faults` counts the failures that were its own."""

last = Table(
    "last",
    metadata,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("stored_at", Moment, nullable=False),
)
"""When the last submission was made, until its citizen's turn has come to its end."""

case_state = Table(
    "case_state",
    metadata,
    Column("receipt_hash", LargeBinary, primary_key=True),
    Column("state", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""How the cases that came from here were last known to stand."""

central = Table(
    "central",
    metadata,
    Column("server", Text, primary_key=True),
    Column("cursor", BigInteger, nullable=False, server_default="0"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("busy_until", Moment),
)
"""A central server by its address: up to where its changes are kept, how often in a row it was not
reached, and until when it asked to be left alone."""

Index(
    "outbox_due",
    outbox.c.priority,
    outbox.c.next_at,
    outbox.c.created_at,
    outbox.c.id,
    sqlite_where=text("next_at IS NOT NULL"),
)
Index("outbox_waiting", outbox.c.created_at, sqlite_where=text("envelope IS NOT NULL"))
Index("outbox_receipt", outbox.c.receipt_hash, sqlite_where=text("envelope IS NOT NULL"))

TRIGGERS = (
    """CREATE TRIGGER outbox_count_in AFTER INSERT ON outbox BEGIN
  UPDATE counters SET n = n + 1 WHERE state = new.state;
END""",
    """CREATE TRIGGER outbox_count_move AFTER UPDATE OF state ON outbox
WHEN old.state <> new.state BEGIN
  UPDATE counters SET n = n - 1 WHERE state = old.state;
  UPDATE counters SET n = n + 1 WHERE state = new.state;
END""",
    """CREATE TRIGGER outbox_last AFTER INSERT ON outbox BEGIN
  INSERT OR REPLACE INTO last (one, stored_at) VALUES (1, new.created_at);
END""",
    """CREATE TRIGGER outbox_kept BEFORE DELETE ON outbox BEGIN
  SELECT RAISE(ABORT, 'a submission is never deleted');
END""",
)


@event.listens_for(outbox, "after_create")
def _create_triggers(_: Table, connection: Connection, **__: object) -> None:
    for trigger in TRIGGERS:
        connection.exec_driver_sql(trigger)


@event.listens_for(counters, "after_create")
def _name_states(target: Table, connection: Connection, **_: object) -> None:
    connection.execute(insert(target), [{"state": state.value, "n": 0} for state in State])
