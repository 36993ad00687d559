"""Envelopes that come in parts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing has been uploaded yet."""
    op.create_table(
        "upload",
        sa.Column("kiosk_id", sa.String(32), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kiosk_id", "sha256", name="pk_upload"),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosk.id"], name="fk_upload_kiosk_id_kiosk"),
    )
    op.create_table(
        "part",
        sa.Column("kiosk_id", sa.String(32), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kiosk_id", "sha256", "start", name="pk_part"),
        sa.ForeignKeyConstraint(
            ["kiosk_id", "sha256"],
            ["upload.kiosk_id", "upload.sha256"],
            name="fk_part_kiosk_id_upload",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """What was uploaded and is not registered waits in its kiosk, which sends it again."""
    op.drop_table("part")
    op.drop_table("upload")
