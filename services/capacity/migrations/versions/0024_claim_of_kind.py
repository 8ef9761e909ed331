"""The claims of a partner are found at once: they count as a group, and have the meals of a month."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    of_a_kind = sa.text("kind IS NOT NULL")
    op.create_index("claim_of_kind", "claim", ["kind", "sitting"], postgresql_where=of_a_kind, sqlite_where=of_a_kind)
