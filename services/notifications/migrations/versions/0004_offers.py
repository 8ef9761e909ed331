"""Until when places are kept for a guest who waits."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("known_booking", sa.Column("offer_until", Instant, nullable=True))


def downgrade() -> None:
    op.drop_column("known_booking", "offer_until")
