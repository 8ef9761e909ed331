"""Guests who said that they come; contacts that letters do not reach."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("booking", sa.Column("coming_for", Instant, nullable=True))
    op.create_table(
        "lost_contact",
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("unread_since", Instant, nullable=True),
        sa.Column("heard_at", Instant, nullable=False),
    )
