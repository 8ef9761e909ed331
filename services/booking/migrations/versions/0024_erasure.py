"""Guests who were forgotten on request."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("booking", Column("erased", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "erasure",
        Column("mark", sa.String(64), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("erased_at", Instant, nullable=False),
    )
