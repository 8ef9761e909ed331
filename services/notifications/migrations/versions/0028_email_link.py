"""The link that only e-mails carry."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("known_booking", sa.Column("email_link", sa.String(500), nullable=True))


def downgrade() -> None:
    op.drop_column("known_booking", "email_link")
