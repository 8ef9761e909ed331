"""Calls for cooks, and how many replied."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("sitting", Column("cook_call", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "cook_replies",
        Column("sitting", sa.String(80), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("call", sa.String(64), nullable=False),
        Column("asked", sa.Integer, nullable=False),
        Column("coming", sa.Integer, nullable=False),
        Column("declined", sa.Integer, nullable=False),
    )
