"""The credit for SMS, as notifications told of it, and who is on it when it is low."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "sms_credit",
        sa.Column("provider", sa.String(80), primary_key=True),
        sa.Column("remaining", sa.Integer, nullable=False),
        sa.Column("heard", sa.BigInteger, nullable=False),
        sa.Column("scarce", sa.Boolean, nullable=False),
        sa.Column("raised_at", Instant, nullable=True),
        sa.Column("telling", sa.Integer, nullable=False),
        sa.Column("reminders", sa.Integer, nullable=False),
        sa.Column("answered_by", sa.String(36), sa.ForeignKey("staff.id", ondelete="SET NULL"), nullable=True),
        sa.Column("answered_at", Instant, nullable=True),
        sa.Column("escalates_at", Instant, nullable=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
