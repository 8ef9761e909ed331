"""Who came: of those expected, and of those who had not reserved."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "check_in",
        sa.Column("booking", sa.String(80), primary_key=True),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("came", sa.Integer, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("check_in_sitting", "check_in", ["sitting"])
    op.create_table(
        "walk_in",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("taken_back", sa.Boolean, nullable=False),
    )
    op.create_index("walk_in_sitting", "walk_in", ["sitting"])
    op.create_table(
        "attendance",
        sa.Column("sitting", sa.String(80), primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("came", sa.Integer, nullable=False),
        sa.Column("absent", sa.Integer, nullable=False),
        sa.Column("walk_ins", sa.Integer, nullable=False),
    )
