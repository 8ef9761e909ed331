"""Outbox rows taken in hand: always locked in ascending order, and always exactly the revisions named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.keeping import among

BATCH = 200  # rows in one task, and in one statement


@dataclass(frozen=True)
class Leased:
    """One row that this relay may publish now."""

    receiver: str
    kind: str
    thing: str
    revision: int
    body: Any
    correlation: str
    sends: int


def in_batches(rows: Iterable[Leased]) -> list[list[Leased]]:
    """Group rows of one receiver and kind, in order, into lists of at most `BATCH`."""
    groups: dict[tuple[str, str], list[list[Leased]]] = {}
    for row in rows:
        batches = groups.setdefault((row.receiver, row.kind), [[]])
        if len(batches[-1]) == BATCH:
            batches.append([])
        batches[-1].append(row)
    return [batch for batches in groups.values() for batch in batches]


def update_each(conn: Connection, outbox: Table, rows: Iterable[Any], **values: Any) -> None:
    """Update exactly the revisions named, two statements per receiver and kind (and 200 rows).

    They are locked in ascending order first: an UPDATE alone locks in any order, and would deadlock with who writes.
    """
    for batch in in_batches(sorted(rows, key=lambda row: (row.receiver, row.kind, row.thing))):
        these = _these(conn, outbox, batch)
        conn.execute(sa.select(outbox.c.thing).where(these).order_by(outbox.c.thing).with_for_update())
        conn.execute(sa.update(outbox).where(these).values(**values))


def update_locked(conn: Connection, outbox: Table, rows: Iterable[Any], **values: Any) -> None:
    """Update rows that this transaction has locked already."""
    for batch in in_batches(rows):
        conn.execute(sa.update(outbox).where(_these(conn, outbox, batch)).values(**values))


def delete_each(conn: Connection, outbox: Table, rows: Sequence[Any]) -> None:
    """Delete exactly the revisions named; they are locked already."""
    for batch in in_batches(rows):
        conn.execute(sa.delete(outbox).where(_these(conn, outbox, batch)))


def _these(conn: Connection, outbox: Table, batch: Sequence[Any]) -> sa.ColumnElement[bool]:
    """The revisions in a batch."""
    first = batch[0]
    return sa.and_(
        outbox.c.receiver == first.receiver,
        outbox.c.kind == first.kind,
        among(conn, outbox, ("thing", "revision"), [(row.thing, row.revision) for row in batch]),
    )


def lock(conn: Connection, outbox: Table, receiver: str, kinds_and_things: Sequence[Any]) -> Sequence[Any]:
    """Lock these rows to a receiver, in ascending order."""
    return conn.execute(
        sa.select(
            outbox.c.receiver,
            outbox.c.kind,
            outbox.c.thing,
            outbox.c.revision,
            outbox.c.published_at,
            outbox.c.sends,
        )
        .where(outbox.c.receiver == receiver, among(conn, outbox, ("kind", "thing"), kinds_and_things))
        .order_by(outbox.c.kind, outbox.c.thing)
        .with_for_update()
    ).all()


def take(conn: Connection, outbox: Table, *conditions: Any) -> Sequence[Any]:
    """Lock the rows for which all this is so; those that somebody else holds are left to the next look."""
    question = sa.select(outbox.c.receiver, outbox.c.kind, outbox.c.thing, outbox.c.revision).where(*conditions)
    return conn.execute(question.with_for_update(skip_locked=True)).all()


def parts(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """In parts of at most `BATCH`."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
