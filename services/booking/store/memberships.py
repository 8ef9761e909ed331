"""Keeping who is a member."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.booking.domain.membership import Gone, Membership
from services.booking.store.tables import membership, sitting
from shared.database import upsert


def like(conn: Connection, cantine: str, names: Collection[str], marks: Collection[str]) -> list[Membership]:
    """Those at a cantine with one of these names (as they are compared), or one of these marks of a contact."""
    these = sa.or_(membership.c.known_as.in_(names), _with(marks))
    return _found(conn, sa.select(membership).where(membership.c.cantine == cantine, these))


def of_cantine(conn: Connection, cantine: str) -> list[Membership]:
    """All of a cantine."""
    return _found(conn, sa.select(membership).where(membership.c.cantine == cantine))


def with_marks(conn: Connection, marks: Collection[str]) -> list[Membership]:
    """Those of a contact, anywhere."""
    return _found(conn, sa.select(membership).where(_with(marks)))


def is_there(conn: Connection, membership_id: str) -> bool:
    """Whether there is one with this id."""
    return conn.execute(sa.select(membership.c.id).where(membership.c.id == membership_id)).first() is not None


def lock(conn: Connection, membership_id: str) -> Membership | None:
    """One, to change."""
    row = conn.execute(sa.select(membership).where(membership.c.id == membership_id).with_for_update()).first()
    return _read(row) if row else None


def lock_cantine(conn: Connection, cantine: str) -> None:
    """Nobody else notes a member of this cantine until the end of the transaction: pressed by two, it is noted once."""
    one = sa.select(sa.func.min(sitting.c.id)).where(sitting.c.cantine_slug == cantine).scalar_subquery()
    conn.execute(sa.select(sitting.c.id).where(sitting.c.id == one).with_for_update())


def keep(conn: Connection, one: Membership) -> None:
    """Keep a new one, or what changed of another."""
    row = _row(one)
    conn.execute(upsert(conn, membership).values(row).on_conflict_do_update(index_elements=["id"], set_=row))


def remove(conn: Connection, membership_id: str) -> None:
    """They are no member."""
    conn.execute(sa.delete(membership).where(membership.c.id == membership_id))


def erase(conn: Connection, some: Collection[Gone]) -> None:
    """Who is forgotten was never a member, as far as we knew by then. All are locked at once, in ascending order."""
    marks = {mark for one in some for mark in one.marks | one.beside}
    query = sa.select(membership).where(_with(marks)).order_by(membership.c.id).with_for_update()
    found = [_read(row) for row in conn.execute(query)]
    ids = [one.id for one in found if any(gone.was(one) for gone in some)]
    conn.execute(sa.delete(membership).where(membership.c.id.in_(ids)))


def forget(conn: Connection, lapsed_before: date) -> int:
    """Forget those that lapsed so long ago. Returns how many."""
    return conn.execute(sa.delete(membership).where(membership.c.until < lapsed_before)).rowcount


def _with(marks: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.or_(membership.c.email.in_(marks), membership.c.phone.in_(marks))


def _found(conn: Connection, query: sa.Select[Any]) -> list[Membership]:
    return [_read(row) for row in conn.execute(query.order_by(membership.c.id))]


def _read(row: Row[Any]) -> Membership:
    values = row._asdict()
    del values["known_as"]
    return Membership(**values)


def _row(one: Membership) -> dict[str, Any]:
    return asdict(one) | {"known_as": one.known_as}
