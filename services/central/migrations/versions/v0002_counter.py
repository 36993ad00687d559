"""The counter: appointments, bills, issued papers, and photographed papers of forms."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the four tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "booking",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("hall_id", sa.String(16), nullable=False),
        sa.Column("domain", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("slot", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("held_until", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_booking"),
    )
    op.create_index("ix_booking_hall_id_domain_slot", "booking", ["hall_id", "domain", "slot"])
    op.create_table(
        "bill",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("paid_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bill"),
    )
    op.create_table(
        "paper",
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("issued_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_paper"),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("paper", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sa.ForeignKeyConstraint(["id"], ["submission.id"], name="fk_attachment_id_submission"),
    )
    op.create_index("ix_attachment_number", "attachment", ["number"])


def downgrade() -> None:
    """Remove them."""
    for table in ("attachment", "paper", "bill", "booking"):
        op.drop_table(table)
