"""From where a booking was asked for: what stands for it, kept for a day, to count."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("idempotency_key", sa.Column("client", sa.String(64), nullable=True))
    op.create_index("idempotency_key_client", "idempotency_key", ["client", "created_at"])
