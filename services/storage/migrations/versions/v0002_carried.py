"""What is urgent goes first; what was carried by hand is told apart; whether the citizen has seen
that the last submission is stored."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_DUE = "next_at IS NOT NULL"
_LAST = """CREATE TRIGGER outbox_last AFTER INSERT ON outbox BEGIN
  INSERT OR REPLACE INTO last (one, stored_at) VALUES (1, new.created_at);
END"""


def upgrade() -> None:
    """Add to what there is; no row is copied."""
    op.execute("INSERT INTO counters (state, n) VALUES ('exported', 0)")
    op.add_column("outbox", sa.Column("priority", sa.Integer, nullable=False, server_default="1"))
    op.execute("UPDATE outbox SET priority = 0 WHERE kind IN ('complaint', 'booking', 'reopening')")
    op.execute("UPDATE outbox SET priority = 2 WHERE kind = 'attachment'")
    op.drop_index("outbox_due", "outbox")
    op.create_index(
        "outbox_due",
        "outbox",
        ["priority", "next_at", "created_at", "id"],
        sqlite_where=sa.text(_DUE),
    )
    op.create_table(
        "last",
        sa.Column("one", sa.Integer, sa.CheckConstraint("one = 1"), primary_key=True),
        sa.Column("stored_at", sa.BigInteger, nullable=False),
    )
    op.execute(_LAST)
