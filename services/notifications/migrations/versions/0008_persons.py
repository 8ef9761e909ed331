"""Persons, what they are asked, and the letters to them; how a booking came about."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("known_booking", Column("origin", sa.String(20), nullable=False, server_default="guest"))
    op.add_column("letter", Column("person", sa.String(36), nullable=True))
    op.create_index("letter_person", "letter", ["person"])
    op.create_table(
        "known_person",
        Column("id", sa.String(36), primary_key=True),
        Column("name", sa.String(200), nullable=True),
        Column("email", sa.String(320), nullable=True),
        Column("phone", sa.String(32), nullable=True),
        Column("language", sa.String(10), nullable=False),
    )
    op.create_table(
        "known_ask",
        Column("person", sa.String(36), sa.ForeignKey("known_person.id", ondelete="CASCADE"), primary_key=True),
        Column("sitting", sa.String(80), primary_key=True),
        Column("call", sa.String(64), nullable=False),
        Column("until", Instant, nullable=False),
        Column("link", sa.String(500), nullable=False),
        Column("short_code", sa.String(20), nullable=False, unique=True),
        Column("standing", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("known_ask")
    op.drop_table("known_person")
    op.drop_index("letter_person", "letter")
    op.drop_column("letter", "person")
    op.drop_column("known_booking", "origin")
