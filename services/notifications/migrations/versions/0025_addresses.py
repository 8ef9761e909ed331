"""Whose letters these are is found by the address, without looking at every letter."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_ASKED = sa.text("kind IN ('guest_link', 'text_which', 'text_stopped', 'text_started', 'text_passed_on')")
_BY_EMAIL = ("known_booking", "known_person")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _BY_EMAIL:
            op.create_index(f"{table}_email", table, [sa.text("lower(email)")])
    op.create_index("known_person_phone", "known_person", ["phone"])
    op.create_index("letter_to_askers", "letter", ["kind"], sqlite_where=_ASKED, postgresql_where=_ASKED)


def downgrade() -> None:
    op.drop_index("letter_to_askers", "letter")
    op.drop_index("known_person_phone", "known_person")
    if op.get_bind().dialect.name == "postgresql":
        for table in _BY_EMAIL:
            op.drop_index(f"{table}_email", table)
