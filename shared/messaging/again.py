"""Sending again: what a receiver has evidently missed, what an empty queue should hold, and what was stuck."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement, Connection, Table

from shared.messaging.neighbours import ensure
from shared.messaging.rows import BATCH, take, update_each
from shared.messaging.tables import MessagingTables

OVERTAKEN_AFTER = timedelta(seconds=2)
PROBE_EVERY = timedelta(seconds=30)
STUCK_AFTER = 10


def any_unheard(conn: Connection, outbox: Table, receivers: Sequence[str], now: datetime) -> bool:
    """Whether any row published to these waits for a receipt for longer than usual, or from ahead of now (the clock was
    put back since). If none does, there is nothing to send again, and nobody to probe.
    """
    at = outbox.c.published_at
    long_ago = sa.or_(at < now - OVERTAKEN_AFTER, at > now + PROBE_EVERY)
    waits = sa.select(sa.literal(1)).where(
        outbox.c.receiver.in_(receivers), long_ago, outbox.c.due_at.is_(None), outbox.c.stuck_at.is_(None)
    )
    return conn.execute(waits.limit(1)).first() is not None


def send_again_overtaken(
    conn: Connection, tables: MessagingTables, receiver: str, now: datetime
) -> list[tuple[str, str]]:
    """Rows published well before one that was receipted are due again; after `STUCK_AFTER` times they are stuck.

    Returns the (kind, thing) of the rows that got stuck now.
    """
    outbox, neighbour = tables.outbox, tables.neighbour
    up_to = conn.execute(sa.select(neighbour.c.receipted_up_to).where(neighbour.c.receiver == receiver)).scalar()
    if up_to is None or up_to > now:  # the clock was put back since: that receipt says nothing about rows of now
        return []
    overtaken = (
        outbox.c.receiver == receiver,
        outbox.c.due_at.is_(None),
        outbox.c.stuck_at.is_(None),
        outbox.c.published_at < up_to - OVERTAKEN_AFTER,
    )
    stuck = take(conn, outbox, *overtaken, outbox.c.overtaken >= STUCK_AFTER - 1)
    update_each(conn, outbox, stuck, stuck_at=now)
    update_each(conn, outbox, take(conn, outbox, *overtaken), due_at=now, once_more="overtaken")
    return [(row.kind, row.thing) for row in stuck]


def probe(conn: Connection, tables: MessagingTables, receiver: str, now: datetime) -> int:
    """When a receiver was silent for `PROBE_EVERY`, make one batch of its oldest rows due again. Returns how many."""
    outbox, neighbour = tables.outbox, tables.neighbour
    oldest = (
        sa.select(outbox.c.receiver, outbox.c.kind, outbox.c.thing, outbox.c.revision)
        .where(
            outbox.c.receiver == receiver,
            outbox.c.due_at.is_(None),
            outbox.c.stuck_at.is_(None),
            _long_ago(outbox.c.published_at, now),
        )
        .order_by(outbox.c.published_at)
        .limit(BATCH)
    )
    waiting = conn.execute(oldest.with_for_update(skip_locked=True)).all()  # rows first, then the neighbour: always
    if not waiting:
        return 0
    ensure(conn, neighbour, receiver)
    mine = conn.execute(
        sa.update(neighbour)
        .where(
            neighbour.c.receiver == receiver,
            sa.or_(neighbour.c.probed_at.is_(None), _long_ago(neighbour.c.probed_at, now)),
        )
        .values(probed_at=now)
    )
    if not mine.rowcount:
        return 0
    update_each(conn, outbox, waiting, due_at=now)
    return len(waiting)


def _long_ago(at: Column[datetime], now: datetime) -> ColumnElement[bool]:
    """Before the last `PROBE_EVERY`; or ahead of now, for then the clock was put back since."""
    return sa.or_(at < now - PROBE_EVERY, at > now + PROBE_EVERY)


def send_again_all(conn: Connection, outbox: Table, receiver: str, now: datetime) -> int:
    """Everything to a receiver is due (its queue was found empty). Returns how many rows were not.

    Also what is leased: a relay that was killed would hold it for the rest of `LEASE`. One that lives sends it twice.
    """
    not_due = sa.or_(outbox.c.due_at.is_(None), outbox.c.due_at > now)
    rows = take(conn, outbox, outbox.c.receiver == receiver, not_due, outbox.c.stuck_at.is_(None))
    update_each(conn, outbox, rows, due_at=now)
    return len(rows)


def count_stuck(conn: Connection, outbox: Table) -> int:
    """How many rows their receivers never receipted."""
    return conn.scalar(sa.select(sa.func.count()).where(outbox.c.stuck_at.is_not(None))) or 0


def release_stuck(conn: Connection, outbox: Table, now: datetime) -> int:
    """Try stuck rows again, as an operator asks. Returns how many."""
    return conn.execute(
        sa.update(outbox).where(outbox.c.stuck_at.is_not(None)).values(stuck_at=None, due_at=now, overtaken=0)
    ).rowcount
