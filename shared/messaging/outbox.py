"""The outbox: one row per (receiver, kind, thing) that must still be heard, overwritten by newer revisions.

A row stays until the receiver's receipt. `due_at` says when to publish it; it is null while a published row waits.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.contracts.message import Message
from shared.contracts.receipt import Kept, Receipt
from shared.contracts.routes import RECEIPT_SCHEMA, route_of
from shared.database import upsert
from shared.messaging.tables import MessagingTables

LEASE = timedelta(seconds=15)
OVERTAKEN_AFTER = timedelta(seconds=2)
PROBE_EVERY = timedelta(seconds=30)
BATCH = 200
STUCK_AFTER = 10


@dataclass(frozen=True)
class Said:
    """One row for the outbox."""

    receiver: str
    kind: str
    thing: str
    revision: int
    body: Any
    correlation: str


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


def letters_for(sender: str, message: Message, correlation: str) -> list[Said]:
    """One row per receiver of a message. Raises ValueError if this service is not the one that says it."""
    route = route_of(message.kind)
    if route.sender != sender:
        raise ValueError(f"{sender} does not say {message.kind}")
    body = route.schema.dump(message)
    return [
        Said(receiver, message.kind, message.thing, message.revision, body, correlation) for receiver in route.receivers
    ]


def write(conn: Connection, outbox: Table, said: Iterable[Said], now: datetime) -> None:
    """Write rows in ascending order; an older revision never overwrites a newer one."""
    rows = sorted(said, key=lambda row: (row.receiver, row.kind, row.thing))
    if not rows:
        return
    statement = upsert(conn, outbox)
    fresh = {
        name: statement.excluded[name]
        for name in (
            "revision",
            "body",
            "correlation",
            "said_at",
            "due_at",
            "published_at",
            "sends",
            "overtaken",
            "stuck_at",
        )
    }
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=["receiver", "kind", "thing"],
            set_=fresh,
            where=outbox.c.revision <= statement.excluded.revision,
        ),
        [
            {
                "receiver": row.receiver,
                "kind": row.kind,
                "thing": row.thing,
                "revision": row.revision,
                "body": row.body,
                "correlation": row.correlation,
                "said_at": now,
                "due_at": now,
                "published_at": None,
                "sends": 0,
                "overtaken": 0,
                "stuck_at": None,
            }
            for row in rows
        ],
    )


def write_receipt(
    conn: Connection,
    outbox: Table,
    *,
    by: str,
    to: str,
    of_kind: str,
    kept: Sequence[Kept],
    correlation: str,
    now: datetime,
) -> None:
    """Write the receipt of one handled task; it is deleted as soon as the broker confirms it."""
    receipt = Receipt(thing=uuid4().hex, revision=1, by=by, of_kind=of_kind, kept=tuple(kept))
    body = RECEIPT_SCHEMA.dump(receipt)
    write(conn, outbox, [Said(to, Receipt.kind, receipt.thing, receipt.revision, body, correlation)], now)


def lease(
    conn: Connection, outbox: Table, now: datetime, limit: int, *, kinds: Collection[str] | None = None
) -> list[Leased]:
    """Take up to `limit` due rows (of these kinds) for `LEASE`, oldest first; another relay skips them meanwhile."""
    key = (outbox.c.receiver, outbox.c.kind, outbox.c.thing)
    chosen = [] if kinds is None else [outbox.c.kind.in_(kinds)]
    rows = conn.execute(
        sa.select(*key, outbox.c.revision, outbox.c.body, outbox.c.correlation, outbox.c.sends)
        .where(outbox.c.due_at <= now, outbox.c.stuck_at.is_(None), *chosen)
        .order_by(outbox.c.due_at, outbox.c.said_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    _update_each(conn, outbox, rows, due_at=now + LEASE)
    return [Leased(*row) for row in rows]


def mark_published(conn: Connection, outbox: Table, rows: Sequence[Leased], now: datetime) -> None:
    """The broker has confirmed these revisions; a row overwritten meanwhile stays due. A receipt's work is done."""
    receipts = [row for row in rows if row.kind == Receipt.kind]
    for receiver in {row.receiver for row in receipts}:
        things = [row.thing for row in receipts if row.receiver == receiver]
        conn.execute(
            sa.delete(outbox).where(
                outbox.c.receiver == receiver, outbox.c.kind == Receipt.kind, outbox.c.thing.in_(things)
            )
        )
    others = [row for row in rows if row.kind != Receipt.kind]
    _update_each(conn, outbox, others, due_at=None, published_at=now, sends=outbox.c.sends + 1)


