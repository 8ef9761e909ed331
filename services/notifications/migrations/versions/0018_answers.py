"""Text messages that come in, what they answer, and to which contacts no letter may go."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_index("known_booking_phone", "known_booking", ["phone"])
    op.create_table(
        "text_in",
        Column("number", sa.Integer, primary_key=True),
        Column("key", sa.String(64), nullable=False, unique=True),
        Column("phone", sa.String(32), nullable=False),
        Column("text", sa.Text, nullable=False),
        Column("received_at", Instant, nullable=False),
        Column("handled_at", Instant, nullable=True),
        Column("fate", sa.String(20), nullable=True),
        Column("reply", sa.String(20), nullable=True),
        Column("name", sa.String(200), nullable=True),
        Column("sitting", sa.String(80), nullable=True),
        Column("cantine", sa.String(60), nullable=True),
        Column("done_at", Instant, nullable=True),
        Column("done_by", sa.String(80), nullable=True),
    )
    op.create_index("text_in_phone", "text_in", ["phone", "number"])
    op.create_index("text_in_fate", "text_in", ["fate", "done_at"])
    op.create_index("text_in_handled", "text_in", ["handled_at", "number"])
    op.create_table(
        "choice",
        Column("phone", sa.String(32), primary_key=True),
        Column("word", sa.String(20), nullable=False),
        Column("options", sa.JSON, nullable=False),
        Column("until", Instant, nullable=False),
    )
    op.create_table(
        "guest_reply",
        Column("thing", sa.String(80), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("answer", sa.String(20), nullable=False),
        Column("said_at", Instant, nullable=False),
        Column("booking", sa.String(80), nullable=True),
        Column("person", sa.String(36), nullable=True),
        Column("sitting", sa.String(80), nullable=True),
    )
    op.create_index("guest_reply_booking", "guest_reply", ["booking"])
    op.create_table(
        "contact_state",
        Column("mark", sa.String(64), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("opted_out", sa.Boolean, nullable=False),
        Column("unread_since", Instant, nullable=True),
        Column("changed_at", Instant, nullable=False),
    )


def downgrade() -> None:
    for table in ("contact_state", "guest_reply", "choice", "text_in"):
        op.drop_table(table)
    op.drop_index("known_booking_phone", "known_booking")
