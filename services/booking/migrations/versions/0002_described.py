"""When a meal last changed for calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("sitting", sa.Column("described", sa.BigInteger, nullable=False, server_default="0"))
    op.execute("UPDATE sitting SET described = revision")
