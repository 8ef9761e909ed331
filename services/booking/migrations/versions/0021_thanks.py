"""A word after the meal, to who wishes it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("sitting", Column("cantine_thanks", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("booking", Column("thanks", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("booking", Column("attended", sa.String(10), nullable=True))
