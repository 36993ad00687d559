"""Photographed papers know their case, and until it is there the query code they came with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Papers whose form is here stay with it. Those that were waiting came without a code that
    could still be compared, and go on belonging to no case."""
    with op.batch_alter_table("attachment") as attachment:
        attachment.add_column(sa.Column("case_id", sa.String(36), nullable=True))
        attachment.add_column(sa.Column("code_hash", sa.String(128), nullable=True))
        attachment.create_foreign_key("fk_attachment_case_id_case", "case", ["case_id"], ["id"])
        attachment.create_index("ix_attachment_case_id", ["case_id"])
    op.execute(
        'UPDATE attachment SET case_id = (SELECT id FROM "case" '
        'WHERE "case".number = attachment.number)'
    )


def downgrade() -> None:
    """Papers belong to their number again."""
    with op.batch_alter_table("attachment") as attachment:
        attachment.drop_index("ix_attachment_case_id")
        attachment.drop_constraint("fk_attachment_case_id_case", type_="foreignkey")
        attachment.drop_column("code_hash")
        attachment.drop_column("case_id")
