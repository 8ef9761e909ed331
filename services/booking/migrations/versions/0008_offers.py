"""Offers: until when places are kept, and what their guest said."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("booking", sa.Column("offer_id", sa.String(64), nullable=True))
    op.add_column("booking", sa.Column("offer_until", Instant, nullable=True))
    op.add_column("booking", sa.Column("reply_offer", sa.String(64), nullable=True))
    op.add_column("booking", sa.Column("reply_accepted", sa.Boolean, nullable=True))
    op.add_column("booking", sa.Column("reply_at", Instant, nullable=True))
