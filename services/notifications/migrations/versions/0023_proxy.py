"""Who booked for a guest, and whether letters go to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("known_booking", Column("proxy", sa.String(200), nullable=True))
    op.add_column("known_booking", Column("to_proxy", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("known_booking", "to_proxy")
    op.drop_column("known_booking", "proxy")
