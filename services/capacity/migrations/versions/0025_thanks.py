"""A word after the meal, where a cantine writes such words and its guest wishes it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("cantine", Column("thanks", sa.Boolean, nullable=False, server_default=sa.false()))
