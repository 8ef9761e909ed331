"""Who asked for a link to their own page; and the bookings of a contact, to be found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # of SQLite such an index cannot be read back
        op.create_index("booking_email", "booking", [sa.text("lower(email)")])
    op.create_index("booking_phone", "booking", ["phone"])
    op.create_table(
        "guest_link",
        Column("id", sa.String(32), primary_key=True),
        Column("address", sa.String(320), nullable=True),
        Column("contact", sa.String(64), nullable=False),
        Column("client", sa.String(64), nullable=False),
        Column("language", sa.String(10), nullable=False),
        Column("asked_at", Instant, nullable=False),
        Column("looked_at", Instant, nullable=True),
        Column("valid_until", Instant, nullable=True),
    )
    op.create_index("guest_link_contact", "guest_link", ["contact", "asked_at"])
    op.create_index("guest_link_client", "guest_link", ["client", "asked_at"])
    op.create_index("guest_link_looked", "guest_link", ["looked_at"])
