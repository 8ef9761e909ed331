"""A cantine's rule by which cooks are called by themselves."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("alert_settings", Column("call_hours", sa.Integer, nullable=False, server_default="0"))
    op.add_column("sitting", Column("ruled_for", Instant, nullable=True))
