"""What guests prefer: by which way, with or without a reminder, or in silence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("known_booking", Column("by_sms", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("known_booking", Column("reminders", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("known_booking", Column("quiet", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for name in ("quiet", "reminders", "by_sms"):
        op.drop_column("known_booking", name)
