"""Seats that were offered, and found nobody."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("sitting", Column("untaken", sa.Integer, nullable=False, server_default="0"))
