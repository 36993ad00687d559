"""Kiosks are enrolled with a token, can be revoked, and use a signature once."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Kiosks so far stay enrolled."""
    moment = sa.DateTime(timezone=True)
    op.add_column("kiosk", sa.Column("revoked_at", moment, nullable=True))
    op.create_table(
        "enrolment",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kiosk_id", sa.String(32), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_enrolment"),
    )
    op.create_table(
        "nonce",
        sa.Column("kiosk_id", sa.String(32), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("kiosk_id", "nonce", name="pk_nonce"),
    )


def downgrade() -> None:
    """The version before knows of no revoking: a revoked kiosk's key becomes one nobody has.

    Columns are dropped in place: making the table anew would break the references to its rows.
    """
    nobodys = sa.text("UPDATE kiosk SET verify_key = :nobodys WHERE revoked_at IS NOT NULL")
    op.execute(nobodys.bindparams(nobodys=secrets.token_bytes(32)))
    op.drop_table("nonce")
    op.drop_table("enrolment")
    op.drop_column("kiosk", "revoked_at")
