"""An SMS on the morning of a meal, where a cantine offers it and its guest wishes it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("cantine", Column("morning_sms", sa.Boolean, nullable=False, server_default=sa.false()))
