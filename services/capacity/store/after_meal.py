"""Attendance and money of sittings in the database."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.after_meal import Attendance, Money
from services.capacity.store.tables import attendance, money
from shared.contracts.attendance import Attendance as AttendanceMessage
from shared.database import upsert
from shared.keeping import keep_rows, newer


def keep_attendance(conn: Connection, messages: Sequence[AttendanceMessage]) -> None:
    """Keep how many came, unless a later count is kept already."""
    rows = [
        {
            "sitting": one.thing,
            "revision": one.revision,
            "came": one.came,
            "absent": one.absent,
            "walk_ins": one.walk_ins,
        }
        for one in sorted(messages, key=lambda one: one.thing)
    ]
    keep_rows(
        conn,
        attendance,
        rows,
        changes=("revision", "came", "absent", "walk_ins"),
        where=newer,
    )


def find_attendance(conn: Connection, sitting: str) -> Attendance | None:
    """How many came, if anybody was checked in."""
    row = conn.execute(sa.select(attendance).where(attendance.c.sitting == sitting)).one_or_none()
    return Attendance(came=row.came, absent=row.absent, walk_ins=row.walk_ins) if row else None


def find_money(conn: Connection, sitting: str) -> Money | None:
    """What the food cost and what was given, if that was written down."""
    row = conn.execute(sa.select(money).where(money.c.sitting == sitting)).one_or_none()
    return Money(food_cost=row.food_cost, contributions=row.contributions) if row else None


def keep_money(conn: Connection, sitting: str, one: Money, by: str, at: datetime) -> None:
    """Keep what the food cost and what was given, and who (an id of staff) wrote it down."""
    values = {"food_cost": one.food_cost, "contributions": one.contributions, "by": by, "at": at}
    new = upsert(conn, money).values(sitting=sitting, **values)
    conn.execute(new.on_conflict_do_update(index_elements=["sitting"], set_=values))
