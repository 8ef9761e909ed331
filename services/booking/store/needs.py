"""What guests do not eat, or need to sit, in the database: a table of its own, to go while the booking stays."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.needs import KEPT_AFTER, NONE, Needs, lowered
from services.booking.store.tables import needs, sitting
from shared.contracts.party import Party
from shared.database import upsert


def of_meals(conn: Connection, sittings: Collection[str]) -> dict[str, dict[str, Needs]]:
    """What was told for these meals, by meal and booking."""
    found: dict[str, dict[str, Needs]] = {}
    for row in conn.execute(sa.select(needs).where(needs.c.sitting.in_(sittings))):
        found.setdefault(row.sitting, {})[row.booking] = read(row)
    return found


def find(conn: Connection, booking: str) -> Needs:
    """What was told with one booking."""
    row = conn.execute(sa.select(needs).where(needs.c.booking == booking)).first()
    return read(row) if row else NONE


def keep(conn: Connection, booking: str, sitting_id: str, told: Needs, now: datetime) -> None:
    """Keep what was told with a booking that is locked, and when it was agreed to; forget it if it is nothing."""
    if not told.any:
        forget(conn, booking)
        return
    values: dict[str, object] = {
        "diets": dict(told.diets),
        "allergens": sorted(told.allergens),
        "access": dict(told.access),
        "by_proxy": told.by_proxy,
        "added_to": told.added_to,
    }
    values["agreed_at"] = now
    new = upsert(conn, needs).values(booking=booking, sitting=sitting_id, **values)
    conn.execute(new.on_conflict_do_update(index_elements=["booking"], set_=values))


def lower(conn: Connection, booking: str, party: Party) -> bool:
    """Keep what was told with a booking that is locked for no more people than this party has; it stays agreed to as it
    was. Returns whether there was more.
    """
    told = find(conn, booking)
    left = lowered(told, party)
    if left == told:
        return False
    if not left.any:
        forget(conn, booking)
    else:
        fewer = {"diets": dict(left.diets), "access": dict(left.access)}
        conn.execute(sa.update(needs).where(needs.c.booking == booking).values(fewer))
    return True


def forget(conn: Connection, booking: str) -> None:
    """Forget what was told with a booking."""
    conn.execute(sa.delete(needs).where(needs.c.booking == booking))


def forget_old(conn: Connection, now: datetime) -> int:
    """Forget what was told for meals of yesterday and before, or that nobody knows any more. Returns of how many."""
    to_come = sa.select(sitting.c.id).where(sitting.c.starts_at > now - KEPT_AFTER)
    return conn.execute(sa.delete(needs).where(needs.c.sitting.not_in(to_come))).rowcount


def read(row: Any) -> Needs:
    """What was told, in a row."""
    return Needs(
        diets=row.diets,
        allergens=frozenset(row.allergens),
        access=row.access,
        by_proxy=row.by_proxy,
        added_to=row.added_to,
    )
