"""Answers by the key of their request, to be given again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None are known of the time before."""
    op.create_table(
        "answered",
        sa.Column("kiosk_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kiosk_id", "key", name="pk_answered"),
    )


def downgrade() -> None:
    """Repeats are answered item by item again."""
    op.drop_table("answered")
