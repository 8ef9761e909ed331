"""The outbox: one row per (receiver, kind, thing) that must still be heard, overwritten by newer revisions.

A row stays until the receiver's receipt. `due_at` says when to publish it; it is null while a published row waits.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.clock import APART
from shared.contracts.message import Message
from shared.contracts.receipt import Kept, Receipt
from shared.contracts.routes import RECEIPT_SCHEMA, route_of
from shared.keeping import keep_rows, not_older
from shared.messaging.neighbours import heard_of
from shared.messaging.rows import Leased, delete_each, some, take, update_each
from shared.messaging.tables import MessagingTables

LEASE = timedelta(seconds=15)


@dataclass(frozen=True)
class Said:
    """One row for the outbox."""

    receiver: str
    kind: str
    thing: str
    revision: int
    body: Any
    correlation: str


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
    rows = [
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
        for row in sorted(said, key=lambda row: (row.receiver, row.kind, row.thing))
    ]
    keep_rows(
        conn,
        outbox,
        rows,
        changes=[column.name for column in outbox.c if not column.primary_key],
        where=not_older,
    )


def receipt_for(sender: str, of_kind: str, kept: Iterable[Kept], *, by: str, correlation: str) -> Said:
    """The receipt of one handled task; its row is deleted as soon as the broker confirms it."""
    receipt = Receipt(thing=uuid4().hex, revision=1, by=by, of_kind=of_kind, kept=tuple(kept))
    return Said(sender, Receipt.kind, receipt.thing, receipt.revision, RECEIPT_SCHEMA.dump(receipt), correlation)


def lease(
    conn: Connection,
    outbox: Table,
    now: datetime,
    limit: int,
    *,
    kinds: Collection[str] | None = None,
    but: Collection[str] = (),
) -> list[Leased]:
    """Take up to `limit` due rows (of these kinds, but for some receivers) for `LEASE`, oldest first, and those of one
    moment always in one order; another relay skips them meanwhile. What another process has just said is due, also if
    its clock is a little ahead.

    No row is ever due later than a lease from now: one that seems to be was written before the clock was put back.
    """
    statement = _leasing(outbox, None if kinds is None else tuple(kinds), tuple(but))
    until = now + LEASE
    rows = conn.execute(statement, {"due": now + APART, "until": until, "never": until + APART, "limit": limit}).all()
    in_order = sorted(rows, key=lambda row: (row.said_at, row.receiver, row.kind, row.thing))
    return [Leased(*row[:-1]) for row in in_order]


@lru_cache
def _leasing(outbox: Table, kinds: tuple[str, ...] | None, but: tuple[str, ...]) -> Any:
    """A WITH is evaluated once, so that no more than `limit` rows are taken."""
    key = (outbox.c.receiver, outbox.c.kind, outbox.c.thing)
    due, until, never = (sa.bindparam(name, type_=outbox.c.due_at.type) for name in ("due", "until", "never"))
    chosen = (
        sa.select(*key)
        .where(sa.or_(outbox.c.due_at <= due, outbox.c.due_at > never), outbox.c.stuck_at.is_(None))
        .where(*([] if kinds is None else [outbox.c.kind.in_(kinds)]))
        .where(*([outbox.c.receiver.not_in(but)] if but else []))
        .order_by(outbox.c.due_at, outbox.c.said_at)
        .limit(sa.bindparam("limit", type_=sa.Integer))
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    told = (*key, outbox.c.revision, outbox.c.body, outbox.c.correlation, outbox.c.sends, outbox.c.said_at)
    return sa.update(outbox).where(sa.tuple_(*key).in_(sa.select(chosen))).values(due_at=until).returning(*told)


def take_back_leases(conn: Connection, outbox: Table, now: datetime) -> None:
    """Whatever is leased is due. Another relay that still has some in hand sends them twice, which counts once."""
    leased = take(conn, outbox, outbox.c.due_at > now, outbox.c.stuck_at.is_(None))
    update_each(conn, outbox, leased, due_at=now)


def mark_published(conn: Connection, outbox: Table, rows: Sequence[Leased], now: datetime) -> None:
    """The broker has confirmed these revisions; a row overwritten meanwhile stays due. A receipt's work is done."""
    delete_each(conn, outbox, [row for row in rows if row.kind == Receipt.kind])
    others = [row for row in rows if row.kind != Receipt.kind]
    update_each(conn, outbox, others, due_at=None, published_at=now, once_more="sends")


def give_back(conn: Connection, outbox: Table, rows: Sequence[Leased], now: datetime) -> None:
    """These rows could not be published: they are due at once, before what is said from now on."""
    update_each(conn, outbox, rows, due_at=now)


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
    closed = delete_each(conn, tables.outbox, [(by, kind, thing, keeps) for (kind, thing), keeps in kept.items()])
    if closed:
        # Of a row that was sent twice nobody knows which copy was heard. One whose mark is not written yet was
        # published a moment ago; one marked ahead of now, before the clock was put back, says nothing about what was
        # published since.
        once = [row.published_at or now for row in closed if row.sends <= 1]
        heard_of(conn, tables.neighbour, by, now, max((at for at in once if at <= now), default=None))
    behind: dict[str, dict[str, int]] = {}
    for row in some(conn, tables.outbox, [(by, *one) for one in kept.keys() - {row[1:3] for row in closed}]):
        if row.revision < kept[row.kind, row.thing]:
            behind.setdefault(row.kind, {})[row.thing] = kept[row.kind, row.thing]
    return behind


def awaits(conn: Connection, outbox: Table, receipt: Receipt) -> bool:
    """Whether a row is left that this receipt closes."""
    kept = {item.thing: item.revision for item in receipt.kept}
    rows = conn.execute(
        sa.select(outbox.c.thing, outbox.c.revision).where(
            outbox.c.receiver == receipt.by, outbox.c.kind == receipt.of_kind, outbox.c.thing.in_(kept)
        )
    )
    return any(row.revision <= kept[row.thing] for row in rows)


def drop(conn: Connection, outbox: Table, receiver: str, kind: str, kept: Mapping[str, int]) -> None:
    """Forget what a receiver has outdated (it is about to be said anew, under a higher revision, or is gone)."""
    rows = some(conn, outbox, [(receiver, kind, thing) for thing in kept])
    delete_each(conn, outbox, [row for row in rows if row.revision <= kept[row.thing]])


SayAgain = Callable[[Any, Mapping[str, int]], None]
"""Given a unit of work and {thing: revision that the receiver keeps}: jump above it and say the thing again.

Where the receiver gives back what it knows, as booking and capacity do of a booking, nothing is said: our database was
put back, and its older state would undo the later one.
"""
