"""How many came to a sitting, what it cost, and what was given."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey

from shared.database import Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "attendance",
        Column("sitting", sa.String(80), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("came", sa.Integer, nullable=False),
        Column("absent", sa.Integer, nullable=False),
        Column("walk_ins", sa.Integer, nullable=False),
    )
    op.create_table(
        "money",
        Column("sitting", sa.String(36), ForeignKey("sitting.id"), primary_key=True),
        Column("food_cost", sa.Integer, nullable=False),
        Column("contributions", sa.Integer, nullable=False),
        Column("by", sa.String(36), nullable=False),
        Column("at", Instant, nullable=False),
    )
