"""Guests are forgotten: whether those of a meal are, and what is left of a visit."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("sitting", sa.Column("forgotten", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("sitting_forgotten", "sitting", ["forgotten", "starts_at"])
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("adults", sa.Integer, nullable=False),
        sa.Column("children", sa.Integer, nullable=False),
        sa.Column("cooks", sa.Integer, nullable=False),
        sa.Column("came", sa.Integer, nullable=True),
        sa.Column("walk_in", sa.Boolean, nullable=False),
    )
    op.create_index("visit_sitting", "visit", ["sitting"])
