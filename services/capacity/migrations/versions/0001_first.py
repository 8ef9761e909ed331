"""Cantines, staff, sittings, claims, and the post of the service."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey

from shared.database import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    _cantines_and_staff()
    _sittings()
    _claims()
    _post()


def _cantines_and_staff() -> None:
    op.create_table(
        "cantine",
        Column("slug", sa.String(60), primary_key=True),
        Column("name", sa.String(120), nullable=False),
        Column("city", sa.String(80), nullable=False),
        Column("address", sa.String(200), nullable=False),
        Column("phone", sa.String(32), nullable=False),
        Column("email", sa.String(320), nullable=False),
        Column("zone", sa.String(60), nullable=False),
    )
    op.create_table(
        "staff",
        Column("id", sa.String(36), primary_key=True),
        Column("name", sa.String(200), nullable=False),
        Column("email", sa.String(320), nullable=False, unique=True),
        Column("language", sa.String(10), nullable=False),
        Column("role", sa.String(20), nullable=False),
    )
    op.create_table(
        "staff_cantine",
        Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
        Column("cantine", sa.String(60), ForeignKey("cantine.slug"), primary_key=True),
    )
    op.create_table(
        "sign_in",
        Column("id", sa.String(36), primary_key=True),
        Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
        Column("requested_at", Instant, nullable=False),
        Column("expires_at", Instant, nullable=False),
        Column("used_at", Instant, nullable=True),
    )
    op.create_index("sign_in_of_staff", "sign_in", ["staff", "requested_at"])


def _sittings() -> None:
    op.create_table(
        "sitting",
        Column("id", sa.String(36), primary_key=True),
        Column("cantine", sa.String(60), ForeignKey("cantine.slug"), nullable=False),
        Column("date", sa.Date, nullable=False),
        Column("cooking_starts", sa.Time, nullable=False),
        Column("meal_starts", sa.Time, nullable=False),
        Column("starts_at", Instant, nullable=False),
        Column("cutoff_at", Instant, nullable=False),
        Column("status", sa.String(20), nullable=False),
        Column("menu", sa.String(500), nullable=False),
        Column("allergens", sa.JSON, nullable=True),
        Column("break_even_price", sa.Integer, nullable=False),
        Column("seats", sa.Integer, nullable=False),
        Column("cook_places", sa.Integer, nullable=False),
        Column("held", sa.Integer, nullable=False),
        Column("cooks_held", sa.Integer, nullable=False),
        Column("overhang", sa.Integer, nullable=False),
        Column("cook_overhang", sa.Integer, nullable=False),
        Column("waitlist_length", sa.Integer, nullable=False),
        Column("waitlist_closed", sa.Boolean, nullable=False),
        Column("revision", sa.BigInteger, nullable=False),
        Column("full_alerted_at", Instant, nullable=True),
        CheckConstraint("held >= 0 AND held <= seats + overhang", name="held_fits"),
        CheckConstraint("cooks_held >= 0 AND cooks_held <= cook_places + cook_overhang", name="cooks_held_fit"),
        CheckConstraint("overhang >= 0 AND cook_overhang >= 0", name="overhang_counts"),
        CheckConstraint("waitlist_length >= 0", name="waitlist_counts"),
    )
    op.create_index("sitting_of_cantine", "sitting", ["cantine", "date"])
    op.create_index("sitting_cutoff_due", "sitting", ["waitlist_closed", "cutoff_at"])


def _claims() -> None:
    op.create_table(
        "claim",
        Column("booking", sa.String(80), primary_key=True),
        Column("sitting", sa.String(80), nullable=False),
        Column("request_revision", sa.BigInteger, nullable=False),
        Column("revision", sa.BigInteger, nullable=False),
        Column("standing", sa.String(20), nullable=False),
        Column("held_cooks", sa.Integer, nullable=False),
        Column("held_eaters", sa.Integer, nullable=False),
        Column("held_children", sa.Integer, nullable=False),
        Column("wished_cooks", sa.Integer, nullable=False),
        Column("wished_eaters", sa.Integer, nullable=False),
        Column("wished_children", sa.Integer, nullable=False),
        Column("asked_at", Instant, nullable=False),
        Column("why", sa.String(40), nullable=True),
        Column("waits_for", sa.String(40), nullable=True),
    )
    op.create_index("claim_of_sitting", "claim", ["sitting", "booking"])
    waits = sa.text("waits_for IS NOT NULL")
    op.create_index(
        "claim_in_line",
        "claim",
        ["sitting", "standing", "waits_for", "asked_at", "booking"],
        postgresql_where=waits,
        sqlite_where=waits,
    )


def _post() -> None:
    op.create_table(
        "outbox",
        Column("receiver", sa.String(40), primary_key=True),
        Column("kind", sa.String(40), primary_key=True),
        Column("thing", sa.String(80), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("body", sa.JSON, nullable=False),
        Column("correlation", sa.String(64), nullable=False),
        Column("said_at", Instant, nullable=False),
        Column("due_at", Instant, nullable=True),
        Column("published_at", Instant, nullable=True),
        Column("sends", sa.Integer, nullable=False),
        Column("overtaken", sa.Integer, nullable=False),
        Column("stuck_at", Instant, nullable=True),
    )
    op.create_index("outbox_due", "outbox", ["due_at"])
    op.create_index("outbox_published", "outbox", ["receiver", "published_at"])
    op.create_table(
        "heard",
        Column("kind", sa.String(40), primary_key=True),
        Column("thing", sa.String(80), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "attempt",
        Column("kind", sa.String(40), primary_key=True),
        Column("thing", sa.String(80), primary_key=True),
        Column("revision", sa.BigInteger, primary_key=True),
        Column("sender", sa.String(40), nullable=False),
        Column("body", sa.JSON, nullable=False),
        Column("correlation", sa.String(64), nullable=False),
        Column("marks", sa.Integer, nullable=False),
        Column("error", sa.String(500), nullable=True),
        Column("parked_at", Instant, nullable=True),
    )
    op.create_table(
        "neighbour",
        Column("receiver", sa.String(40), primary_key=True),
        Column("receipted_up_to", Instant, nullable=True),
        Column("probed_at", Instant, nullable=True),
    )
