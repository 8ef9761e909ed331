"""Whether a meal goes ahead, asked at its hour."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    for column in (
        Column("decide_days", sa.Integer, nullable=True),
        Column("decide_time", sa.Time, nullable=True),
        Column("min_covers", sa.Integer, nullable=True),
        Column("min_cooks", sa.Integer, nullable=True),
        Column("decide_at", Instant, nullable=True),
        Column("going_ahead_at", Instant, nullable=True),
        Column("going_ahead_by", sa.String(36), nullable=True),
    ):
        op.add_column("sitting", column)
