"""Closures, and whose public holidays a cantine keeps, in the database."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.closures import Closure, Exceptions
from services.capacity.store.tables import closure, observance
from shared.database import upsert
from shared.holidays import Region
from shared.text import is_storable


def find(conn: Connection, closure_id: str) -> Closure | None:
    """A closure, or None. An id that no database can hold is simply unknown."""
    if not is_storable(closure_id):
        return None
    row = conn.execute(sa.select(closure).where(closure.c.id == closure_id)).one_or_none()
    return _read(row) if row else None


def exceptions(conn: Connection, cantines: Iterable[str], since: date) -> dict[str, Exceptions]:
    """When the weeks of these cantines are not like the others, from a day on; closures in order."""
    slugs = list(cantines)
    regions = conn.execute(sa.select(observance).where(observance.c.cantine.in_(slugs)))
    known = {row.cantine: Region(row.region) for row in regions}
    of_theirs = closure.c.cantine.in_(slugs), closure.c.last >= since
    rows = conn.execute(sa.select(closure).where(*of_theirs).order_by(closure.c.first, closure.c.id))
    found: dict[str, list[Closure]] = {slug: [] for slug in slugs}
    for row in rows:
        found[row.cantine].append(_read(row))
    return {
        slug: Exceptions(region=known.get(slug, Region.FRANCE), closures=tuple(closures))
        for slug, closures in found.items()
    }


def save(conn: Connection, one: Closure) -> None:
    """Keep a new closure."""
    conn.execute(sa.insert(closure).values(**vars(one)))


def remove(conn: Connection, closure_id: str) -> None:
    """Forget a closure."""
    conn.execute(sa.delete(closure).where(closure.c.id == closure_id))


def observe(conn: Connection, cantine: str, region: Region) -> None:
    """Keep whose public holidays a cantine has."""
    row = {"cantine": cantine, "region": region}
    insert = upsert(conn, observance).values(row)
    conn.execute(insert.on_conflict_do_update(index_elements=["cantine"], set_={"region": region}))


def _read(row: Any) -> Closure:
    return Closure(**row._mapping)
