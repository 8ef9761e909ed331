"""Outbox rows taken in hand: always locked in ascending order, and always exactly the revisions named.

Statements are made once for each outbox: making them costs more than what the database does with them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.keeping import among, given

BATCH = 200  # rows in one task, and in one statement

_KEY = ("receiver", "kind", "thing")
_NAMED = (*_KEY, "revision")


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


def update_each(conn: Connection, outbox: Table, rows: Iterable[Any], *, once_more: str = "", **values: Any) -> None:
    """Update exactly the revisions named; the column `once_more` rises by one.

    They are locked in ascending order first: an UPDATE alone locks in any order, and would deadlock with who writes.
    """
    statement = _updating(conn.dialect.name, outbox, tuple(values), once_more)
    new = {f"new_{name}": value for name, value in values.items()}
    for part in _parts(rows):
        conn.execute(statement, new | given(conn, _NAMED, part))


def delete_each(conn: Connection, outbox: Table, rows: Iterable[Any]) -> list[Any]:
    """Delete exactly the revisions named, locked in ascending order first. Gives those that were there: the whole row
    but for its body.
    """
    statement = _deleting(conn.dialect.name, outbox)
    return [row for part in _parts(rows) for row in conn.execute(statement, given(conn, _NAMED, part))]


def some(conn: Connection, outbox: Table, keys: Iterable[tuple[str, str, str]]) -> list[Any]:
    """The (receiver, kind, thing, revision) of these rows, to look at."""
    statement = _looking(conn.dialect.name, outbox)
    return [row for part in _parts(keys, _KEY) for row in conn.execute(statement, given(conn, _KEY, part))]


def take(conn: Connection, outbox: Table, *conditions: Any) -> Sequence[Any]:
    """Lock the rows for which all this is so; those that somebody else holds are left to the next look."""
    question = sa.select(*_columns(outbox, _NAMED)).where(*conditions)
    return conn.execute(question.with_for_update(skip_locked=True)).all()


def _parts(rows: Iterable[Any], names: tuple[str, ...] = _NAMED) -> Iterable[list[tuple[Any, ...]]]:
    """The names of rows in ascending order, at most `BATCH` at a time."""
    named = sorted(row if isinstance(row, tuple) else tuple(getattr(row, name) for name in names) for row in rows)
    return (named[start : start + BATCH] for start in range(0, len(named), BATCH))


def _columns(outbox: Table, names: Sequence[str]) -> list[sa.Column[Any]]:
    return [outbox.c[name] for name in names]


@lru_cache
def _updating(dialect: str, outbox: Table, names: tuple[str, ...], once_more: str) -> sa.Update:
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}", type_=outbox.c[name].type) for name in names}
    if once_more:
        values[once_more] = outbox.c[once_more] + 1
    return sa.update(outbox).where(_locked(dialect, outbox)).values(values)


@lru_cache
def _deleting(dialect: str, outbox: Table) -> Any:
    told = [column for column in outbox.c if column.name != "body"]
    return sa.delete(outbox).where(_locked(dialect, outbox)).returning(*told)


@lru_cache
def _looking(dialect: str, outbox: Table) -> sa.Select[Any]:
    return sa.select(*_columns(outbox, _NAMED)).where(among(dialect, outbox, _KEY))


def _locked(dialect: str, outbox: Table) -> sa.ColumnElement[bool]:
    """Whether this is one of the revisions given, which are locked in ascending order first."""
    named = _columns(outbox, _NAMED)
    mine = sa.select(*named).where(among(dialect, outbox, _NAMED)).order_by(*named).with_for_update().cte("mine")
    return sa.tuple_(*named).in_(sa.select(mine))
