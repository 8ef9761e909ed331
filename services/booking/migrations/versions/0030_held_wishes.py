"""Requests that wait to be confirmed by a message, and contacts that have confirmed one lately."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "held_wish",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("wish", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("address", sa.String(320), nullable=True),
        sa.Column("contact", sa.String(64), nullable=False),
        sa.Column("client", sa.String(64), nullable=True),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("valid_until", Instant, nullable=False),
        sa.Column("booking", sa.String(80), nullable=True),
    )
    op.create_index("held_wish_contact", "held_wish", ["contact", "asked_at"])
    op.create_index("held_wish_client", "held_wish", ["client", "asked_at"])
    op.create_index("held_wish_address", "held_wish", ["address"])
    op.create_table(
        "confirmed_contact",
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("confirmed_at", Instant, nullable=False),
    )
