"""The history of sittings in the database. It goes with its sitting."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.history import Author, Cause, Change, Entry
from services.capacity.store.tables import sitting_deed


def note(conn: Connection, now: datetime, by: Author, changed: Iterable[tuple[str, Sequence[Change]]]) -> None:
    """Keep what was changed of these sittings (by id), which are locked or new."""
    rows = [
        {
            "sitting": sitting,
            "at": now,
            "by": by.name,
            "program": by.program,
            "cause": by.cause,
            "changes": [astuple(one) for one in changes],
        }
        for sitting, changes in changed
        if changes
    ]
    if rows:
        conn.execute(sa.insert(sitting_deed), rows)


def latest(conn: Connection, sitting: str, limit: int) -> list[Entry]:
    """The latest changes of a sitting, newest first."""
    query = sa.select(sitting_deed).where(sitting_deed.c.sitting == sitting).order_by(sitting_deed.c.id.desc())
    return [_read(row) for row in conn.execute(query.limit(limit))]


def forget(conn: Connection, before: datetime) -> int:
    """Forget what was done before an instant. Returns how many lines."""
    return conn.execute(sa.delete(sitting_deed).where(sitting_deed.c.at < before)).rowcount


def _read(row: Any) -> Entry:
    return Entry(
        at=row.at,
        by=Author(name=row.by, program=row.program, cause=Cause(row.cause)),
        changes=tuple(Change(*one) for one in row.changes),
    )
