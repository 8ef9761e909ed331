"""Whom a meal suits, and what its price is made of."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("sitting", sa.Column("diets", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("sitting", sa.Column("food_price", sa.Integer, nullable=True))
