"""Persons, and the calls for cooks to which they agreed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("booking", Column("origin", sa.String(20), nullable=False, server_default="guest"))
    op.create_table(
        "person",
        Column("id", sa.String(36), primary_key=True),
        Column("address", sa.String(320), nullable=False, unique=True),
        Column("name", sa.String(200), nullable=True),
        Column("email", sa.String(320), nullable=True),
        Column("phone", sa.String(32), nullable=True),
        Column("language", sa.String(10), nullable=False),
        Column("revision", sa.BigInteger, nullable=False),
        Column("since", Instant, nullable=False),
        Column("seen_at", Instant, nullable=False),
        Column("look_at", Instant, nullable=False),
        Column("asked_at", Instant, nullable=True),
    )
    op.create_index("person_look", "person", ["look_at"])
    op.create_table(
        "former_person",
        Column("id", sa.String(36), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("ended_at", Instant, nullable=False),
    )
    op.create_table(
        "willing_cook",
        Column("cantine", sa.String(60), primary_key=True),
        Column("person", sa.String(36), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        Column("since", Instant, nullable=False),
    )
    op.create_index("willing_cook_person", "willing_cook", ["person"])
    op.create_table(
        "cook_call",
        Column("sitting", sa.String(80), primary_key=True),
        Column("call", sa.String(64), nullable=False),
        Column("cantine", sa.String(60), nullable=False),
        Column("sought", sa.Integer, nullable=False),
        Column("until", Instant, nullable=False),
        Column("told", sa.BigInteger, nullable=False),
    )
    op.create_index("cook_call_until", "cook_call", ["until"])
    op.create_table(
        "cook_ask",
        Column("sitting", sa.String(80), primary_key=True),
        Column("person", sa.String(36), primary_key=True),
        Column("call", sa.String(64), nullable=False),
        Column("at", Instant, nullable=False),
        Column("reply", sa.String(10), nullable=True),
        Column("booking", sa.String(80), nullable=True),
    )
    op.create_index("cook_ask_person", "cook_ask", ["person"])
