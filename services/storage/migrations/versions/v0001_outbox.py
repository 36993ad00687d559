"""The queue of sealed submissions, its counters, and the triggers that keep them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_STATES = ("sealed", "leased", "retry_wait", "acked", "dead")

_TRIGGERS = (
    """CREATE TRIGGER outbox_count_in AFTER INSERT ON outbox BEGIN
  UPDATE counters SET n = n + 1 WHERE state = new.state;
END""",
    """CREATE TRIGGER outbox_count_move AFTER UPDATE OF state ON outbox
WHEN old.state <> new.state BEGIN
  UPDATE counters SET n = n - 1 WHERE state = old.state;
  UPDATE counters SET n = n + 1 WHERE state = new.state;
END""",
    """CREATE TRIGGER outbox_kept BEFORE DELETE ON outbox BEGIN
  SELECT RAISE(ABORT, 'a submission is never deleted');
END""",
)


def upgrade() -> None:
    """Create everything."""
    counters = op.create_table(
        "counters",
        sa.Column("state", sa.Text, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False, server_default="0"),
    )
    op.bulk_insert(counters, [{"state": state, "n": 0} for state in _STATES])
    op.create_table(
        "outbox",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, sa.ForeignKey("counters.state"), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("kiosk_id", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("suite", sa.Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_at", sa.BigInteger),
        sa.Column("last_code", sa.Text, nullable=False, server_default=""),
        sa.Column("registered_at", sa.BigInteger),
        sa.Column("server_key_id", sa.Text),
        sa.Column("server_signature", sa.LargeBinary),
        sa.Column("envelope", sa.LargeBinary),
        sa.CheckConstraint("(envelope IS NULL) = (state = 'acked')", name="purged_when_acked"),
        sa.CheckConstraint(
            "(next_at IS NULL) = (state IN ('acked', 'dead'))", name="due_unless_over"
        ),
        sa.CheckConstraint(
            "(server_signature IS NOT NULL) = (state = 'acked')", name="acked_with_receipt"
        ),
    )
    for name, columns, where in (
        ("outbox_due", ["next_at", "id"], "next_at IS NOT NULL"),
        ("outbox_waiting", ["created_at"], "envelope IS NOT NULL"),
        ("outbox_receipt", ["receipt_hash"], "envelope IS NOT NULL"),
    ):
        op.create_index(name, "outbox", columns, sqlite_where=sa.text(where))
    for trigger in _TRIGGERS:
        op.execute(trigger)
