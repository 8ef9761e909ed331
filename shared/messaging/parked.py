"""Items that could not be handled: their attempt marks while they are tried, and the parked ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.database import upsert
from shared.keeping import OneOf
from shared.messaging.tables import MessagingTables

MARKS = 3  # attempts alone, of an item that raises
LEFT_BEHIND = 2  # marks of an item that killed or hung its worker: the visit in company was the first of three


@dataclass(frozen=True)
class Item:
    """One item of a task, as it was sent."""

    kind: str
    sender: str
    thing: str
    revision: int
    correlation: str
    sends: int
    body: Any = field(repr=False)

    @classmethod
    def read(cls, kind: str, sender: str, raw: Any) -> "Item":
        """Read what came over the wire. Raises ValueError if it is not an item."""
        if not isinstance(raw, Mapping) or not isinstance(raw.get("body"), Mapping):
            raise ValueError("not an item")
        thing, revision, sends = raw.get("thing"), raw.get("revision"), raw.get("sends", 1)
        if not isinstance(thing, str) or "\0" in thing or not _is_count(revision) or not _is_count(sends):
            raise ValueError("an item without thing or revision")
        if raw["body"].get("thing") != thing or raw["body"].get("revision") != revision:
            raise ValueError("an item whose cover does not match its letter")
        return cls(kind, sender, thing, revision, _plain(raw.get("correlation")), sends, raw["body"])

    def as_sent(self) -> dict[str, Any]:
        """The item as it came over the wire."""
        return {
            "thing": self.thing,
            "revision": self.revision,
            "correlation": self.correlation,
            "sends": self.sends,
            "body": self.body,
        }


def _is_count(value: Any) -> bool:
    """Whether this is a whole number that a database can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63


def _plain(correlation: Any) -> str:
    return "".join(sign for sign in str(correlation or "") if sign.isalnum() or sign == "-")[:64]


@dataclass(frozen=True)
class Parked:
    """A parked item, for the operator."""

    item: Item
    marks: int
    error: str | None
    parked_at: datetime


def marks_of(conn: Connection, attempt: Table, kind: str, things: Sequence[str]) -> dict[tuple[str, int], int]:
    """How often each (thing, revision) was tried alone."""
    rows = conn.execute(
        sa.select(attempt.c.thing, attempt.c.revision, attempt.c.marks).where(
            attempt.c.kind == kind, attempt.c.thing.in_(things)
        )
    )
    return {(row.thing, row.revision): row.marks for row in rows}


def mark(conn: Connection, attempt: Table, item: Item) -> None:
    """Note, before it is tried, that an item is tried alone."""
    statement = upsert(conn, attempt).values(
        kind=item.kind,
        thing=item.thing,
        revision=item.revision,
        sender=item.sender,
        body=item.body,
        correlation=item.correlation,
        marks=1,
    )
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "thing", "revision"], set_={"marks": attempt.c.marks + 1}
        )
    )


def unmark(conn: Connection, attempt: Table, item: Item) -> None:
    """Take a mark back: the attempt failed for a reason that is not the item's."""
    conn.execute(sa.update(attempt).where(_this(attempt, item)).values(marks=attempt.c.marks - 1))


def note_error(conn: Connection, attempt: Table, item: Item, error: str) -> None:
    """Keep the name of the last error; its text could hold personal data."""
    conn.execute(sa.update(attempt).where(_this(attempt, item)).values(error=error[:500]))


def park(conn: Connection, attempt: Table, item: Item, now: datetime) -> None:
    """Keep the item aside until an operator replays or drops it."""
    conn.execute(sa.update(attempt).where(_this(attempt, item)).values(parked_at=now))


def forget(conn: Connection, attempt: Table, items: Sequence[Item]) -> None:
    """These items were dropped, or handled after all."""
    for item in items:
        conn.execute(sa.delete(attempt).where(_this(attempt, item)))


def forget_marks(conn: Connection, attempt: Table, items: Sequence[Item]) -> None:
    """These items of one kind are handled: no mark of them, or of an older state, stays with what its body says."""
    handled = {item.thing: item.revision for item in items}
    marked = conn.execute(_marked(attempt), {"marked_kind": items[0].kind, "things": list(handled)}).all()
    for row in marked:
        if row.revision <= handled[row.thing]:
            this = (
                attempt.c.kind == items[0].kind,
                attempt.c.thing == row.thing,
                attempt.c.revision == row.revision,
                attempt.c.parked_at.is_(None),
            )
            conn.execute(sa.delete(attempt).where(*this))


@lru_cache
def is_marked(tables: MessagingTables) -> sa.ColumnElement[bool]:
    """Whether an item about the thing of a row of `heard` was tried alone, and is neither handled nor parked: to be
    returned by the statement that writes the row.
    """
    attempt = tables.attempt
    # Named by hand: what is returned by an INSERT has no table that SQLAlchemy would name.
    same = (attempt.c[name] == sa.literal_column(f"{tables.heard.name}.{name}") for name in ("kind", "thing"))
    this = (*same, attempt.c.parked_at.is_(None))
    return sa.select(sa.literal(1)).select_from(attempt).where(*this).exists()


@lru_cache
def _marked(attempt: Table) -> sa.Select[Any]:
    return sa.select(attempt.c.thing, attempt.c.revision).where(
        attempt.c.kind == sa.bindparam("marked_kind"),
        OneOf(attempt.c.thing, "things"),
        attempt.c.parked_at.is_(None),
    )


def forget_parked_before(conn: Connection, attempt: Table, instant: datetime) -> int:
    """Drop what was parked so long ago: what it says may be personal. Returns how many."""
    return conn.execute(sa.delete(attempt).where(attempt.c.parked_at < instant)).rowcount


def all_parked(conn: Connection, attempt: Table) -> list[Parked]:
    """The parked items, oldest first."""
    rows = conn.execute(sa.select(attempt).where(attempt.c.parked_at.is_not(None)).order_by(attempt.c.parked_at))
    return [
        Parked(
            Item(row.kind, row.sender, row.thing, row.revision, row.correlation, 1, row.body),
            row.marks,
            row.error,
            row.parked_at,
        )
        for row in rows
    ]


def _this(attempt: Table, item: Item) -> Any:
    return sa.and_(attempt.c.kind == item.kind, attempt.c.thing == item.thing, attempt.c.revision == item.revision)
