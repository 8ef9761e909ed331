"""The letters that say to whom they went are more kinds: those that tell why a text did nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_BEFORE = ("guest_link", "text_which", "text_stopped", "text_started", "text_passed_on")
_NOW = (*_BEFORE, "text_no", "text_cancelled", "text_no_place")


def upgrade() -> None:
    _index(_NOW)


def downgrade() -> None:
    _index(_BEFORE)


def _index(kinds: tuple[str, ...]) -> None:
    asked = sa.text("kind IN (" + ", ".join(f"'{kind}'" for kind in kinds) + ")")
    op.drop_index("letter_to_askers", "letter")
    op.create_index("letter_to_askers", "letter", ["kind"], sqlite_where=asked, postgresql_where=asked)
