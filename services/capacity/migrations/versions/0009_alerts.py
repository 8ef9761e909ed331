"""Alerts: one row for each kind and sitting, what is remembered of a sitting to raise them, and who wishes to hear."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey

from shared.database import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _alerts()
    _settings()
    _keep_what_was_told()
    _watch()


def _alerts() -> None:
    op.create_table(
        "alert",
        Column("about", sa.String(80), primary_key=True),
        Column("kind", sa.String(40), primary_key=True),
        Column("cantine", sa.String(60), ForeignKey("cantine.slug"), nullable=False),
        Column("severity", sa.String(20), nullable=False),
        Column("facts", sa.JSON, nullable=False),
        Column("raised_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("resolved_at", Instant, nullable=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("answered_by", sa.String(36), ForeignKey("staff.id", ondelete="SET NULL"), nullable=True),
        Column("answered_at", Instant, nullable=True),
        Column("escalates_at", Instant, nullable=True),
        Column("circle", sa.Integer, nullable=False),
    )
    op.create_index("alert_of_cantine", "alert", ["cantine", "updated_at"])
    op.create_index("alert_escalates", "alert", ["escalates_at"])


def _settings() -> None:
    op.create_table(
        "alert_settings",
        Column("cantine", sa.String(60), ForeignKey("cantine.slug"), primary_key=True),
        Column("nearly_full", sa.Integer, nullable=False),
        Column("waiting", sa.Integer, nullable=False),
        Column("cooks", sa.Integer, nullable=False),
        Column("guests", sa.Integer, nullable=False),
        Column("days", sa.Integer, nullable=False),
        Column("quiet_since", sa.Time, nullable=False),
        Column("quiet_until", sa.Time, nullable=False),
        Column("on_duty", sa.String(36), ForeignKey("staff.id", ondelete="SET NULL"), nullable=True),
        Column("answer_within", sa.Integer, nullable=False),
    )
    op.create_table(
        "alert_wishes",
        Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
        Column("phone", sa.String(32), nullable=True),
        Column("urgent", sa.String(10), nullable=False),
        Column("important", sa.String(10), nullable=False),
        Column("routine", sa.String(10), nullable=False),
        Column("digest_at", sa.Time, nullable=False),
    )


def _keep_what_was_told() -> None:
    """Full sittings of which coordinators have heard already."""
    op.execute(
        "INSERT INTO alert (about, kind, cantine, severity, facts, raised_at, updated_at, revision, circle)"
        " SELECT id, 'sitting_full', cantine, 'important', '{}', full_alerted_at, full_alerted_at, 1, 1"
        " FROM sitting WHERE full_alerted_at IS NOT NULL AND held >= seats"
    )


def _watch() -> None:
    """Every sitting is looked at once, which also sets when to look again."""
    op.add_column("sitting", Column("alerts", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("sitting", Column("alerts_due_at", Instant, nullable=True))
    op.add_column("sitting", Column("covers_in_time", sa.Integer, nullable=False, server_default="0"))
    op.add_column("sitting", Column("cooks_in_time", sa.Integer, nullable=False, server_default="0"))
    op.execute(
        "UPDATE sitting SET covers_in_time = held, cooks_in_time = cooks_held, alerts_due_at = CURRENT_TIMESTAMP"
    )
    op.execute("""UPDATE sitting SET alerts = '{"sitting_full": 1}' WHERE id IN (SELECT about FROM alert)""")
    op.execute("ALTER TABLE sitting DROP COLUMN full_alerted_at")
    op.create_index("sitting_alerts_due", "sitting", ["alerts_due_at"])
