"""The first tables: what was heard of bookings and sittings, letters, the mailbox, and the post."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("thing", sa.String(80), nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("sender", sa.String(40), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("correlation", sa.String(64), nullable=False),
        sa.Column("marks", sa.Integer, nullable=False),
        sa.Column("error", sa.String(500), nullable=True),
        sa.Column("parked_at", Instant, nullable=True),
        sa.PrimaryKeyConstraint("kind", "thing", "revision"),
    )
    op.create_table(
        "heard",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("thing", sa.String(80), nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("kind", "thing"),
    )
    op.create_table(
        "known_booking",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("cooks", sa.Integer, nullable=False),
        sa.Column("eaters", sa.Integer, nullable=False),
        sa.Column("children", sa.Integer, nullable=False),
        sa.Column("news", sa.BigInteger, nullable=False),
        sa.Column("why", sa.String(40), nullable=True),
        sa.Column("name", sa.String(200), nullable=True),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("phone", sa.String(32), nullable=True),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("link", sa.String(500), nullable=False),
        sa.Column("short_code", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("short_code"),
    )
    op.create_index("known_booking_sitting", "known_booking", ["sitting"])
    op.create_table(
        "known_sitting",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("cantine", sa.JSON, nullable=True),
        sa.Column("date", sa.Date, nullable=True),
        sa.Column("cooking_starts", sa.Time, nullable=True),
        sa.Column("meal_starts", sa.Time, nullable=True),
        sa.Column("starts_at", Instant, nullable=True),
        sa.Column("status", sa.String(20), nullable=True),
        sa.Column("menu", sa.Text, nullable=True),
        sa.Column("break_even_price", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "letter",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("booking", sa.String(80), nullable=True),
        sa.Column("sitting", sa.String(80), nullable=True),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("latest_at", Instant, nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("starts_at", Instant, nullable=True),
        sa.Column("taken_at", Instant, nullable=True),
        sa.Column("called_at", Instant, nullable=True),
        sa.Column("sent_at", Instant, nullable=True),
        sa.Column("provider", sa.String(40), nullable=True),
        sa.Column("provider_ref", sa.String(200), nullable=True),
        sa.Column("correlation", sa.String(64), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("letter_booking", "letter", ["booking"])
    op.create_index("letter_due", "letter", ["state", "due_at"])
    op.create_table(
        "mailbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("received_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "neighbour",
        sa.Column("receiver", sa.String(40), nullable=False),
        sa.Column("receipted_up_to", Instant, nullable=True),
        sa.Column("probed_at", Instant, nullable=True),
        sa.PrimaryKeyConstraint("receiver"),
    )
    op.create_table(
        "outbox",
        sa.Column("receiver", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("thing", sa.String(80), nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("correlation", sa.String(64), nullable=False),
        sa.Column("said_at", Instant, nullable=False),
        sa.Column("due_at", Instant, nullable=True),
        sa.Column("published_at", Instant, nullable=True),
        sa.Column("sends", sa.Integer, nullable=False),
        sa.Column("overtaken", sa.Integer, nullable=False),
        sa.Column("stuck_at", Instant, nullable=True),
        sa.PrimaryKeyConstraint("receiver", "kind", "thing"),
    )
    op.create_index("outbox_due", "outbox", ["due_at"])
    op.create_index("outbox_published", "outbox", ["receiver", "published_at"])


def downgrade() -> None:
    for table in (
        "outbox",
        "neighbour",
        "mailbox",
        "letter",
        "known_sitting",
        "known_booking",
        "heard",
        "attempt",
    ):
        op.drop_table(table)
