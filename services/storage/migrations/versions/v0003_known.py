"""What was last heard of the cases that came from here, what is known of a central server, and how
often each submission has failed by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add to what there is: nothing is known yet."""
    op.add_column("outbox", sa.Column("faults", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "case_state",
        sa.Column("receipt_hash", sa.LargeBinary, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "central",
        sa.Column("server", sa.Text, primary_key=True),
        sa.Column("cursor", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("busy_until", sa.BigInteger),
    )
