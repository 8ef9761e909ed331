"""Delivery receipts, and what letters are known by when they come back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0020"
down_revision = "0019"

_REFERRED = sa.text("provider_ref IS NOT NULL")


def upgrade() -> None:
    op.add_column("letter", Column("addressee", sa.String(64), nullable=True))
    op.create_index("letter_ref", "letter", ["provider_ref"], sqlite_where=_REFERRED, postgresql_where=_REFERRED)
    op.add_column("contact_state", Column("silent_until", Instant, nullable=True))
    op.create_table(
        "delivery_receipt",
        Column("number", sa.Integer, primary_key=True),
        Column("provider", sa.String(40), nullable=False),
        Column("ref", sa.String(200), nullable=False),
        Column("name", sa.String(32), nullable=False),
        Column("delivery", sa.String(20), nullable=False),
        Column("detail", sa.String(60), nullable=False),
        Column("received_at", Instant, nullable=False),
        Column("look_at", Instant, nullable=False),
    )
    op.create_index("delivery_receipt_look_at", "delivery_receipt", ["look_at", "number"])


def downgrade() -> None:
    op.drop_table("delivery_receipt")
    op.drop_column("contact_state", "silent_until")
    op.drop_index("letter_ref", "letter")
    op.drop_column("letter", "addressee")
