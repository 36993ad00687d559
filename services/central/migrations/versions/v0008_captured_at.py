"""When a case was handed in, by the server's clock."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of cases so far it is not known how their kiosks' clocks went."""
    op.add_column("case", sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Dropped in place: making the table anew would break the references to its rows."""
    op.drop_column("case", "captured_at")
