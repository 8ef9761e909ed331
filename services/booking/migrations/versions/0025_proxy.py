"""Who booked for a guest, and whether the contact is theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("booking", sa.Column("proxy_name", sa.String(200), nullable=True))
    op.add_column("booking", sa.Column("proxy_reached", sa.Boolean, nullable=False, server_default=sa.false()))
