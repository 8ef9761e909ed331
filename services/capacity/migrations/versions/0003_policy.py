"""The policy of waiting lists, and an index that finds the first party of each size."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "waiting_list",
        Column("cantine", sa.String(60), ForeignKey("cantine.slug"), primary_key=True),
        Column("policy", sa.String(20), nullable=False),
    )
    op.add_column("sitting", Column("waitlist_policy", sa.String(20), nullable=False, server_default="strict"))
    op.add_column("claim", Column("size", sa.Integer, nullable=True))
    op.execute(
        "UPDATE claim SET size = (wished_cooks + wished_eaters + wished_children) * 10000 + wished_cooks"
        " WHERE standing = 'waitlisted'"
    )
    known = sa.text("size IS NOT NULL")
    op.create_index(
        "claim_by_size",
        "claim",
        ["sitting", "size", "asked_at", "booking"],
        postgresql_where=known,
        sqlite_where=known,
    )
