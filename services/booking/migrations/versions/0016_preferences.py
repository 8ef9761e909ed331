"""What guests prefer, and by how many minutes they come late."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("booking", Column("by_sms", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("booking", Column("reminders", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("booking", Column("quiet", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("booking", Column("late_by", sa.Integer, nullable=True))
