"""What hosts write to the guests of a meal."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "host_message",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("written_at", Instant, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("people", sa.JSON, nullable=False),
    )
    op.create_index("host_message_sitting", "host_message", ["sitting"])
    op.create_table(
        "host_call",
        sa.Column("message", sa.String(64), sa.ForeignKey("host_message.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("booking", sa.String(80), primary_key=True),
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("said_at", Instant, nullable=True),
        sa.Column("by", sa.String(80), nullable=True),
    )
    op.create_index("host_call_booking", "host_call", ["booking"])
