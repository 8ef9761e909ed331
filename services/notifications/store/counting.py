"""How many letters there were, by day, kind, channel and fate: of those that are kept, and of those that are forgotten.

Letters are counted as they are forgotten, in the same transaction: so each counts once, and sending costs nothing more.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.notifications.domain.letter import NO_WAY, TO_PHONE, Channel, LetterState
from services.notifications.store.tables import letter, letter_count
from shared.database import upsert

_DAY = sa.func.date(sa.func.coalesce(letter.c.sent_at, letter.c.due_at), type_=sa.Date)
_FATE = sa.case(  # literal, as PostgreSQL groups by no expression that has parameters
    (
        sa.and_(
            letter.c.state == sa.literal_column(f"'{LetterState.FAILED}'"),
            letter.c.reason == sa.literal_column(f"'{NO_WAY}'"),
            letter.c.booking.is_not(None),
        ),
        sa.literal_column(f"'{TO_PHONE}'"),
    ),
    else_=letter.c.state,
)
_BY = (_DAY.label("day"), letter.c.kind, letter.c.channel, _FATE.label("state"))
_SUMS: dict[str, ColumnElement[int]] = {
    "count": sa.func.count(),
    "parts": sa.func.sum(letter.c.parts),
    "cost": sa.func.sum(letter.c.cost),
}


@dataclass(frozen=True, kw_only=True)
class Count:
    """So many letters of a kind, by a channel, ended so on a day (UTC): in a state, or `TO_PHONE`, which counts as no
    failure. A kind may be one of yesterday's. The SMS among
    them were paid as so many `parts`, and cost so much (in ten-thousandths of a euro).
    """

    day: date
    kind: str
    channel: Channel
    state: str
    count: int
    parts: int = 0
    cost: int = 0


def forget(conn: Connection, which: ColumnElement[bool]) -> int:
    """Forget these letters; their counts stay. Returns how many."""
    names = ("day", "kind", "channel", "state", *_SUMS)
    counted = sa.select(*_BY, *_SUMS.values()).where(which).group_by(*_BY)
    statement: Any = upsert(conn, letter_count).from_select(names, counted)
    more = {name: letter_count.c[name] + statement.excluded[name] for name in _SUMS}
    conn.execute(statement.on_conflict_do_update(index_elements=list(letter_count.primary_key), set_=more))
    return conn.execute(sa.delete(letter).where(which)).rowcount


def since(conn: Connection, first: date) -> list[Count]:
    """All letters from a day on, latest day first."""
    kept = sa.select(*_BY, *(one.label(name) for name, one in _SUMS.items())).where(first <= _DAY).group_by(*_BY)
    forgotten = sa.select(letter_count).where(letter_count.c.day >= first)
    together: dict[tuple[date, str, str, str], Counter[str]] = {}
    for query in (kept, forgotten):
        for row in conn.execute(query):
            sums = together.setdefault((row.day, row.kind, row.channel, row.state), Counter())
            sums.update({name: row._mapping[name] for name in _SUMS})
    return [
        Count(day=day, kind=kind, channel=Channel(channel), state=state, **{n: sums[n] for n in _SUMS})
        for (day, kind, channel, state), sums in sorted(together.items(), key=lambda one: one[0], reverse=True)
    ]
