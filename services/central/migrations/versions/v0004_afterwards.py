"""What a citizen does with a case afterwards: its rating, whether it is to be followed up, and what
was wanted of cases that are not here yet."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cases so far have no rating, and nobody has to follow them up."""
    moment = sa.DateTime(timezone=True)
    op.add_column("case", sa.Column("rating", sa.Integer(), nullable=True))
    op.add_column("case", sa.Column("follow_up_since", moment, nullable=True))
    op.create_index("ix_case_follow_up_since", "case", ["follow_up_since"])
    op.create_table(
        "wish",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("code_hash", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("said_at", moment, nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wish"),
        sa.ForeignKeyConstraint(["id"], ["submission.id"], name="fk_wish_id_submission"),
    )
    op.create_index("ix_wish_number", "wish", ["number"])


def downgrade() -> None:
    """Reopened cases go on as registered ones; with withdrawn ones there is nothing left to do.

    Columns are dropped in place: making the table anew would break the references to its rows.
    """
    op.drop_table("wish")
    op.drop_index("ix_case_follow_up_since", "case")
    op.drop_column("case", "follow_up_since")
    op.drop_column("case", "rating")
    op.execute("UPDATE \"case\" SET state = 'registered' WHERE state = 'reopened'")
    op.execute("UPDATE \"case\" SET state = 'answered' WHERE state = 'withdrawn'")
