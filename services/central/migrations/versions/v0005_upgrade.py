"""Complaints registered as enquiries, and what was later added with pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cases so far are no enquiries (what they are is sealed); pictures so far came with forms."""
    moment = sa.DateTime(timezone=True)
    op.add_column(
        "case", sa.Column("enquiry", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("case", sa.Column("upgraded_at", moment, nullable=True))
    op.add_column("attachment", sa.Column("belongs_to", sa.String(36), nullable=True))


def downgrade() -> None:
    """Upgrades that wait for their case are lost; pictures stay with theirs.

    Columns are dropped in place: making the tables anew would break the references to their rows.
    """
    op.execute("DELETE FROM wish WHERE kind = 'upgrade'")
    op.drop_column("attachment", "belongs_to")
    op.drop_column("case", "upgraded_at")
    op.drop_column("case", "enquiry")
