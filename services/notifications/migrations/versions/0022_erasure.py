"""Guests who were forgotten on request; and who may see, by a link, what was written to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "erasure",
        Column("mark", sa.String(64), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("erased_at", Instant, nullable=False),
    )
    op.create_table(
        "guest_link",
        Column("id", sa.String(32), primary_key=True),
        Column("address", sa.String(320), nullable=False),
        Column("valid_until", Instant, nullable=False),
    )
