"""What notifications counts for whoever watches over the place."""

from typing import Any

import sqlalchemy as sa

from services.notifications.store.tables import letter
from shared.measures import Measure

LETTERS = Measure(
    name="tablee_letters",
    what="Letters that are kept, by channel and state.",
    labels=("channel", "state"),
    question=lambda _now: sa.select(letter.c.channel, letter.c.state, sa.func.count()).group_by(
        letter.c.channel, letter.c.state
    ),
)


def _overdue(now: Any) -> sa.Select[Any]:
    return sa.select(sa.func.count()).where(letter.c.state.in_(("due", "attempting")), letter.c.due_at <= now)


MEASURES = (
    LETTERS,
    Measure(name="tablee_letters_overdue", what="Letters whose time has come and that wait.", question=_overdue),
)
