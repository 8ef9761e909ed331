"""Alerts as heard, and which of them each daily digest holds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "known_alert",
        sa.Column("thing", sa.String(120), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("severity", sa.String(20), nullable=False),
        sa.Column("standing", sa.Boolean, nullable=False),
        sa.Column("raised", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("link", sa.String(500), nullable=False),
        sa.Column("short_link", sa.String(500), nullable=False),
    )
    op.create_table(
        "digest_line",
        sa.Column("who", sa.String(16), primary_key=True),
        sa.Column("thing", sa.String(120), primary_key=True),
        sa.Column("raised", sa.BigInteger, primary_key=True),
        sa.Column("severity", sa.String(20), primary_key=True),
        sa.Column("letter", sa.String(200), nullable=False),
    )
    op.create_index("digest_line_letter", "digest_line", ["letter"])
    op.execute("UPDATE letter SET state = 'dropped' WHERE kind = 'alert_full' AND state IN ('planned', 'due')")
    op.execute("UPDATE letter SET kind = 'alert' WHERE kind = 'alert_full'")


def downgrade() -> None:
    for table in ("digest_line", "known_alert"):
        op.drop_table(table)
    op.execute("UPDATE letter SET kind = 'alert_full' WHERE kind = 'alert'")
