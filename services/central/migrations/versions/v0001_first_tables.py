"""The first tables: kiosks, submissions, cases, the event log and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("event", "audit")


def upgrade() -> None:
    """Create everything; on SQLite, triggers refuse to change or remove rows of the logs."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "kiosk",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("verify_key", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kiosk"),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kiosk_id", sa.String(32), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("registered_at", moment, nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("receipt_signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosk.id"], name="fk_submission_kiosk_id_kiosk"),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("code_hash", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("item_name", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("department", sa.LargeBinary(), nullable=False),
        sa.Column("result", sa.LargeBinary(), nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("citizen_told_at", moment, nullable=True),
        sa.Column("window_told_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
        sa.ForeignKeyConstraint(["id"], ["submission.id"], name="fk_case_id_submission"),
        sa.UniqueConstraint("number", name="uq_case_number"),
    )
    op.create_index("ix_case_state_received_at", "case", ["state", "received_at"])
    op.create_index("ix_case_received_at", "case", ["received_at"])
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_event"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_event_case_id_case"),
        sa.UniqueConstraint("previous_hash", name="uq_event_previous_hash"),
    )
    op.create_index("ix_event_case_id", "event", ["case_id"])
    head = op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chain_head"),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": bytes(32)}])
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor", sa.String(48), nullable=False),
        sa.Column("action", sa.String(48), nullable=False),
        sa.Column("subject", sa.String(48), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in _APPEND_ONLY:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )


def downgrade() -> None:
    """Remove everything."""
    for table in ("audit", "chain_head", "event", "case", "submission", "kiosk"):
        op.drop_table(table)
