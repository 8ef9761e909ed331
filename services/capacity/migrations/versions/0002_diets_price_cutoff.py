"""Whom a meal suits, what its price is made of, and when booking closes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("sitting", Column("diets", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("sitting", Column("food_price", sa.Integer, nullable=True))
    op.add_column("sitting", Column("cutoff_days", sa.Integer, nullable=False, server_default="1"))
    op.add_column("sitting", Column("cutoff_time", sa.Time, nullable=False, server_default="20:00:00"))