def give_back(conn: Connection, outbox: Table, rows: Sequence[Leased], now: datetime) -> None:
    """These rows could not be published: they are due at once, before what is said from now on."""
    _update_each(conn, outbox, rows, due_at=now)


def accept_receipts(
    conn: Connection, tables: MessagingTables, receipts: Sequence[Receipt], now: datetime
) -> dict[str, dict[str, int]]:
    """Close the rows that were heard, by one receiver.

    Returns by kind the things of which the receiver keeps a higher revision than we have: their rows are left, for
    `drop` when they are said anew.
    """
    by = receipts[0].by
    kept: dict[tuple[str, str], int] = {}
    for receipt in receipts:
        for item in receipt.kept:
            key = (receipt.of_kind, item.thing)
            kept[key] = max(item.revision, kept.get(key, 0))
    closed: list[Any] = []
    behind: dict[str, dict[str, int]] = {}
    for part in _parts(sorted(kept)):  # all in ascending order, whatever the order of the receipts
        for row in _lock(conn, tables.outbox, by, part):
            keeps = kept[row.kind, row.thing]
            if row.revision == keeps:
                closed.append(row)
            elif row.revision < keeps:
                behind.setdefault(row.kind, {})[row.thing] = keeps
    _delete_each(conn, tables.outbox, closed)
    if closed:
        # A row whose mark is not written yet was published a moment ago.
        _move_up(conn, tables.neighbour, by, max(row.published_at or now for row in closed))
    return behind


def drop(conn: Connection, outbox: Table, receiver: str, kind: str, kept: Mapping[str, int]) -> None:
    """Forget what a receiver has outdated (it is about to be said anew, under a higher revision, or is gone)."""
    for part in _parts(sorted((kind, thing) for thing in kept)):
        _delete_each(
            conn, outbox, [row for row in _lock(conn, outbox, receiver, part) if row.revision <= kept[row.thing]]
        )


def send_again_overtaken(
    conn: Connection, tables: MessagingTables, receiver: str, now: datetime
) -> list[tuple[str, str]]:
    """Rows published well before one that was receipted are due again; after `STUCK_AFTER` times they are stuck.

    Returns the (kind, thing) of the rows that got stuck now.
    """
    outbox, neighbour = tables.outbox, tables.neighbour
    up_to = conn.execute(sa.select(neighbour.c.receipted_up_to).where(neighbour.c.receiver == receiver)).scalar()
    if up_to is None:
        return []
    overtaken = (
        outbox.c.receiver == receiver,
        outbox.c.due_at.is_(None),
        outbox.c.stuck_at.is_(None),
        outbox.c.published_at < up_to - OVERTAKEN_AFTER,
    )
    stuck = _take(conn, outbox, *overtaken, outbox.c.overtaken >= STUCK_AFTER - 1)
    _update_each(conn, outbox, stuck, stuck_at=now)
    _update_each(conn, outbox, _take(conn, outbox, *overtaken), due_at=now, overtaken=outbox.c.overtaken + 1)
    return [(row.kind, row.thing) for row in stuck]


def probe(conn: Connection, tables: MessagingTables, receiver: str, now: datetime) -> int:
    """Every `PROBE_EVERY`, make one batch of the oldest unreceipted rows for a receiver due again. Returns how many."""
    outbox, neighbour = tables.outbox, tables.neighbour
    oldest = (
        sa.select(outbox.c.receiver, outbox.c.kind, outbox.c.thing, outbox.c.revision)
        .where(
            outbox.c.receiver == receiver,
            outbox.c.due_at.is_(None),
            outbox.c.stuck_at.is_(None),
            outbox.c.published_at < now - PROBE_EVERY,
        )
        .order_by(outbox.c.published_at)
        .limit(BATCH)
    )
    waiting = conn.execute(oldest.with_for_update(skip_locked=True)).all()  # rows first, then the neighbour: always
    if not waiting:
        return 0
    _ensure(conn, neighbour, receiver)
    mine = conn.execute(
        sa.update(neighbour)
        .where(
            neighbour.c.receiver == receiver,
            sa.or_(neighbour.c.probed_at.is_(None), neighbour.c.probed_at < now - PROBE_EVERY),
        )
        .values(probed_at=now)
    )
    if not mine.rowcount:
        return 0
    _update_each(conn, outbox, waiting, due_at=now)
    return len(waiting)


