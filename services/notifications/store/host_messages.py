"""Hosts' words to their guests, as heard, and what became of the letters with them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.host_messages import Words, key_of
from services.notifications.domain.letter import LetterState
from services.notifications.store.tables import host_message, letter
from shared.contracts.host_message import Audience, HostMessage
from shared.keeping import keep_rows


@dataclass(frozen=True, kw_only=True)
class Fate:
    """How many letters of a message are in a state, and when the last of them leaves or left (UTC)."""

    state: LetterState
    count: int
    at: datetime


def keep(conn: Connection, messages: Sequence[HostMessage]) -> None:
    """Write down messages that were not known yet."""
    rows = [
        {
            "id": one.thing,
            "sitting": one.sitting,
            "audience": one.audience.value,
            "words": one.words,
            "urgent": one.urgent,
            "written_at": one.written_at,
            "people": len(one.people),
        }
        for one in sorted(messages, key=lambda one: one.thing)
    ]
    keep_rows(conn, host_message, rows)


def load(conn: Connection, ids: Collection[str]) -> dict[str, Words]:
    """Messages by id."""
    if not ids:
        return {}
    return {row.id: _read(row) for row in conn.execute(sa.select(host_message).where(host_message.c.id.in_(ids)))}


def of_sitting(conn: Connection, sitting: str) -> list[Words]:
    """What was written to the guests of a sitting, latest first."""
    query = sa.select(host_message).where(host_message.c.sitting == sitting)
    return [_read(row) for row in conn.execute(query.order_by(host_message.c.written_at.desc(), host_message.c.id))]


def fates(conn: Connection, one: Words) -> list[Fate]:
    """What became of the letters of a message, by state."""
    keys = [key_of(one.message, number) for number in range(one.people)]
    at = sa.func.max(sa.func.coalesce(letter.c.sent_at, letter.c.due_at), type_=letter.c.due_at.type)
    query = sa.select(letter.c.state, sa.func.count(), at).where(letter.c.key.in_(keys)).group_by(letter.c.state)
    return list(_fates(conn.execute(query)))


def _fates(rows: Any) -> Iterator[Fate]:
    for state, count, at in rows:
        yield Fate(state=LetterState(state), count=count, at=at)


def _read(row: Any) -> Words:
    return Words(
        message=row.id,
        sitting=row.sitting,
        audience=Audience(row.audience),
        words=row.words,
        urgent=row.urgent,
        written_at=row.written_at,
        people=row.people,
    )
