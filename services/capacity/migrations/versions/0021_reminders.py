"""When a cantine reminds its guests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("cantine", Column("reminder_days", sa.Integer, nullable=False, server_default="1"))
    op.add_column("cantine", Column("reminder_at", sa.Time, nullable=False, server_default="16:00:00"))
