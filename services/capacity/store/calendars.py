"""What calendar programs need: who may read which, and when each meal last changed for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store.sittings import read
from services.capacity.store.tables import calendar, sitting
from shared.database import upsert


@dataclass(frozen=True, kw_only=True)
class Described:
    """A sitting, with the revision that last changed its plan: places that are taken do not."""

    sitting: PlannedSitting
    described: int


def key_of(conn: Connection, staff_id: str) -> str | None:
    """The key of somebody's calendar, if they have one."""
    return conn.scalar(sa.select(calendar.c.key).where(calendar.c.staff == staff_id))


def staff_of(conn: Connection, key: str) -> str | None:
    """Whose calendar a key opens (the id), if any."""
    return conn.scalar(sa.select(calendar.c.staff).where(calendar.c.key == key))


def save(conn: Connection, staff_id: str, key: str) -> None:
    """Give somebody's calendar another key: the one before opens nothing any more."""
    row = upsert(conn, calendar).values(staff=staff_id, key=key)
    conn.execute(row.on_conflict_do_update(index_elements=["staff"], set_={"key": key}))


def meals(conn: Connection, cantines: Sequence[str], since: date, before: date) -> list[Described]:
    """The sittings of some cantines from a local day on (`before` excluded), in order of time."""
    rows = conn.execute(
        sa.select(sitting)
        .where(sitting.c.cantine.in_(cantines), sitting.c.date >= since, sitting.c.date < before)
        .order_by(sitting.c.starts_at, sitting.c.id)
    )
    return [Described(sitting=read(row), described=row.described) for row in rows]
