"""The first tables: sittings as heard, bookings, idempotency keys, and the post."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "sitting",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("cantine_slug", sa.Text, nullable=False),
        sa.Column("cantine_name", sa.Text, nullable=False),
        sa.Column("cantine_city", sa.Text, nullable=False),
        sa.Column("cantine_address", sa.Text, nullable=False),
        sa.Column("cantine_phone", sa.Text, nullable=False),
        sa.Column("cantine_email", sa.Text, nullable=False),
        sa.Column("cantine_zone", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("cooking_starts", sa.Time, nullable=False),
        sa.Column("meal_starts", sa.Time, nullable=False),
        sa.Column("starts_at", Instant, nullable=False),
        sa.Column("cutoff_at", Instant, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("menu", sa.Text, nullable=False),
        sa.Column("allergens", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("break_even_price", sa.Integer, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("seats_left", sa.Integer, nullable=False),
        sa.Column("cook_places", sa.Integer, nullable=False),
        sa.Column("cook_places_left", sa.Integer, nullable=False),
        sa.Column("waitlist_length", sa.Integer, nullable=False),
        sa.Column("at_risk", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sitting_starts", "sitting", ["starts_at", "id"])
    op.create_table(
        "booking",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("name", sa.String(200), nullable=True),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("phone", sa.String(32), nullable=True),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("cooks", sa.Integer, nullable=False),
        sa.Column("eaters", sa.Integer, nullable=False),
        sa.Column("children", sa.Integer, nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("cancelled_at", Instant, nullable=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("notice_revision", sa.BigInteger, nullable=False),
        sa.Column("news", sa.BigInteger, nullable=False),
        sa.Column("told", sa.String(100), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("waiting", sa.Boolean, nullable=False),
        sa.Column("answer_revision", sa.BigInteger, nullable=True),
        sa.Column("answers", sa.BigInteger, nullable=True),
        sa.Column("standing", sa.String(20), nullable=True),
        sa.Column("held_cooks", sa.Integer, nullable=False),
        sa.Column("held_eaters", sa.Integer, nullable=False),
        sa.Column("held_children", sa.Integer, nullable=False),
        sa.Column("wished_cooks", sa.Integer, nullable=False),
        sa.Column("wished_eaters", sa.Integer, nullable=False),
        sa.Column("wished_children", sa.Integer, nullable=False),
        sa.Column("why", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("booking_line", "booking", ["sitting", "waiting", "asked_at", "id"])
    op.create_table(
        "idempotency_key",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("booking", sa.String(80), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("idempotency_key_created", "idempotency_key", ["created_at"])
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
    op.create_table(
        "heard",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("thing", sa.String(80), nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("kind", "thing"),
    )
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
        "neighbour",
        sa.Column("receiver", sa.String(40), nullable=False),
        sa.Column("receipted_up_to", Instant, nullable=True),
        sa.Column("probed_at", Instant, nullable=True),
        sa.PrimaryKeyConstraint("receiver"),
    )
