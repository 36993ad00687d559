"""A Merkle tree (RFC 9162) over every receipt ever signed, those of before included."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Earlier submissions become leaves in the order they were registered in."""
    leaf = op.create_table(
        "leaf",
        sa.Column("submission_id", sa.String(36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_leaf_submission_id_submission"
        ),
        sa.PrimaryKeyConstraint("submission_id", name="pk_leaf"),
        sa.UniqueConstraint("place", name="uq_leaf_place"),
    )
    node = op.create_table(
        "node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name="pk_node"),
    )
    moment = sa.DateTime(timezone=True)
    rows = op.get_bind().execute(
        sa.text(
            "SELECT id, sha256, registered_at, key_id FROM submission ORDER BY registered_at, id"
        ).columns(registered_at=moment)
    )
    peaks: list[bytes] = []
    for place, row in enumerate(rows.all()):
        op.bulk_insert(leaf, [{"submission_id": row.id, "place": place}])
        level, at, hashed = 0, place, hashlib.sha256(b"\x00" + _receipt(row)).digest()
        op.bulk_insert(node, [{"level": level, "place": at, "hash": hashed}])
        while at & 1:
            hashed = hashlib.sha256(b"\x01" + peaks.pop() + hashed).digest()
            level, at = level + 1, at >> 1
            op.bulk_insert(node, [{"level": level, "place": at, "hash": hashed}])
        peaks.append(hashed)


def _receipt(row: Any) -> bytes:
    """What was signed in the receipt (version 1 of the wire)."""
    at: datetime = row.registered_at
    moment = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    fields = ["receipt", 1, row.id, row.sha256.hex(), moment, row.key_id]
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()


def downgrade() -> None:
    """The version before knows of no tree."""
    op.drop_table("node")
    op.drop_table("leaf")