def send_again_all(conn: Connection, outbox: Table, receiver: str, now: datetime) -> int:
    """Everything to a receiver is due (its queue was found empty). Returns how many rows were not.

    Also what is leased: a relay that was killed would hold it for the rest of `LEASE`. One that lives sends it twice.
    """
    not_due = sa.or_(outbox.c.due_at.is_(None), outbox.c.due_at > now)
    rows = _take(conn, outbox, outbox.c.receiver == receiver, not_due, outbox.c.stuck_at.is_(None))
    _update_each(conn, outbox, rows, due_at=now)
    return len(rows)


def release_stuck(conn: Connection, outbox: Table, now: datetime) -> int:
    """Try stuck rows again, as an operator asks. Returns how many."""
    return conn.execute(
        sa.update(outbox).where(outbox.c.stuck_at.is_not(None)).values(stuck_at=None, due_at=now, overtaken=0)
    ).rowcount


def in_batches(rows: Iterable[Leased]) -> list[list[Leased]]:
    """Group rows of one receiver and kind, in order, into lists of at most `BATCH`."""
    groups: dict[tuple[str, str], list[list[Leased]]] = {}
    for row in rows:
        batches = groups.setdefault((row.receiver, row.kind), [[]])
        if len(batches[-1]) == BATCH:
            batches.append([])
        batches[-1].append(row)
    return [batch for batches in groups.values() for batch in batches]


SayAgain = Callable[[Any, Mapping[str, int]], None]
"""Given a unit of work and {thing: revision that the receiver keeps}: jump above it and say the thing again."""


def _update_each(conn: Connection, outbox: Table, rows: Iterable[Any], **values: Any) -> None:
    """Update exactly the revisions named, one statement per receiver and kind (and 200 rows).

    They are locked in ascending order first: an UPDATE alone locks in any order, and would deadlock with who writes.
    """
    for batch in in_batches(sorted(rows, key=lambda row: (row.receiver, row.kind, row.thing))):
        first = batch[0]
        these = sa.and_(
            outbox.c.receiver == first.receiver,
            outbox.c.kind == first.kind,
            sa.tuple_(outbox.c.thing, outbox.c.revision).in_([(row.thing, row.revision) for row in batch]),
        )
        conn.execute(sa.select(outbox.c.thing).where(these).order_by(outbox.c.thing).with_for_update())
        conn.execute(sa.update(outbox).where(these).values(**values))


def _lock(conn: Connection, outbox: Table, receiver: str, kinds_and_things: Sequence[Any]) -> Sequence[Any]:
    """Lock these rows to a receiver, in ascending order."""
    return conn.execute(
        sa.select(outbox.c.receiver, outbox.c.kind, outbox.c.thing, outbox.c.revision, outbox.c.published_at)
        .where(outbox.c.receiver == receiver, sa.tuple_(outbox.c.kind, outbox.c.thing).in_(kinds_and_things))
        .order_by(outbox.c.kind, outbox.c.thing)
        .with_for_update()
    ).all()


def _delete_each(conn: Connection, outbox: Table, rows: Sequence[Any]) -> None:
    """Delete exactly the revisions named; they are locked already."""
    for batch in in_batches(rows):
        first = batch[0]
        conn.execute(
            sa.delete(outbox).where(
                outbox.c.receiver == first.receiver,
                outbox.c.kind == first.kind,
                sa.tuple_(outbox.c.thing, outbox.c.revision).in_([(row.thing, row.revision) for row in batch]),
            )
        )


def _take(conn: Connection, outbox: Table, *conditions: Any) -> Sequence[Any]:
    """Lock the rows for which all this is so; those that somebody else holds are left to the next look."""
    question = sa.select(outbox.c.receiver, outbox.c.kind, outbox.c.thing, outbox.c.revision).where(*conditions)
    return conn.execute(question.with_for_update(skip_locked=True)).all()


def _move_up(conn: Connection, neighbour: Table, receiver: str, up_to: datetime) -> None:
    _ensure(conn, neighbour, receiver)
    conn.execute(
        sa.update(neighbour)
        .where(
            neighbour.c.receiver == receiver,
            sa.or_(neighbour.c.receipted_up_to.is_(None), neighbour.c.receipted_up_to < up_to),
        )
        .values(receipted_up_to=up_to)
    )


def _ensure(conn: Connection, neighbour: Table, receiver: str) -> None:
    conn.execute(upsert(conn, neighbour).on_conflict_do_nothing(), {"receiver": receiver})


def _parts(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
