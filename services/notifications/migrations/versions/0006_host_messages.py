"""A host's words to the guests of a sitting."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "host_message",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("written_at", Instant, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
    )
    op.create_index("host_message_sitting", "host_message", ["sitting"])
