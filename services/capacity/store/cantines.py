"""Cantines in the database."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.store.tables import cantine
from shared.contracts.sitting import Cantine
from shared.database import upsert
from shared.keeping import OneOf
from shared.text import plain

_SOME = sa.select(cantine).where(OneOf(cantine.c.slug, "slugs")).order_by(cantine.c.slug)


def some(conn: Connection, slugs: Iterable[str]) -> dict[str, Cantine]:
    """Some cantines by slug, as far as they exist."""
    return {row.slug: _read(row) for row in conn.execute(_SOME, {"slugs": list(slugs)})}


def every(conn: Connection) -> list[Cantine]:
    """All cantines, by name."""
    every = [_read(row) for row in conn.execute(sa.select(cantine))]
    return sorted(every, key=lambda one: (plain(one.name), one.slug))


def lock(conn: Connection, slug: str) -> Cantine | None:
    """A cantine, locked against whoever changes its rules at the same time (not against new sittings of it)."""
    query = sa.select(cantine).where(cantine.c.slug == slug).with_for_update(key_share=True)
    row = conn.execute(query).one_or_none()
    return _read(row) if row else None


def any_exists(conn: Connection) -> bool:
    """Whether there is a cantine at all."""
    return conn.scalar(sa.select(cantine.c.slug).limit(1)) is not None


def add(conn: Connection, one: Cantine) -> bool:
    """Keep a new cantine. False if its slug is taken, or is being taken at this moment."""
    new = upsert(conn, cantine).values(_row(one)).on_conflict_do_nothing().returning(cantine.c.slug)
    return conn.scalar(new) is not None


def save(conn: Connection, one: Cantine) -> None:
    """Keep a cantine instead of what was known of it."""
    row = _row(one)
    fresh = {name: value for name, value in row.items() if name != "slug"}
    conn.execute(upsert(conn, cantine).values(row).on_conflict_do_update(index_elements=["slug"], set_=fresh))


def _read(row: Any) -> Cantine:
    return Cantine(**row._mapping)


def _row(one: Cantine) -> dict[str, Any]:
    return {column.name: getattr(one, column.name) for column in cantine.c}
