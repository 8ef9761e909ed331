"""Keeping the staff, as capacity last told of them."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.staff import Staff
from services.notifications.store.tables import known_staff
from shared.contracts.staff import StaffNotice, StaffRole
from shared.keeping import keep_rows, newer
from shared.text import is_storable


def keep(conn: Connection, notices: Sequence[StaffNotice]) -> None:
    """Keep these, unless a later revision is kept already."""
    rows = [
        {
            "id": one.thing,
            "revision": one.revision,
            "name": one.name,
            "role": one.role.value,
            "cantines": list(one.cantines),
            "revoked": one.revoked,
        }
        for one in sorted(notices, key=lambda one: one.thing)
    ]
    keep_rows(
        conn,
        known_staff,
        rows,
        changes=[column.name for column in known_staff.c if not column.primary_key],
        where=newer,
    )


def some(conn: Connection, ids: Collection[str]) -> dict[str, Staff]:
    """Of these members of staff those who are known, by id; one who was removed looks after nothing."""
    rows = conn.execute(sa.select(known_staff).where(known_staff.c.id.in_(ids)))
    return {
        row.id: Staff(id=row.id, role=StaffRole(row.role), cantines=tuple(row.cantines))
        if not row.revoked
        else Staff(id=row.id, role=StaffRole.HELPER, cantines=())
        for row in rows
    }


def find(conn: Connection, staff_id: str) -> Staff | None:
    """A member of staff as they stand now; None if they are unknown or were removed."""
    if not is_storable(staff_id):
        return None
    theirs = known_staff.c.id == staff_id, sa.not_(known_staff.c.revoked)
    row = conn.execute(sa.select(known_staff).where(*theirs)).first()
    return Staff(id=row.id, role=StaffRole(row.role), cantines=tuple(row.cantines)) if row else None


def name_of(conn: Connection, staff_id: str) -> str:
    """What somebody is called; "" if they are unknown or were removed."""
    theirs = known_staff.c.id == staff_id, sa.not_(known_staff.c.revoked)
    return conn.scalar(sa.select(known_staff.c.name).where(*theirs)) or ""
