"""An SMS on the morning of a meal, where a cantine offers it and its guest wishes it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("booking", Column("morning_sms", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("sitting", Column("cantine_morning_sms", sa.Boolean, nullable=False, server_default=sa.false()))
